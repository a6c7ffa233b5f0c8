// How the conversation begins: channel, language, flow and step, whether people are there, when; or a recorded test, which says all of it.
// Rendered by preview-page.tsx.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PREVIEW_CHANNELS } from '../../../api/content-shapes.ts';
import { partsOf } from '../../../release/entry.ts';
import { instantOf, localTime } from '../../../util/local-time.ts';
import { useRead } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { Switch } from '../../ui/choice.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import type { Hotline } from '../settings/use-hotline.ts';
import { useContentPlace } from '../source.ts';
import type { PlaySetup } from './recording.ts';
import type { SetupChoice } from './use-setup.ts';
import type { Tests } from './use-tests.ts';

export interface SetupFormProps {
  hotline: Hotline;
  tests: Tests;
  choice: SetupChoice;
  /** What holds: the choice, or what the test says. */
  setup: PlaySetup;
  isFixed: boolean;
}

/** Wide enough for the fields to stand above the conversation without pushing it away. */
const WIDE = '(width >= 900px)';

export function SetupForm(props: SetupFormProps): ReactNode {
  const { t } = useTranslation('preview');
  const [isOpen, setOpen] = useState(() => matchMedia(WIDE).matches);
  return (
    <details className="preview-setup" open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {t('setup.title')} <span className="quiet small">{useSummary(props)}</span>
      </summary>
      <Fields {...props} />
    </details>
  );
}

/** What is chosen, in a few words: for whoever has folded the fields. */
function useSummary({ setup, choice }: SetupFormProps): string {
  const { t } = useTranslation('preview');
  const format = useFormat();
  const { channel, language, flow, step } = setup;
  return [
    ...(choice.test === null ? [] : [choice.test]),
    t(`channel.${channel}`),
    ...(language === null ? [] : [format.language(language)]),
    ...(flow === null ? [] : [flow]),
    ...(step === null ? [] : [step]),
  ].join(' · ');
}

function Fields({ hotline, tests, choice, setup, isFixed }: SetupFormProps): ReactNode {
  const { t } = useTranslation('preview');
  const names = tests.names ?? [];
  return (
    <div className="preview-fields">
      <Select
        label={t('setup.channel')}
        value={setup.channel}
        options={PREVIEW_CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))}
        isDisabled={isFixed}
        onChange={(channel) => choice.change({ channel })}
      />
      <LanguageSelect hotline={hotline} setup={setup} isFixed={isFixed} change={choice.change} />
      <PlaceSelects setup={setup} isFixed={isFixed} change={choice.change} />
      <TextField
        label={t('setup.at')}
        hint={t('setup.at_hint', { zone: `\u2068${hotline.timezone}\u2069` })}
        type="datetime-local"
        ltr
        isDisabled={isFixed}
        value={setup.at === null ? '' : toLocal(setup.at, hotline.timezone)}
        onChange={(local) => choice.change({ at: toInstant(local, hotline.timezone) })}
      />
      {names.length > 0 && (
        <Select
          label={t('setup.test')}
          value={choice.test ?? ''}
          options={[
            { value: '', label: t('setup.no_test') },
            ...withChosen(names, choice.test).map((name) => ({ value: name, label: name })),
          ]}
          onChange={(name) => choice.openTest(name === '' ? null : name)}
        />
      )}
      <Switch
        label={t('setup.staffed')}
        isSelected={setup.staffed}
        isDisabled={isFixed}
        onChange={(staffed) => choice.change({ staffed })}
      />
    </div>
  );
}

type Part = Pick<SetupFormProps, 'setup' | 'isFixed'> & { change: SetupChoice['change'] };

function LanguageSelect({ hotline, setup, isFixed, change }: Part & { hotline: Hotline }): ReactNode {
  const { t } = useTranslation('preview');
  const format = useFormat();
  const standard = hotline.settings.default_language ?? hotline.sourceLanguage;
  const tags = hotline.languages.map(({ tag }) => tag);
  const unset = setup.flow === null ? t('setup.new_person') : t('setup.default_language', { language: format.language(standard) });
  return (
    <Select
      label={t('setup.language')}
      value={setup.language ?? ''}
      options={[
        { value: '', label: unset },
        ...withChosen(tags, setup.language).map((tag) => ({ value: tag, label: format.language(tag) })),
      ]}
      isDisabled={isFixed}
      onChange={(language) => change({ language: language === '' ? null : language })}
    />
  );
}

/** Where it begins. Steps stand in the order of the flow. */
function PlaceSelects({ setup, isFixed, change }: Part): ReactNode {
  const { t } = useTranslation('preview');
  const { source } = useContentPlace();
  const heads = useRead('readEntries', [{ params: { source }, query: { kinds: 'flow_order' } }]);
  const flows = new Map(
    (heads.data?.entries ?? []).flatMap(({ address, value }) =>
      value === undefined ? [] : [[partsOf(address).file.replace(/^flows\/|\.yaml$/g, ''), stepsOf(value)] as const],
    ),
  );
  const steps = setup.flow === null ? [] : (flows.get(setup.flow) ?? []);
  return (
    <>
      <Select
        label={t('setup.flow')}
        value={setup.flow ?? ''}
        options={[
          { value: '', label: t('setup.from_beginning') },
          ...withChosen([...flows.keys()].toSorted(), setup.flow).map((flow) => ({ value: flow, label: flow })),
        ]}
        isDisabled={isFixed}
        onChange={(flow) => change({ flow: flow === '' ? null : flow, step: null })}
      />
      {setup.flow !== null && (
        <Select
          label={t('setup.step')}
          value={setup.step ?? ''}
          options={[
            { value: '', label: t('setup.first_step') },
            ...withChosen(steps, setup.step).map((step) => ({ value: step, label: step })),
          ]}
          isDisabled={isFixed}
          onChange={(step) => change({ step: step === '' ? null : step })}
        />
      )}
    </>
  );
}

/** What is chosen can be seen also where it is not among the others. */
function withChosen(values: readonly string[], chosen: string | null): readonly string[] {
  return chosen === null || values.includes(chosen) ? values : [...values, chosen];
}

function stepsOf(order: unknown): string[] {
  return Array.isArray(order) ? order.filter((step): step is string => typeof step === 'string') : [];
}

function toLocal(instant: string, timezone: string): string {
  const { date, time } = localTime(Date.parse(instant), timezone);
  return `${date}T${time}`;
}

function toInstant(local: string, timezone: string): string | null {
  const [, date, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(local) ?? [];
  return date === undefined || time === undefined ? null : new Date(instantOf(date, time, timezone)).toISOString();
}
