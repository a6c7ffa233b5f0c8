// The list of cases that shows, kept true by the live stream. Used by cases-page.tsx; what happens to it is inbox.ts's.
import { useEffect, useReducer, useRef, useState } from 'react';
import { call, keyOf, queryClient } from '../api.ts';
import { useLiveEvent } from '../live/live.tsx';
import { useMe } from '../session.tsx';
import { emptyInbox, reduceInbox, type Inbox } from './inbox.ts';
import type { View } from './queue.ts';

/** Counts are asked for again at most so often while cases change. */
const COUNT_MS = 4000;
/** What becomes overdue by time alone is seen so soon. */
const REFRESH_MS = 60_000;
const PAGE = 50;

export interface InboxList {
  inbox: Inbox;
  loadingMore: boolean;
  more(): void;
  reload(): void;
  /** A pointer or finger is on the list, or it is scrolled: nothing in it moves. */
  hold(): void;
  letGo(): void;
}

export function useInbox(view: View): InboxList {
  const me = useMe();
  const [inbox, dispatch] = useReducer(reduceInbox, view, emptyInbox);
  const [loadingMore, setLoadingMore] = useState(false);
  const held = useRef(false);
  const { queue, language, deskId } = view;
  const looker = (): { meId: string; now: number } => ({ meId: me.id, now: Date.now() });

  const reload = (): void => {
    const asked = { queue, language, deskId };
    readPage(asked, null)
      .then((page) => dispatch({ type: 'loaded', view: asked, page, looker: looker(), held: held.current }))
      .catch(() => dispatch({ type: 'load_failed', view: asked }));
  };
  const more = (): void => {
    if (loadingMore || inbox.next === null) return;
    setLoadingMore(true);
    readPage(inbox.view, inbox.next)
      .then((page) => dispatch({ type: 'loaded_more', view: inbox.view, page }))
      .catch(() => undefined)
      .finally(() => setLoadingMore(false));
  };

  useEffect(() => {
    held.current = false;
    dispatch({ type: 'opened', view: { queue, language, deskId } });
    reload();
    const timer = setInterval(() => void (document.visibilityState === 'visible' && reload()), REFRESH_MS);
    return () => clearInterval(timer);
  }, [queue, language, deskId, me.id]);

  const recount = useThrottled(COUNT_MS, () => {
    call('listCases', { query: { queue, limit: 1 } })
      .then(({ counts }) => dispatch({ type: 'counted', counts }))
      .catch(() => undefined);
  });
  useLiveEvent((event) => {
    if (event.type === 'resync') reload();
    if (event.type !== 'cases') return;
    dispatch({ type: 'changed', cases: event.cases, removed: event.removed, looker: looker(), held: held.current });
    recount();
  });

  return {
    inbox,
    loadingMore,
    more,
    reload,
    hold: () => void (held.current = true),
    letGo() {
      held.current = false;
      dispatch({ type: 'settled' });
    },
  };
}

function readPage({ queue, language, deskId }: View, after: string | null): ReturnType<typeof call<'listCases'>> {
  const query = {
    queue,
    limit: PAGE,
    ...(language === null ? {} : { language }),
    ...(deskId === null ? {} : { deskId }),
    ...(after === null ? {} : { after }),
  };
  return queryClient.fetchQuery({
    queryKey: keyOf('listCases', { query }),
    queryFn: () => call('listCases', { query }),
    staleTime: 0,
    gcTime: 0,
  });
}

/** Runs at once, then at most every so often; the last call is never lost. */
function useThrottled(everyMs: number, run: () => void): () => void {
  const latest = useRef(run);
  latest.current = run;
  const state = useRef<{ timer: ReturnType<typeof setTimeout> | null; again: boolean }>({ timer: null, again: false });
  useEffect(() => () => clearTimeout(state.current.timer ?? undefined), []);
  return () => {
    const current = state.current;
    if (current.timer !== null) {
      current.again = true;
      return;
    }
    const tick = (): void => {
      current.timer = setTimeout(() => {
        current.timer = null;
        if (!current.again) return;
        current.again = false;
        latest.current();
        tick();
      }, everyMs);
    };
    latest.current();
    tick();
  };
}
