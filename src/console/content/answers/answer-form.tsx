// What is known about an answer, to change: topic, place, kind, source, the flow that it leads to, and until when it counts.
// Rendered by answer-detail.tsx for those who may change it. Its words are answer-texts.tsx's.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Answer } from '../../../domain/content.ts';
import { Select, TextField } from '../../ui/field.tsx';
import { localityOptions, topicOptions, withValue } from '../settings/code-options.ts';
import { KeptForm } from '../settings/kept-form.tsx';
import { useKeptValue } from '../settings/use-kept-value.ts';
import { useFlowOptions } from '../settings/use-flow-options.ts';
import type { Hotline } from '../settings/use-hotline.ts';
import type { ContentPlace } from '../source.ts';
import { isolated } from '../isolated.ts';
import { useEdits } from '../use-edits.ts';
import { generalId } from './given-where.ts';
import type { AnswerEntry } from './use-answers.ts';

type Fields = Answer;

export const ANSWER_KINDS = Answer.shape.kind.options;

export interface AnswerFormProps {
  place: ContentPlace;
  hotline: Hotline;
  shown: AnswerEntry;
  answers: readonly AnswerEntry[];
}

export function AnswerForm({ place, hotline, shown, answers }: AnswerFormProps): ReactNode {
  const { t } = useTranslation('answers');
  const edits = useEdits(place.draftId);
  const kept = useKeptValue<Fields>({
    address: shown.entry.address,
    value: shown.answer,
    revision: shown.entry.revision,
    schema: Answer,
    edits,
    lostText: t('kept.lost'),
  });
  const { value, set, isWrong } = kept;
  const change = (fields: Partial<Fields>): void => set({ ...value, ...fields });
  return (
    <KeptForm label={t('facts.title')} kept={kept} isReadOnly={false}>
      <Select
        label={t('answers.topic')}
        value={value.topic}
        options={withValue(topicOptions(hotline), value.topic)}
        onChange={(topic) => change({ topic })}
      />
      <Select
        label={t('answers.place')}
        hint={t('facts.place_hint')}
        value={value.locality}
        options={withValue(localityOptions(hotline), value.locality)}
        onChange={(locality) => change({ locality })}
      />
      <Replaces value={value} answers={answers} onChange={(replaces) => change({ replaces })} />
      <KindSelect value={value.kind} onChange={(kind) => change({ kind })} />
      <TextField
        label={t('facts.source')}
        hint={t('facts.source_hint')}
        rows={2}
        wrong={isWrong('source') ? t('facts.source_missing') : null}
        value={value.source}
        onChange={(source) => change({ source })}
      />
      <FlowSelect place={place} hotline={hotline} value={value.flow} onChange={(flow) => change({ flow })} />
      <TextField
        label={t('facts.review_by')}
        hint={t('facts.review_by_hint')}
        type="date"
        ltr
        wrong={isWrong('review_by') ? t('facts.no_day') : null}
        value={value.review_by}
        onChange={(review_by) => change({ review_by })}
      />
      <p className="quiet small">
        {t('facts.id')}: <code>{value.id}</code>
      </p>
    </KeptForm>
  );
}

/** Which general answer a local version stands in for. */
function Replaces({
  value,
  answers,
  onChange,
}: {
  value: Fields;
  answers: readonly AnswerEntry[];
  onChange: (id: string | undefined) => void;
}): ReactNode {
  const { t } = useTranslation('answers');
  const general = answers.filter(({ answer }) => answer.replaces === undefined && answer.id !== value.id);
  // A general answer that others stand in for is no version itself.
  const isGeneral = answers.some(
    ({ answer }) => answer.replaces === generalId(value) && answer.id !== value.id && value.replaces === undefined,
  );
  if (isGeneral || value.locality === '*') return null;
  return (
    <Select
      label={t('facts.replaces')}
      hint={t('facts.replaces_hint')}
      value={value.replaces ?? ''}
      options={[
        { value: '', label: t('facts.replaces_none') },
        ...withValue(
          general.map(({ answer, title }) => ({ value: answer.id, label: `${isolated(title)} (${answer.id})` })),
          value.replaces ?? '',
        ).filter((option) => option.value !== ''),
      ]}
      onChange={(id) => onChange(id === '' ? undefined : id)}
    />
  );
}

export function KindSelect({ value, onChange }: { value: Answer['kind']; onChange: (kind: Answer['kind']) => void }): ReactNode {
  const { t } = useTranslation('answers');
  return (
    <Select
      label={t('answers.kind')}
      hint={t(`answers.kind_help_${value}`)}
      value={value}
      options={ANSWER_KINDS.map((kind) => ({ value: kind, label: t(`answers.kind_${kind}`) }))}
      onChange={onChange}
    />
  );
}

/** Flows of the content, each with the topic that it is about. */
export function FlowSelect({
  place,
  hotline,
  value,
  onChange,
}: {
  place: ContentPlace;
  hotline: Hotline;
  value: string | undefined;
  onChange: (flow: string | undefined) => void;
}): ReactNode {
  const { t } = useTranslation('answers');
  const options = useFlowOptions(place.source, hotline);
  return (
    <Select
      label={t('facts.flow')}
      hint={t('facts.flow_hint')}
      value={value ?? ''}
      options={[{ value: '', label: t('facts.flow_none') }, ...withValue(options, value ?? '').filter((option) => option.value !== '')]}
      onChange={(flow) => onChange(flow === '' ? undefined : flow)}
    />
  );
}
