// All answers with topic, place, kind and the day until which they count; filtered, with those that are overdue first.
// The filters stand in the address, so that the way back leads to the same list. Rendered by answers-page.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFormat } from '../../format.ts';
import { isOverdue } from '../../../release/local-answer.ts';
import { Button } from '../../ui/button.tsx';
import { Badge, EmptyState } from '../../ui/pieces.tsx';
import { Table } from '../../ui/table.tsx';
import { ListFilters } from '../listing/list-filters.tsx';
import { useListFilter } from '../listing/use-list-filter.ts';
import { noonOf } from '../settings/noon-of.ts';
import type { Hotline } from '../settings/use-hotline.ts';
import { ANSWER_STATES, filterAnswers } from './answer-filter.ts';
import { ReviewBadge } from './review-badge.tsx';
import type { AnswerEntry } from './use-answers.ts';

export interface AnswerListProps {
  source: string;
  hotline: Hotline;
  answers: readonly AnswerEntry[];
}

export function AnswerList({ source, hotline, answers }: AnswerListProps): ReactNode {
  const { t } = useTranslation('answers');
  const filtering = useListFilter(ANSWER_STATES);
  const shown = filterAnswers(answers, filtering.filter, hotline.today);
  const late = answers.filter(({ answer }) => isOverdue(answer, hotline.today)).length;
  if (answers.length === 0)
    return (
      <EmptyState icon="help" title={t('answers.empty')}>
        <p>{t('answers.empty_help')}</p>
      </EmptyState>
    );
  return (
    <div className="stack">
      <ListFilters
        {...filtering}
        hotline={hotline}
        topics={answers.flatMap(({ answer }) => answer.topic)}
        localities={answers.map(({ answer }) => answer.locality)}
        wordsLabel={t('answers.words')}
        states={ANSWER_STATES.map((value) => ({ value, label: t(`answers.state_${value}`) }))}
      />
      <p className="quiet" role="status">
        {t('answers.shown', { count: shown.length })}
        {late > 0 && ` · ${t('answers.late', { count: late })}`}
      </p>
      {shown.length === 0 ? (
        <EmptyState icon="search" title={t('answers.none_found')}>
          <p>{t('answers.none_found_help')}</p>
          <Button onPress={filtering.clear}>{t('answers.show_all')}</Button>
        </EmptyState>
      ) : (
        <AnswerTable source={source} hotline={hotline} shown={shown} query={filtering.query} />
      )}
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
