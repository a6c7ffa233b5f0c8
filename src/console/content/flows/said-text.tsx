// One text of the hotline in the form of a step: edited in the source language, with its own wordings for channels, the translation that is
// looked at, and the way to all others. A text that other flows share is shown, and changed among the texts. Used by fields of the form.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { CHANNEL_CONTEXTS } from '../../../rendering/text-forms.ts';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { linkTo } from '../link-to.ts';
import { TextField } from '../text-field.tsx';
import { TextShown } from '../text-shown.tsx';
import { useEditor } from './editor.ts';
import { plainText } from './json-path.ts';
import { useStepForm } from './step-form-context.ts';
import { addressOfText, partsOfKey } from './step-texts.ts';

export interface SaidTextProps {
  /** With its namespace. */
  full: string;
  label: string;
  /** Short words of a choice: no meter, no wordings for channels. */
  isLabel?: boolean;
}

export function SaidText({ full, label, isLabel = false }: SaidTextProps): ReactNode {
  const { t } = useTranslation('flows');
  const { flow, source, shown, sourceLanguage, language } = useEditor();
  const { textAt, setText, isReadOnly, isUnsaid } = useStepForm();
  const value = textAt(full);
  const text = typeof value === 'string' ? value : '';
  const isOwn = partsOfKey(full).namespace === flow.id;
  const translated = shown.get(full);
  return (
    <div className="said">
      <TextField
        label={label}
        value={isOwn ? text : (shown.get(full) ?? text)}
        language={sourceLanguage.tag}
        rtl={sourceLanguage.direction === 'rtl'}
        channelMeter={!isLabel && isOwn}
        isReadOnly={isReadOnly || !isOwn}
        onCommit={(next) => setText(full, next === '' ? undefined : next)}
      />
      {isUnsaid(full) !== null && (
        // The line keeps its place: what is below must not move away from under a press.
        <div className={isUnsaid(full) ? 'field-faults unsaid' : 'unsaid'} role="alert">
          {isUnsaid(full) && <span className="wrong">{t('fault.missing')}</span>}
        </div>
      )}
      {!isOwn && (
        <p className="small quiet">
          {t('text.shared')} <Link href={linkTo(addressOfText(full, sourceLanguage.tag), source)}>{t('text.shared_open')}</Link>
        </p>
      )}
      {isOwn && language.tag !== sourceLanguage.tag && translated !== undefined && (
        <TextShown text={translated} language={language.tag} rtl={language.direction === 'rtl'} />
      )}
      {isOwn && !isLabel && <Wordings full={full} />}
      {isOwn && !isLabel && <Translations full={full} />}
    </div>
  );
}

/** Shorter or other words for one channel. */
function Wordings({ full }: { full: string }): ReactNode {
  const { t } = useTranslation('flows');
  const { texts, sourceLanguage } = useEditor();
  const { textAt, setText, isReadOnly, step } = useStepForm();
  const of = (channel: string): string => `${full}_${channel}`;
  const isThere = (channel: string): boolean => {
    const address = addressOfText(of(channel), sourceLanguage.tag);
    return step.texts.has(address) ? step.texts.get(address) !== undefined : texts.valueAt(address) !== undefined;
  };
  const offered = ['sms', 'whatsapp'].filter((channel) => !isThere(channel));
  return (
    <>
      {CHANNEL_CONTEXTS.filter(isThere).map((channel) => (
        <TextField
          key={channel}
          label={t('text.wording', { channel: t(`channel.${channel}`) })}
          value={plainText(textAt(of(channel)))}
          language={sourceLanguage.tag}
          rtl={sourceLanguage.direction === 'rtl'}
          channelMeter={channel === 'sms'}
          isReadOnly={isReadOnly}
          onCommit={(next) => setText(of(channel), next === '' ? undefined : next)}
        />
      ))}
      {!isReadOnly && offered.length > 0 && (
        <details>
          <summary className="small">{t('text.more')}</summary>
          <div className="stack tight">
            <p className="quiet small">{t('text.more_help')}</p>
            <div className="row">
              {offered.map((channel) => (
                <Button key={channel} icon="plus" onPress={() => setText(of(channel), plainText(textAt(full)))}>
                  {t('text.add_wording', { channel: t(`channel.${channel}`) })}
                </Button>
              ))}
            </div>
          </div>
        </details>
      )}
    </>
  );
}

function Translations({ full }: { full: string }): ReactNode {
  const { t } = useTranslation('flows');
  const format = useFormat();
  const { source, content, sourceLanguage, texts } = useEditor();
  const others = content.hotline.languages.filter(({ tag }) => tag !== sourceLanguage.tag);
  if (others.length === 0 || !texts.has(full)) return null;
  return (
    <p className="small translations">
      {t('text.translations')}{' '}
      {others.map(({ tag }) => (
        <Link key={tag} href={linkTo(addressOfText(full, tag), source)}>
          {format.language(tag)}
        </Link>
      ))}
    </p>
  );
}
