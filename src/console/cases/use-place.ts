// Where somebody is in the inbox, kept in the address: the open case, the queue and its filters, the side panel on a phone.
// So the browser's own way back works, and a link leads colleagues to the same place. Used by cases-page.tsx and its parts.
import { useLocation, useRoute, useSearch } from 'wouter';
import { INTERPRETER_QUEUES, QUEUES, type Queue, type View } from './queue.ts';

export interface Place {
  caseId: string | null;
  view: View;
  panel: boolean;
  /** Address of another place; what is not named stays. */
  href(change: Partial<View> & { caseId?: string | null; panel?: boolean }): string;
  go(change: Partial<View> & { caseId?: string | null; panel?: boolean }, options?: { replace?: boolean }): void;
}

/** The place that the address names; `first` is the queue where it names none. */
export function usePlace(first: Queue): Place {
  const [, params] = useRoute('/cases/:id');
  const [, navigate] = useLocation();
  const search = new URLSearchParams(useSearch());
  const named = search.get('queue') as Queue | null;
  const queue = named !== null && [...QUEUES, ...INTERPRETER_QUEUES].includes(named) ? named : first;
  const place = {
    caseId: params?.id ?? null,
    view: { queue, language: search.get('language'), deskId: search.get('desk') },
    panel: search.has('panel'),
  };
  const href: Place['href'] = (change) => {
    const next = { caseId: place.caseId, panel: false, ...place.view, ...change };
    const query = new URLSearchParams();
    if (next.queue !== first) query.set('queue', next.queue);
    if (next.language !== null) query.set('language', next.language);
    if (next.deskId !== null) query.set('desk', next.deskId);
    if (next.panel) query.set('panel', '');
    return `/cases${next.caseId === null ? '' : `/${encodeURIComponent(next.caseId)}`}${query.size > 0 ? `?${query}` : ''}`;
  };
  return { ...place, href, go: (change, options) => navigate(href(change), options) };
}
