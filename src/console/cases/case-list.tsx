// The cases of a queue. It keeps still while a pointer or finger is on it: what comes is counted above, what has left stays grey.
// Rendered by cases-page.tsx.
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { EmptyState, Notice, Skeleton } from '../ui/pieces.tsx';
import { CaseRow } from './case-row.tsx';
import type { InboxList } from './use-inbox.ts';
import { useNow } from './use-now.ts';
import type { Place } from './use-place.ts';

/** After a finger was lifted somebody may still be about to touch the next row. */
const AFTER_TOUCH_MS = 1500;
const SCROLLED_PX = 24;

export function CaseList({ list, place }: { list: InboxList; place: Place }): ReactNode {
  const { t } = useTranslation('cases');
  const { inbox, more, loadingMore, reload } = list;
  const now = useNow();
  const { ref, holds, toTop } = useHold(list);
  return (
    <div className="case-list-place" ref={ref} {...holds}>
      <div className="coming" role="status">
        {inbox.coming.length > 0 && (
          <Button icon="down" onPress={toTop}>
            {t('list.coming', { count: inbox.coming.length })}
          </Button>
        )}
      </div>
      {inbox.state === 'loading' && <Skeleton />}
      {inbox.state === 'failed' && (
        <Notice tone="bad">
          <p>{t('list.failed')}</p>
          <Button onPress={reload}>{t('list.again')}</Button>
        </Notice>
      )}
      {inbox.state === 'ready' && inbox.rows.length === 0 && (
        <EmptyState icon="inbox" title={t(`empty.${inbox.view.queue}`)}>
          <p>{t(`empty_help.${inbox.view.queue}`)}</p>
        </EmptyState>
      )}
      {inbox.rows.length > 0 && (
        <ul className="case-list">
          {inbox.rows.map((row) => (
            <CaseRow key={row.item.id} row={row} now={now} place={place} />
          ))}
        </ul>
      )}
      {inbox.next !== null && (
        <div className="more-cases">
          <Button isDisabled={loadingMore} onPress={more}>
            {t('list.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Tells the list when it is under somebody's finger, and when it is let go. */
function useHold({ hold, letGo }: InboxList) {
  const ref = useRef<HTMLDivElement>(null);
  const state = useRef({ inside: false, timer: undefined as ReturnType<typeof setTimeout> | undefined });
  const scrolled = (): boolean => (ref.current?.scrollTop ?? 0) > SCROLLED_PX;
  const release = (): void => {
    if (!state.current.inside && !scrolled()) letGo();
  };
  const holds = {
    onPointerEnter: () => {
      clearTimeout(state.current.timer);
      state.current.inside = true;
      hold();
    },
    onPointerLeave: (event: { pointerType: string }) => {
      state.current.inside = false;
      clearTimeout(state.current.timer);
      state.current.timer = setTimeout(release, event.pointerType === 'mouse' ? 0 : AFTER_TOUCH_MS);
    },
    onScroll: () => (scrolled() ? hold() : release()),
  };
  const toTop = (): void => {
    ref.current?.scrollTo({ top: 0 });
    letGo();
    if (state.current.inside) hold();
  };
  return { ref, holds, toTop };
}
