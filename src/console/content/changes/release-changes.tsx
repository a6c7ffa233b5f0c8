// What a release changed against the one before it, or against another that is chosen. Rendered by changes-page.tsx.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Select } from '../../ui/field.tsx';
import { EmptyState, Skeleton } from '../../ui/pieces.tsx';
import { ContentFrame } from '../content-frame.tsx';
import { DifferenceList } from './difference-list.tsx';
import { isolated } from '../isolated.ts';

export function ReleaseChanges({ source }: { source: string }): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  const releases = useRead('listReleases', []);
  const list = releases.data?.releases ?? [];
  const number = source === 'current' ? (list.find(({ current }) => current)?.number ?? null) : Number(source);
  const [chosen, setChosen] = useState<string | null>(null);
  const from = chosen ?? (number === null || number <= 1 ? null : String(number - 1));
  const release = list.find((one) => one.number === number);
  const intro =
    release === undefined
      ? t('changes.release_intro')
      : release.publishedBy === null
        ? t('changes.release_from_files', { when: isolated(format.dateTime(release.publishedAt)) })
        : t('changes.release_of', {
            alias: isolated(release.publishedBy),
            when: isolated(format.dateTime(release.publishedAt)),
          });
  return (
    <ContentFrame tab="changes" title={number === null ? t('tab.changes') : t('frame.release', { number })} intro={intro}>
      <ErrorNotice error={releases.error} retry={() => void releases.refetch()} />
      {releases.isPending && <Skeleton lines={3} />}
      {number !== null && (
        <>
          {list.length > 1 && (
            <div className="group-by">
              <Select
                label={t('changes.against')}
                value={from ?? ''}
                options={[
                  ...(from === null ? [{ value: '', label: '—' }] : []),
                  ...list
                    .filter((one) => one.number !== number)
                    .map((one) => ({ value: String(one.number), label: t('frame.release', { number: one.number }) })),
                ]}
                onChange={setChosen}
              />
            </div>
          )}
          {from === null ? (
            <EmptyState icon="log" title={t('changes.first')}>
              <p>{t('changes.first_help')}</p>
            </EmptyState>
          ) : (
            <Compared from={from} to={String(number)} />
          )}
        </>
      )}
    </ContentFrame>
  );
}

function Compared({ from, to }: { from: string; to: string }): ReactNode {
  const { t } = useTranslation('content');
  const read = useRead('compareContent', [{ query: { from, to } }]);
  return (
    <>
      <ErrorNotice error={read.error} retry={() => void read.refetch()} />
      {read.isPending && <Skeleton />}
      {read.data?.total === 0 && (
        <EmptyState icon="check" title={t('changes.same')}>
          <p>{t('changes.same_help')}</p>
        </EmptyState>
      )}
      {read.data && read.data.total > 0 && (
        <>
          <p className="quiet">{t('changes.total', { count: read.data.total })}</p>
          {read.data.differences.length < read.data.total && (
            <p className="quiet">{t('changes.not_all', { count: read.data.differences.length })}</p>
          )}
          <DifferenceList differences={read.data.differences} source={to} />
        </>
      )}
    </>
  );
}
