// The caseworkers' page: queues and list, the conversation, the case beside it. On a phone one of them at a time.
// The address says what is open (use-place.ts); the list lives on while cases are opened and closed.
import { useEffect, useRef, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Columns } from '../layout/columns.tsx';
import { usePageTitle } from '../layout/page.tsx';
import { useMe } from '../session.tsx';
import { useShortcut } from '../shortcuts.tsx';
import { EmptyState } from '../ui/pieces.tsx';
import './cases.css';
import { CaseList } from './case-list.tsx';
import { CaseShortcuts } from './case-shortcuts.tsx';
import { Conversation } from './conversation.tsx';
import { InboxHead } from './inbox-head.tsx';
import { SidePanel } from './side-panel.tsx';
import { unreadOf } from './unread.ts';
import { useCase } from './use-case.ts';
import { useInbox } from './use-inbox.ts';
import { usePlace } from './use-place.ts';
import { useWorkspace } from './workspace.tsx';

export function CasesPage(): ReactNode {
  const { t } = useTranslation('cases');
  const me = useMe();
  const place = usePlace(me.permissions.includes('case.read') ? 'waiting' : 'interpreting');
  const list = useInbox(place.view);
  const reading = useCase(place.caseId);
  const unread = useUnreadOfMine(list.inbox.rows.map(({ item }) => item));
  usePageTitle(unread > 0 ? `(${unread}) ${t('title')}` : t('title'));
  useFocusOnReturn(place.caseId);
  useShortcut(
    place.caseId === null
      ? null
      : {
          keys: 'Escape',
          label: t('keys.back'),
          group: t('keys.list'),
          run: () => place.go(place.panel ? { panel: false } : { caseId: null }),
        },
  );
  const opened = place.caseId !== null;
  // What cannot be read any more shows nowhere: the person may have deleted it.
  const view = reading.error?.status === 404 ? undefined : reading.data;
  return (
    <>
      {/* On a phone one column shows at a time; the page's name is always there. */}
      <h1 className="only-heard">{t('title')}</h1>
      <Columns
        show={!opened ? 'list' : place.panel ? 'aside' : 'detail'}
        listLabel={t('list.label')}
        list={
          <div className="inbox">
            <InboxHead place={place} counts={list.inbox.counts} rows={list.inbox.rows} />
            <CaseList list={list} place={place} />
          </div>
        }
        detailLabel={t('conversation.label')}
        detail={
          place.caseId === null ? (
            <EmptyState icon="inbox" title={t('nothing_open.title')}>
              <p>{t('nothing_open.help')}</p>
            </EmptyState>
          ) : (
            <Conversation key={place.caseId} caseId={place.caseId} reading={reading} place={place} />
          )
        }
        {...(opened && view ? { asideLabel: t('panel.label'), aside: <SidePanel key={place.caseId} view={view} place={place} /> } : {})}
      />
      <CaseShortcuts place={place} />
    </>
  );
}

/** People's messages in one's own cases that were not on this screen. */
function useUnreadOfMine(items: readonly Parameters<typeof unreadOf>[0][]): number {
  const { meId, seen } = useWorkspace();
  const known = useSyncExternalStore(seen.subscribe, seen.all);
  return items.filter((item) => item.assignee?.id === meId).reduce((sum, item) => sum + unreadOf(item, known), 0);
}

/** Going back from a case leaves the focus on its row; where that has gone, on the list. */
function useFocusOnReturn(caseId: string | null): void {
  const before = useRef(caseId);
  useEffect(() => {
    const left = before.current;
    before.current = caseId;
    if (caseId !== null || left === null) return;
    const row = document.querySelector<HTMLElement>(`[data-case="${CSS.escape(left)}"]`);
    (row ?? document.querySelector<HTMLElement>('.inbox h2'))?.focus();
  }, [caseId]);
}
