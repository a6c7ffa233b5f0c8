// Which content is looked at: what people read now, an earlier release, or a draft; the way to another; beginning a draft; taking back the last edit.
// Rendered by content-frame.tsx, above the tabs.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { DraftView } from '../../api/content-shapes.ts';
import { useRead } from '../api.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Select } from '../ui/field.tsx';
import { Badge } from '../ui/pieces.tsx';
import { BeginDraft } from './begin-draft.tsx';
import type { ContentTab } from './content-tabs.tsx';
import { useContentPlace } from './source.ts';
import { UndoButton } from './undo-button.tsx';
import { isolated } from './isolated.ts';

export function SourceBar({ tab }: { tab: ContentTab }): ReactNode {
  const { t } = useTranslation('content');
  const { source, draft, draftId, canEdit } = useContentPlace();
  const drafts = useRead('listDrafts', []);
  const [, go] = useLocation();
  const options = useSources(source, draft, drafts.data?.drafts ?? []);
  return (
    <div className="source-bar">
      <Link href="/content" className="small">
        {t('frame.overview')}
      </Link>
      <div className="source-line">
        <Select label={t('frame.which')} quietLabel value={source} options={options} onChange={(next) => go(`/content/${next}/${tab}`)} />
        {draft === null ? draftId === null && <Badge icon="lock">{t('frame.read_only')}</Badge> : <DraftBadges draft={draft} />}
        <span className="room" />
        {draftId !== null && canEdit && <UndoButton draftId={draftId} />}
        {!canEdit && (draftId === null || draft !== null) && <BeginDraft tab={tab} />}
      </div>
      <ErrorNotice error={drafts.error} retry={() => void drafts.refetch()} />
      <SourceExplained draft={draft} isRelease={draftId === null} canEdit={canEdit} />
    </div>
  );
}

/** One may go to: what people read, the open drafts; and what is looked at now. */
function useSources(source: string, draft: DraftView | null, drafts: readonly DraftView[]): { value: string; label: string }[] {
  const { t } = useTranslation('content');
  const open = drafts.filter(({ state }) => state === 'open');
  const options = [
    { value: 'current', label: t('frame.current') },
    ...open.map(({ id, title }) => ({ value: id, label: t('frame.draft', { title: isolated(title) }) })),
  ];
  if (options.some(({ value }) => value === source)) return options;
  const own = /^\d+$/.test(source) ? t('frame.release', { number: source }) : t('frame.draft', { title: isolated(draft?.title ?? '…') });
  return [...options, { value: source, label: own }];
}

function DraftBadges({ draft }: { draft: DraftView }): ReactNode {
  const { t } = useTranslation('content');
  return (
    <>
      {draft.state !== 'open' && <Badge tone={draft.state === 'published' ? 'good' : 'plain'}>{t(`draft.state.${draft.state}`)}</Badge>}
      {draft.state === 'open' && !draft.can.edit && <Badge icon="lock">{t('frame.read_only')}</Badge>}
      {draft.state === 'open' && draft.submittedAt !== null && (
        <Badge tone="warn" icon="clock">
          {t('draft.submitted')}
        </Badge>
      )}
    </>
  );
}

function SourceExplained({ draft, isRelease, canEdit }: { draft: DraftView | null; isRelease: boolean; canEdit: boolean }): ReactNode {
  const { t } = useTranslation('content');
  if (isRelease) return <p className="quiet small">{t('frame.release_help')}</p>;
  if (draft === null || canEdit) return null;
  return <p className="quiet small">{t(draft.state === 'open' ? 'frame.not_yours' : `frame.${draft.state}_help`)}</p>;
}
