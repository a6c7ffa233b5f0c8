// What the inbox lists, as it changes under somebody's eyes: a case changes in place at once, and nothing moves while it is held.
// Pure reducer, run by use-inbox.ts. "Held": a pointer or finger is on the list, or it is scrolled down.
// While held, a case that has left stays where it was, marked; one that comes waits, counted, until `settled` lets it in.
import type { z } from 'zod';
import type { CaseItem, CasePage } from '../../api/case-operations.ts';
import { belongs, compareCases, type Looker, type View } from './queue.ts';

export interface Row {
  item: CaseItem;
  /** It does not belong here any more; still shown because the list is held. */
  left: boolean;
}

export interface Inbox {
  view: View;
  state: 'loading' | 'ready' | 'failed';
  rows: readonly Row[];
  /** Cases that belong here and wait until nobody holds the list. */
  coming: readonly CaseItem[];
  /** Where the next page begins; null at the end. */
  next: string | null;
  counts: z.output<typeof CasePage>['counts'] | null;
}

export type InboxEvent =
  | { type: 'opened'; view: View }
  | { type: 'loaded'; view: View; page: z.output<typeof CasePage>; looker: Looker; held: boolean }
  | { type: 'loaded_more'; view: View; page: z.output<typeof CasePage> }
  | { type: 'load_failed'; view: View }
  | { type: 'changed'; cases: readonly CaseItem[]; removed: readonly string[]; looker: Looker; held: boolean }
  | { type: 'counted'; counts: z.output<typeof CasePage>['counts'] }
  | { type: 'settled' };

/** An inbox before anything was read. */
export function emptyInbox(view: View): Inbox {
  return { view, state: 'loading', rows: [], coming: [], next: null, counts: null };
}

export function reduceInbox(inbox: Inbox, event: InboxEvent): Inbox {
  switch (event.type) {
    case 'opened':
      return sameView(inbox.view, event.view) ? inbox : { ...emptyInbox(event.view), counts: inbox.counts };
    case 'loaded':
      return sameView(inbox.view, event.view) ? load(inbox, event) : inbox;
    case 'loaded_more':
      return sameView(inbox.view, event.view) ? loadMore(inbox, event.page) : inbox;
    case 'load_failed':
      return sameView(inbox.view, event.view) ? { ...inbox, state: inbox.rows.length > 0 ? 'ready' : 'failed' } : inbox;
    case 'changed':
      return change(inbox, event);
    case 'counted':
      return { ...inbox, counts: event.counts };
    case 'settled':
      return settle(inbox);
  }
}

/** A first page, read anew. What is shown beyond it stays: later pages are not read again, changes keep them true. */
function load(inbox: Inbox, { page, looker, held }: Extract<InboxEvent, { type: 'loaded' }>): Inbox {
  const loaded = { ...inbox, state: 'ready' as const, counts: page.counts };
  if (inbox.rows.length === 0) return { ...loaded, rows: page.cases.map((item) => ({ item, left: false })), coming: [], next: page.next };
  const last = page.cases.at(-1);
  const known = new Set(page.cases.map((item) => item.id));
  // What stood within this page's reach and is not in it has left.
  const gone = inbox.rows.filter(
    ({ item }) => !known.has(item.id) && (page.next === null || last === undefined || compareCases(item, last) < 0),
  );
  return change(loaded, { type: 'changed', cases: page.cases, removed: gone.map(({ item }) => item.id), looker, held });
}

function loadMore(inbox: Inbox, page: z.output<typeof CasePage>): Inbox {
  const known = new Set([...inbox.rows.map(({ item }) => item.id), ...inbox.coming.map((item) => item.id)]);
  const more = page.cases.filter((item) => !known.has(item.id)).map((item) => ({ item, left: false }));
  return { ...inbox, rows: [...inbox.rows, ...more], next: page.next, counts: page.counts };
}

function change(inbox: Inbox, { cases, removed, looker, held }: Extract<InboxEvent, { type: 'changed' }>): Inbox {
  const changed = new Map(cases.map((item) => [item.id, item]));
  const gone = new Set(removed);
  const rows = inbox.rows.map((row) => {
    const item = newer(row.item, changed.get(row.item.id));
    const left = gone.has(item.id) || !belongs(item, inbox.view, looker);
    return item === row.item && left === row.left ? row : { item, left };
  });
  const shown = new Set(rows.map(({ item }) => item.id));
  const waiting = new Map(inbox.coming.map((item) => [item.id, item]));
  for (const item of cases) if (!shown.has(item.id)) waiting.set(item.id, newer(waiting.get(item.id) ?? item, item));
  const coming = [...waiting.values()].filter(
    (item) => !gone.has(item.id) && belongs(item, inbox.view, looker) && isWithinReach(item, inbox),
  );
  const next = { ...inbox, rows, coming };
  return held ? next : settle(next);
}

/** While there are later pages, what would stand on one of them comes with it. */
function isWithinReach(item: CaseItem, { rows, next }: Inbox): boolean {
  const last = rows.at(-1);
  return next === null || last === undefined || compareCases(item, last.item) < 0;
}

/** Lets in what came, lets go of what left, and puts all in order. */
function settle(inbox: Inbox): Inbox {
  const rows = [...inbox.rows.filter(({ left }) => !left), ...inbox.coming.map((item) => ({ item, left: false }))];
  return { ...inbox, rows: rows.sort((one, other) => compareCases(one.item, other.item)), coming: [] };
}

/** Events may overtake each other: what is older never replaces what is newer. */
function newer(known: CaseItem, item: CaseItem | undefined): CaseItem {
  return item !== undefined && (item.version > known.version || item.lastSequence > known.lastSequence) ? item : known;
}

function sameView(one: View, other: View): boolean {
  return one.queue === other.queue && one.language === other.language && one.deskId === other.deskId;
}
