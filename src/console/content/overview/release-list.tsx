// Releases, the newest first: who published what and when, what each changed, and putting an earlier one back. Rendered by overview-page.tsx.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ApiError } from '../../../api/client.ts';
import type { ReleaseView } from '../../../api/content-shapes.ts';
import { call, keyOf, type Answer } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useMay } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Badge, Skeleton } from '../../ui/pieces.tsx';
import { Table, type Column } from '../../ui/table.tsx';
import { RollBackDialog } from './roll-back-dialog.tsx';

type Part = Answer<'listReleases'>;

export function ReleaseList(): ReactNode {
  const { t } = useTranslation('content');
  const read = useReleases();
  const releases = read.data?.pages.flatMap((part) => part.releases) ?? [];
  const [asked, setAsked] = useState<ReleaseView | null>(null);
  const columns = useColumns(setAsked);
  return (
    <>
      <ErrorNotice error={read.error} retry={() => void read.refetch()} />
      {read.isPending && <Skeleton lines={4} />}
      {releases.length > 0 && (
        <Table label={t('overview.releases')} rows={releases} keyOf={({ number }) => String(number)} columns={columns} />
      )}
      {read.hasNextPage && (
        <div className="row">
          <Button isPending={read.isFetchingNextPage} onPress={() => void read.fetchNextPage()}>
            {t('release.older')}
          </Button>
        </div>
      )}
      <RollBackDialog release={asked} onClose={() => setAsked(null)} />
    </>
  );
}

function useReleases() {
  return useInfiniteQuery<Part, ApiError, { pages: Part[] }, readonly unknown[], number | null>({
    queryKey: [...keyOf('listReleases'), 'all'],
    queryFn: ({ pageParam }) => call('listReleases', { query: pageParam === null ? {} : { before: pageParam } }),
    initialPageParam: null,
    getNextPageParam({ releases }) {
      const last = releases.at(-1);
      return last === undefined || last.number <= 1 ? undefined : last.number;
    },
  });
}

function useColumns(onRollBack: (release: ReleaseView) => void): Column<ReleaseView>[] {
  const { t } = useTranslation('content');
  const format = useFormat();
  return [
    {
      key: 'number',
      label: t('release.number'),
      cell: (release) => (
        <div className="row">
          <bdi>{release.number}</bdi>
          {release.current && (
            <Badge tone="good" icon="check">
              {t('release.current')}
            </Badge>
          )}
          {release.demonstration && <Badge tone="warn">{t('release.demonstration')}</Badge>}
        </div>
      ),
    },
    {
      key: 'title',
      label: t('release.title'),
      cell: ({ title, rolledBackTo }) =>
        rolledBackTo === null ? <bdi>{title ?? t('release.no_title')}</bdi> : t('release.rolled_back', { number: rolledBackTo }),
    },
    { key: 'at', label: t('release.at'), cell: ({ publishedAt }) => format.dateTime(publishedAt) },
    { key: 'by', label: t('release.by'), cell: ({ publishedBy }) => <bdi>{publishedBy ?? t('release.by_files')}</bdi> },
    {
      key: 'actions',
      label: '',
      end: true,
      cell: (release) => <Actions release={release} onRollBack={onRollBack} />,
    },
  ];
}

function Actions({ release, onRollBack }: { release: ReleaseView; onRollBack: (release: ReleaseView) => void }): ReactNode {
  const { t } = useTranslation('content');
  const may = useMay();
  const decides = may('content.edit') || may('content.review');
  return (
    <div className="row release-actions">
      {release.number > 1 && (
        <Link href={`/content/${String(release.number)}/changes`} className="button plain">
          {t('release.changed')}
          <OfRelease number={release.number} />
        </Link>
      )}
      {decides && !release.current && (
        <Button icon="undo" onPress={() => onRollBack(release)}>
          {t('release.put_back')}
          <OfRelease number={release.number} />
        </Button>
      )}
    </div>
  );
}

/** Tells buttons of the same words apart, for those who hear them. */
function OfRelease({ number }: { number: number }): ReactNode {
  const { t } = useTranslation('content');
  return <span className="only-heard"> ({t('frame.release', { number })})</span>;
}
