// The frame of every page of the content editor: which content is looked at, the editor's tabs, the page's title and what can be done.
// Used by all pages under content/. A release is only read here: one button begins a draft.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useRead } from '../api.ts';
import { usePageTitle } from '../layout/page.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { EmptyState } from '../ui/pieces.tsx';
import { ContentTabs, type ContentTab } from './content-tabs.tsx';
import { SourceBar } from './source-bar.tsx';
import { useContentPlace } from './source.ts';
import '../layout/layout.css';
import './content.css';

export interface ContentFrameProps {
  tab: ContentTab;
  title: string;
  /** One sentence that says what the page is for. */
  intro?: string;
  actions?: ReactNode;
  children: ReactNode;
}

export function ContentFrame({ tab, title, intro, actions, children }: ContentFrameProps): ReactNode {
  const { draftId } = useContentPlace();
  usePageTitle(title);
  const isWide = tab === 'texts' || tab === 'flows' || tab === 'preview';
  return (
    <div className={isWide ? 'page content-page wide' : 'page content-page'}>
      <SourceBar tab={tab} />
      <ContentTabs tab={tab} />
      <div className="page-head">
        <div className="titles">
          <h1>{title}</h1>
          {intro !== undefined && <p>{intro}</p>}
        </div>
        {actions}
      </div>
      {draftId === null ? children : <OfDraft id={draftId}>{children}</OfDraft>}
    </div>
  );
}

/** What the page shows, unless there is no such draft. */
function OfDraft({ id, children }: { id: string; children: ReactNode }): ReactNode {
  const { t } = useTranslation('content');
  const read = useRead('readDraft', [{ params: { id } }]);
  if (read.error?.status === 404) {
    return (
      <EmptyState icon="edit" title={t('frame.no_draft')}>
        <p>{t('frame.no_draft_help')}</p>
        <Link href="/content">{t('frame.overview')}</Link>
      </EmptyState>
    );
  }
  return (
    <>
      <ErrorNotice error={read.error} retry={() => void read.refetch()} />
      {children}
    </>
  );
}
