// Reads on, once for the whole node, what has changed at the desk, and hands each change to every open stream.
// Woken by the store's announcements; looks from time to time all the same, for one may get lost. Begins with the first stream.
// Knows no HTTP: stream.ts writes, and filters by what its reader may see.
import type { StreamEvent } from '../../../api/case-operations.ts';
import { startLoop, type Loop } from '../../../runtime/loop.ts';
import { listCaseAccess, loadCaseLines, type CaseAccessLine, type CaseLine } from '../../../store/case-lines.ts';
import {
  currentDeskCursor,
  DESK_CHANGED,
  hasUnsettledChanges,
  readDeskChanges,
  type DeskChange,
  type DeskCursor,
} from '../../../store/desk-changes.ts';
import { toCaseItem } from '../case-items.ts';
import type { ApiParts } from '../handler.ts';
import { peopleOf } from '../people.ts';
import { createHeldUp } from './held-up.ts';

/** Changes of so many ms go out together: fifty messages a second are five events. */
const GATHER_MS = 200;
const POLL_MS = 1000;
const MOST_AT_ONCE = 500;

/** What changed besides cases. */
type Other = Exclude<Extract<StreamEvent, { type: 'changed' }>['what'], 'me'>;

/** A case that changed, as it is now. `json` is its line of the inbox, written once for all streams. */
export interface ChangedCase {
  line: CaseLine;
  json: string;
  /** Who could see it before, where this node knows. */
  before: CaseAccessLine | undefined;
}

/** What has changed since the event before. */
export interface FeedEvent {
  /** Where to go on after this event. */
  cursor: DeskCursor;
  cases: ChangedCase[];
  others: Other[];
  /** It is not known what has changed. */
  resync: boolean;
}

export interface Feed {
  /**
   * Hears every event from now on.
   * @returns from where on events are heard, and the end of hearing
   */
  subscribe(onEvent: (event: FeedEvent) => void): Promise<{ from: DeskCursor; unsubscribe: () => void }>;
  /** What changes are about, for a stream that catches up. */
  load(changes: readonly DeskChange[]): Promise<Pick<FeedEvent, 'cases' | 'others'>>;
  /** Who may see an open case, as this node knows. */
  accessOf(caseId: string): CaseAccessLine | undefined;
  close(): Promise<void>;
}

interface Running {
  loop: Loop;
  /** How far was read. */
  place: { cursor: DeskCursor };
}

/** Opens the feed. @param steady ms of a clock that only goes forward */
export function createFeed(parts: Pick<ApiParts, 'store' | 'services' | 'now'>, steady = (): number => performance.now()): Feed {
  const { store, services } = parts;
  const listeners = new Set<(event: FeedEvent) => void>();
  const access = new Map<string, CaseAccessLine>();
  const heldUp = createHeldUp();
  let running: Promise<Running> | null = null;
  const unlisten = services.hub.listen(DESK_CHANGED, () => void running?.then(({ loop }) => loop.wake()).catch(() => {}));

  async function begin(): Promise<Running> {
    // The cursor first: what changes while the cases are read is read again.
    const cursor = await store.read(currentDeskCursor);
    await learnAccess();
    const place = { cursor };
    return { place, loop: startLoop('desk changes', () => round(place), POLL_MS, services.log, GATHER_MS) };
  }

  async function round(place: Running['place']): Promise<boolean | number> {
    const found = await store.read((reader) => readDeskChanges(reader, place.cursor, MOST_AT_ONCE));
    if (found.resync) await learnAccess();
    const moved = found.resync || found.changes.length > 0;
    if (moved) {
      const event = { cursor: found.cursor, resync: found.resync, ...(await load(found.changes)) };
      place.cursor = found.cursor;
      for (const { line } of event.cases) {
        if (line.status === 'closed') access.delete(line.id);
        else access.set(line.id, line);
      }
      for (const listener of listeners) listener(event);
    }
    if (found.more) return true;
    const { waitMs, resync } = heldUp.after({ unsettled: await store.read(hasUnsettledChanges), moved }, steady());
    if (resync) {
      // What consoles load is committed: it holds what cannot be told yet.
      await learnAccess();
      for (const listener of listeners) listener({ cursor: place.cursor, resync: true, cases: [], others: [] });
    }
    return waitMs ?? false;
  }

  async function load(changes: readonly DeskChange[]): Promise<Pick<FeedEvent, 'cases' | 'others'>> {
    const ids = new Set(changes.flatMap(({ what, caseId }) => (what === 'case' && caseId !== null ? [caseId] : [])));
    const lines = await store.read((reader) => loadCaseLines(reader, [...ids]));
    const people = await peopleOf(parts);
    return {
      cases: lines.map((line) => ({ line, json: JSON.stringify(toCaseItem(line, people)), before: access.get(line.id) })),
      others: [...new Set(changes.flatMap(({ what }) => (what === 'case' ? [] : [what])))],
    };
  }

  async function learnAccess(): Promise<void> {
    const lines = await store.read(listCaseAccess);
    access.clear();
    for (const line of lines) access.set(line.id, line);
  }

  return {
    async subscribe(onEvent) {
      running ??= begin().catch((error: unknown) => {
        running = null;
        throw error;
      });
      const { place } = await running;
      listeners.add(onEvent);
      return { from: place.cursor, unsubscribe: () => void listeners.delete(onEvent) };
    },
    load,
    accessOf: (caseId) => access.get(caseId),
    async close() {
      unlisten();
      listeners.clear();
      await running?.then(({ loop }) => loop.stop()).catch(() => {});
    },
  };
}
