// Steps in words: what type they are, what they are about, what leads from one to the next. In the language of the console, around texts in
// the language that is looked at. Used by the outline, the drawn flow, lists of steps and problems.
import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, type Format } from '../../format.ts';
import type { IconName } from '../../ui/icon.tsx';
import { isolated } from '../isolated.ts';
import { subjectOf } from './about-step.ts';
import { END, type EditedFlow, type EditedStep } from './edited-flow.ts';
import type { WayReason } from './flow-graph.ts';
import { fullKey } from './step-texts.ts';
import type { FlowContent } from './use-flow-content.ts';
import type { LoadedTexts } from './use-loaded-texts.ts';

export interface Words {
  text: string;
  /** Of a text of the hotline; null for the console's own words. */
  language: string | null;
}

export interface StepWords {
  kind(step: Pick<EditedStep, 'kind'>): string;
  icon(step: Pick<EditedStep, 'kind'>): IconName;
  about(step: Pick<EditedStep, 'id' | 'raw' | 'kind'>): Words;
  /** `3 · Asks · In which city?`, for lists to choose from; also for `end`. */
  option(id: string): string;
  way(reason: WayReason): string;
}

const ICONS: Record<string, IconName> = {
  say: 'send',
  ask: 'help',
  answer: 'log',
  directory: 'desk',
  branch: 'refer',
  set: 'edit',
  call: 'copy',
  goto: 'next',
  log: 'log',
  consent: 'check',
  offer_person: 'person',
  handoff: 'people',
  complaint: 'complaint',
  remind: 'bell',
  wait: 'clock',
  end: 'close',
};
const MAX_OPTION_CHARS = 60;

interface Means {
  t: TFunction<'flows'>;
  format: Format;
  content: FlowContent;
  flow: EditedFlow;
  texts: LoadedTexts;
}

export function useStepWords(content: FlowContent, flow: EditedFlow, texts: LoadedTexts): StepWords {
  const { t } = useTranslation('flows');
  const format = useFormat();
  return useMemo(() => {
    const means = { t, format, content, flow, texts };
    return {
      kind: (step) => kindOf(means, step),
      icon: (step) => ICONS[step.kind ?? ''] ?? 'alert',
      about: (step) => aboutStep(means, step),
      option: (id) => optionOf(means, id),
      way: (reason) => wayOf(means, reason),
    };
  }, [t, format, content, flow, texts]);
}

function kindOf({ t }: Means, { kind }: Pick<EditedStep, 'kind'>): string {
  return kind === null ? t('kind.unknown') : t(`kind.${kind}`);
}

function aboutStep({ t, format, content, flow, texts }: Means, step: Pick<EditedStep, 'id' | 'raw' | 'kind'>): Words {
  const own = (text: string): Words => ({ text, language: null });
  const ofHotline = (full: string, otherwise: string): Words => {
    const text = texts.get(full);
    return text === undefined ? own(otherwise) : { text, language: texts.language };
  };
  const subject = subjectOf(step);
  switch (subject.type) {
    case 'text':
      return ofHotline(fullKey(flow.id, subject.key), t('about.no_text'));
    case 'entry':
      return ofHotline(`answers:${subject.id}.title`, subject.id);
    case 'topic':
      return own(content.hotline.pathOfTopic(subject.code));
    case 'flow':
      return own(subject.id);
    case 'expression':
      return own(isolated(subject.source));
    case 'conditions':
      return own(t('about.conditions', { count: subject.count }));
    case 'names':
      return own(format.list(subject.names));
    case 'notes':
      return own(subject.notes.map(([field, value]) => noteOf(t, content, field, value)).join(' · '));
    case 'priority':
      return own(t(`option.priority.${subject.priority}`, { defaultValue: subject.priority }));
    case 'seconds':
      return own(format.span(subject.seconds * 1000));
    case 'outcome':
      return own(t(`option.end.${subject.outcome}`, { defaultValue: subject.outcome }));
    case 'pending':
      return own(t('about.pending'));
    case 'nothing':
      return own('');
  }
}

/** `Topic: Health`, `How it ended: Answered`. */
function noteOf(t: TFunction<'flows'>, { hotline }: FlowContent, field: string, value: string): string {
  const option = t(`option.${field === 'outcome' ? 'end' : field}.${value}`, {
    defaultValue: t(`option.any.${value}`, { defaultValue: value }),
  });
  const said = field === 'topic' ? hotline.nameOfTopic(value) : field === 'locality' ? hotline.nameOfLocality(value) : option;
  return t('about.note', { field: t(`field.${field}`, { defaultValue: field }), value: said });
}

function optionOf(means: Means, id: string): string {
  const { t, flow } = means;
  if (id === END) return t('step.end');
  const index = flow.steps.findIndex((step) => step.id === id);
  const step = flow.steps[index];
  if (step === undefined) return t('step.missing', { id });
  const { text } = aboutStep(means, step);
  const short = text.length > MAX_OPTION_CHARS ? `${text.slice(0, MAX_OPTION_CHARS).trimEnd()}…` : text;
  return [String(index + 1), kindOf(means, step), short].filter((part) => part !== '').join(' · ');
}

function wayOf({ t, format, flow, texts }: Means, reason: WayReason): string {
  switch (reason.type) {
    case 'next':
      return t('way.next');
    case 'choice': {
      const label = reason.key === null ? undefined : texts.get(fullKey(flow.id, reason.key));
      return label ?? t(`outcome.${reason.choice}`, { defaultValue: reason.choice });
    }
    case 'otherwise':
      return t('way.otherwise');
    case 'condition':
      return t('way.condition', { condition: isolated(reason.source) });
    case 'timeout':
      return t('way.timeout', { span: format.span(reason.seconds * 1000) });
    case 'misunderstood':
      return t('way.misunderstood');
  }
}
