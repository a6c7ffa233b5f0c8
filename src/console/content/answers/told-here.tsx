// What somebody in one place is told: which version of every answer they get, and what they do not get because it is overdue.
// Rendered by answers-page.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { EVERYWHERE } from '../../../release/locality-tree.ts';
import { useFormat } from '../../format.ts';
import { Select } from '../../ui/field.tsx';
import { Badge } from '../../ui/pieces.tsx';
import { Table } from '../../ui/table.tsx';
import { localityOptions } from '../settings/code-options.ts';
import { noonOf } from '../settings/noon-of.ts';
import type { AnswerListProps } from './answer-list.tsx';
import { givenHere, type GivenHere } from './given-where.ts';

export function ToldHere({ source, hotline, answers }: AnswerListProps): ReactNode {
  const { t } = useTranslation('answers');
  const [search, setSearch] = useSearchParams();
  const locality = search.get('here') ?? mostLocal(hotline.settings.localities ?? []);
  const all = answers.map(({ answer }) => answer);
  const rows = givenHere(locality, all, hotline.today);
  const titleOf = (id: string): string => answers.find(({ answer }) => answer.id === id)?.title ?? id;
  return (
    <div className="stack">
      <p>{t('here.intro')}</p>
      <div className="form">
        <Select
          label={t('here.place')}
          value={locality}
          options={localityOptions(hotline)}
          onChange={(code) =>
            setSearch(
              (now) => {
                const next = new URLSearchParams(now);
                next.set('here', code);
                return next;
              },
              { replace: true },
            )
          }
        />
      </div>
      <Table<GivenHere>
        label={t('answers.view_here')}
        rows={rows}
        keyOf={({ entry }) => entry}
        columns={[
          {
            key: 'question',
            label: t('answers.question'),
            cell: ({ entry, given, late }) => {
              const id = given?.id ?? late?.id ?? entry;
              return (
                <Link href={`/content/${source}/answers/${id}`}>
                  <bdi>{titleOf(id)}</bdi>
                </Link>
              );
            },
          },
          { key: 'topic', label: t('answers.topic'), cell: ({ given, late }) => hotline.nameOfTopic((given ?? late)?.topic ?? '') },
          { key: 'version', label: t('here.version'), cell: (row) => <Version row={row} nameOf={hotline.nameOfLocality} /> },
        ]}
      />
    </div>
  );
}

function Version({ row: { given, late }, nameOf }: { row: GivenHere; nameOf: (code: string) => string }): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  return (
    <div className="answer-review">
      {given !== null && (
        <span>{given.locality === EVERYWHERE ? t('here.general') : t('here.written_for', { place: nameOf(given.locality) })}</span>
      )}
      {late !== null && (
        <span className="badge bad many-words">
          {given === null
            ? t('here.nothing', { day: format.day(noonOf(late.review_by)) })
            : t('here.late_version', { place: nameOf(late.locality), day: format.day(noonOf(late.review_by)) })}
        </span>
      )}
      {given !== null && given.reviewed_by === null && <Badge tone="warn">{t('answers.never_reviewed')}</Badge>}
    </div>
  );
}

/** The smallest place of the line: there most differs. */
function mostLocal(codes: readonly string[]): string {
  return [...codes].sort((a, b) => b.split('-').length - a.split('-').length)[0] ?? EVERYWHERE;
}
