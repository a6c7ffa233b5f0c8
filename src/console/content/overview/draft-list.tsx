// Drafts: the open ones with what each still needs, and behind a fold those that ended. Rendered by overview-page.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { DraftView } from '../../../api/content-shapes.ts';
import { useRead } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Badge, EmptyState, Skeleton } from '../../ui/pieces.tsx';
import { useDraftNeeds } from '../draft-needs.ts';
import { isolated } from '../isolated.ts';

export function DraftList(): ReactNode {
  const { t } = useTranslation('content');
  const read = useRead('listDrafts', []);
  const drafts = read.data?.drafts ?? [];
  const open = drafts.filter(({ state }) => state === 'open');
  const ended = drafts.filter(({ state }) => state !== 'open');
  return (
    <>
      <ErrorNotice error={read.error} retry={() => void read.refetch()} />
      {read.isPending && <Skeleton lines={3} />}
      {read.data && open.length === 0 && (
        <EmptyState icon="edit" title={t('overview.no_drafts')}>
          <p>{t('overview.no_drafts_help')}</p>
        </EmptyState>
      )}
      {open.length > 0 && (
        <ul className="cards">
          {open.map((draft) => (
            <OpenDraft key={draft.id} draft={draft} />
          ))}
        </ul>
      )}
      {ended.length > 0 && (
        <details>
          <summary>{t('overview.ended', { count: ended.length })}</summary>
          <ul className="cards">
            {ended.map((draft) => (
              <EndedDraft key={draft.id} draft={draft} />
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function OpenDraft({ draft }: { draft: DraftView }): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  const needs = useDraftNeeds()(draft);
  return (
    <li className="card">
      <div className="card-head">
        <h3>
          <Link href={`/content/${draft.id}/changes`}>
            <bdi>{draft.title}</bdi>
          </Link>
        </h3>
        {draft.submittedAt !== null && (
          <Badge tone="warn" icon="clock">
            {t('draft.submitted')}
          </Badge>
        )}
        {draft.behind && <Badge icon="clock">{t('draft.behind')}</Badge>}
        <Badge>{t('draft.changes', { count: draft.changes })}</Badge>
      </div>
      <p className="small quiet">
        {t('draft.begun', { alias: isolated(draft.createdBy), when: isolated(format.dateTime(draft.createdAt)) })}
      </p>
      <p className="small quiet">{t('draft.touched', { when: format.relative(draft.updatedAt) })}</p>
      <p className="small">{needs.length === 0 ? t('needs.nothing') : t('needs.list', { needs: format.list(needs) })}</p>
    </li>
  );
}

function EndedDraft({ draft }: { draft: DraftView }): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  return (
    <li className="card">
      <div className="card-head">
        <h3>
          <Link href={`/content/${draft.id}/changes`}>
            <bdi>{draft.title}</bdi>
          </Link>
        </h3>
        <Badge tone={draft.state === 'published' ? 'good' : 'plain'}>
          {draft.publishedAs === null ? t(`draft.state.${draft.state}`) : t('draft.published_as', { number: draft.publishedAs })}
        </Badge>
      </div>
      <p className="small quiet">
        {t('draft.begun', { alias: isolated(draft.createdBy), when: isolated(format.dateTime(draft.createdAt)) })}
      </p>
    </li>
  );
}
