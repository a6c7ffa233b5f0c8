// Sends a test message over a channel to a number that is typed here, and says in words what became of it. The number is kept nowhere.
// Rendered by channels-part.tsx.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { ApiError } from '../../../api/client.ts';
import type { ChannelTest } from '../../../api/channel-operations.ts';
import { useAct } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/pieces.tsx';

export interface ChannelTestFormProps {
  channels: readonly string[];
  /** Languages in which there is a test message. */
  languages: readonly string[];
  /** The one to begin with. */
  usual: string;
}

interface Fields {
  channel: string;
  language: string;
  to: string;
}

/** No number is shorter. */
const SHORTEST = 5;

export function ChannelTestForm({ channels, languages, usual }: ChannelTestFormProps): ReactNode {
  const { t } = useTranslation('answers');
  const language = languages.includes(usual) ? usual : (languages[0] ?? '');
  const [fields, setFields] = useState<Fields>({ channel: channels[0] ?? '', language, to: '' });
  const [isTried, setTried] = useState(false);
  const test = useAct('testChannel');
  if (languages.length === 0) return <Notice title={t('channels.no_text')} />;
  const isTooShort = fields.to.trim().length < SHORTEST;
  const send = (): void => {
    setTried(true);
    const { channel: name, ...body } = fields;
    if (!isTooShort) test.mutate([{ params: { name }, body }]);
  };
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <TestFields
        fields={fields}
        channels={channels}
        languages={languages}
        isWrong={(isTried && isTooShort) || test.error?.status === 400}
        set={(change) => {
          setFields((now) => ({ ...now, ...change }));
          setTried(false);
          test.reset();
        }}
      />
      <div className="row">
        <Button type="submit" tone="primary" icon="send" isPending={test.isPending}>
          {t('channels.send')}
        </Button>
      </div>
      <TestFault error={test.error} />
      <div aria-live="polite">{test.data && <TestResult result={test.data} />}</div>
    </Form>
  );
}

interface TestFieldsProps extends Pick<ChannelTestFormProps, 'channels' | 'languages'> {
  fields: Fields;
  isWrong: boolean;
  set: (change: Partial<Fields>) => void;
}

function TestFields({ fields, channels, languages, isWrong, set }: TestFieldsProps): ReactNode {
  const { t } = useTranslation('answers');
  const { t: cases } = useTranslation('cases');
  const format = useFormat();
  return (
    <>
      <div className="two">
        <Select
          label={t('channels.channel')}
          value={fields.channel}
          options={channels.map((value) => ({ value, label: cases(`channel.${value}`, { defaultValue: value }) }))}
          onChange={(channel) => set({ channel })}
        />
        <Select
          label={t('channels.language')}
          value={fields.language}
          options={languages.map((value) => ({ value, label: format.language(value) }))}
          onChange={(language) => set({ language })}
        />
      </div>
      <TextField
        label={t('channels.number')}
        hint={t(fields.channel === 'whatsapp' ? 'channels.number_hint_whatsapp' : 'channels.number_hint')}
        type="tel"
        autoComplete="off"
        ltr
        maxLength={40}
        wrong={isWrong ? t('channels.number_wrong') : null}
        value={fields.to}
        onChange={(to) => set({ to })}
      />
    </>
  );
}

function TestFault({ error }: { error: ApiError | null }): ReactNode {
  const { t } = useTranslation('answers');
  // What is wrong with the number stands at the number.
  if (error === null || error.status === 400) return null;
  return error.status === 429 ? <Notice tone="warn" title={t('channels.too_many')} /> : <ErrorNotice error={error} />;
}

function TestResult({ result: { outcome, code } }: { result: z.output<typeof ChannelTest> }): ReactNode {
  const { t } = useTranslation('answers');
  if (outcome === 'refused')
    return (
      <Notice tone="warn" title={t('channels.refused')}>
        <p>{t(`channels.code_${code}`, { defaultValue: t('channels.refused_with', { code }) })}</p>
      </Notice>
    );
  return (
    <Notice tone={outcome === 'sent' ? 'good' : 'warn'} title={t(`channels.${outcome}`)}>
      <p>{t(`channels.${outcome}_help`)}</p>
    </Notice>
  );
}
