// All answers with topic, place, kind and the day until which they count; filtered, with those that are overdue first.
// The filters stand in the address, so that the way back leads to the same list. Rendered by answers-page.tsx.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { useFormat } from '../../format.ts';
import { isOverdue } from '../../../release/local-answer.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { Badge, EmptyState } from '../../ui/pieces.tsx';
import { Table } from '../../ui/table.tsx';
import { localityOptions } from '../settings/code-options.ts';
import { noonOf } from '../settings/noon-of.ts';
import type { Hotline } from '../settings/use-hotline.ts';
import { ANSWER_STATES, filterAnswers, type AnswerFilter } from './answer-filter.ts';
import { ReviewBadge } from './review-badge.tsx';
import type { AnswerEntry } from './use-answers.ts';

export interface AnswerListProps {
  source: string;
  hotline: Hotline;
  answers: readonly AnswerEntry[];
}

export function AnswerList({ source, hotline, answers }: AnswerListProps): ReactNode {
  const { t } = useTranslation('answers');
  const [search, setSearch] = useSearchParams();
  const [words, setWords] = useState('');
  const filter: AnswerFilter = {
    topic: search.get('topic') ?? '',
    locality: search.get('place') ?? '',
    state: ANSWER_STATES.find((state) => state === search.get('state')) ?? '',
    words,
  };
  const set = (name: string, value: string): void =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const shown = filterAnswers(answers, filter, hotline.today);
  const late = answers.filter(({ answer }) => isOverdue(answer, hotline.today)).length;
  if (answers.length === 0)
    return (
      <EmptyState icon="help" title={t('answers.empty')}>
        <p>{t('answers.empty_help')}</p>
      </EmptyState>
    );
  return (
    <div className="stack">
      <Filters hotline={hotline} answers={answers} filter={filter} set={set} setWords={setWords} />
      <p className="quiet" role="status">
        {t('answers.shown', { count: shown.length })}
        {late > 0 && ` · ${t('answers.late', { count: late })}`}
      </p>
      {shown.length === 0 ? (
        <EmptyState icon="search" title={t('answers.none_found')}>
          <p>{t('answers.none_found_help')}</p>
          <Button
            onPress={() => {
              setWords('');
              setSearch(new URLSearchParams(), { replace: true });
            }}
          >
            {t('answers.show_all')}
          </Button>
        </EmptyState>
      ) : (
        <AnswerTable source={source} hotline={hotline} shown={shown} query={search.toString()} />
      )}
    </div>
  );
}

interface FiltersProps {
  hotline: Hotline;
  answers: readonly AnswerEntry[];
  filter: AnswerFilter;
  set: (name: string, value: string) => void;
  setWords: (words: string) => void;
}

function Filters({ hotline, answers, filter, set, setWords }: FiltersProps): ReactNode {
  const { t } = useTranslation('answers');
  const topics = new Set(answers.flatMap(({ answer: { topic } }) => [topic.split('.')[0] ?? topic, topic]));
  const places = [...new Set(answers.map(({ answer }) => answer.locality))];
  return (
    <div className="content-filters" role="search" aria-label={t('answers.filter')}>
      <TextField label={t('answers.words')} type="search" value={filter.words} onChange={setWords} />
      <Select
        label={t('answers.topic')}
        value={filter.topic}
        options={[
          { value: '', label: t('answers.all_topics') },
          ...hotline.topics.filter(({ code }) => topics.has(code)).map(({ code }) => ({ value: code, label: hotline.pathOfTopic(code) })),
        ]}
        onChange={(topic) => set('topic', topic)}
      />
      <Select
        label={t('answers.place')}
        value={filter.locality}
        options={[{ value: '', label: t('answers.all_places') }, ...localityOptions(hotline, places)]}
        onChange={(place) => set('place', place)}
      />
      <Select
        label={t('answers.state')}
        value={filter.state}
        options={[
          { value: '', label: t('answers.all_states') },
          ...ANSWER_STATES.map((value) => ({ value, label: t(`answers.state_${value}`) })),
        ]}
        onChange={(state) => set('state', state)}
      />
    </div>
  );
}

interface AnswerTableProps {
  source: string;
  hotline: Hotline;
  shown: readonly AnswerEntry[];
  query: string;
}

function AnswerTable({ source, hotline, shown, query }: AnswerTableProps): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  return (
    <Table
      label={t('answers.title')}
      rows={shown}
      keyOf={({ entry }) => entry.address}
      columns={[
        {
          key: 'title',
          label: t('answers.question'),
          cell: ({ answer, title, changed }) => (
            <div className="answer-name">
              <Link href={`/content/${source}/answers/${answer.id}${query === '' ? '' : `?${query}`}`}>
                <bdi>{title}</bdi>
              </Link>
              <span className="row">
                <code className="quiet small">{answer.id}</code>
                {changed && (
                  <Badge tone="plain" icon="edit">
                    {t('answers.changed')}
                  </Badge>
                )}
              </span>
            </div>
          ),
        },
        { key: 'topic', label: t('answers.topic'), cell: ({ answer }) => hotline.nameOfTopic(answer.topic) },
        { key: 'place', label: t('answers.place'), cell: ({ answer }) => hotline.nameOfLocality(answer.locality) },
        { key: 'kind', label: t('answers.kind'), cell: ({ answer }) => t(`answers.kind_${answer.kind}`) },
        {
          key: 'review',
          label: t('answers.review'),
          cell: ({ answer }) => (
            <div className="answer-review">
              <span>{t('answers.until', { day: format.day(noonOf(answer.review_by)) })}</span>
              <ReviewBadge answer={answer} today={hotline.today} />
            </div>
          ),
        },
      ]}
    />
  );
}
