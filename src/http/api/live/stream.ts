// One console's stream of server-sent events: only what its reader may see, without a gap after a lost connection.
// Opened by live.ts. Ends when the reader's session ends, when their rights change, when it is read too slowly, at shutdown.
import type { StreamEvent } from '../../../api/case-operations.ts';
import type { StaffPermission } from '../../../domain/role.ts';
import type { Actor } from '../../../domain/staff.ts';
import { formatDeskCursor, readDeskChanges, type DeskCursor } from '../../../store/desk-changes.ts';
import type { Store } from '../../../store/store.ts';
import { maySeeLine } from '../case-items.ts';
import type { ChangedCase, Feed, FeedEvent } from './feed.ts';

const BEAT_MS = 15_000;
/** Rights are looked at again so often, and at once when somebody's account was changed. */
const CHECK_MS = 3000;
/** Bytes that wait for a reader: more, and it has to come back. */
const MAX_WAITING = 1_000_000;
const RETRY_MS = 1000;

type Other = FeedEvent['others'][number];

/** Who hears of cases at all; of which ones is a matter of each case. */
const HEARS_OF_CASES: readonly StaffPermission[] = ['case.read', 'case.interpret'];
/** Who hears of what besides cases. */
const HEARS: Readonly<Record<Other, readonly StaffPermission[]>> = {
  referrals: ['referral.read'],
  complaints: ['complaint.handle', 'complaint.handle_sensitive'],
  people: ['staff.read', 'case.read'],
  shifts: ['staff.read', 'case.read'],
};

export interface StreamOptions {
  actor: Actor;
  /** Everything up to here was seen; null for whoever has seen nothing yet. */
  after: DeskCursor | null;
  feed: Feed;
  store: Store;
  /** Whether the reader may still read, with the same rights. */
  stillMay: () => Promise<boolean>;
  /** Who is at a case that the reader may see. */
  presence: (caseIds: readonly string[]) => Promise<StreamEvent>;
  presentCases: () => string[];
  onEnd: () => void;
}

export interface OpenStream {
  body: ReadableStream<Uint8Array>;
  /** Tells who is at a case, where the reader may see it. */
  tellPresence(caseId: string): void;
  end(): void;
}

/** Opens a stream; it begins to write at once. */
export function openStream(options: StreamOptions): OpenStream {
  const { actor, feed } = options;
  const hearsOfCases = HEARS_OF_CASES.some((permission) => actor.permissions.has(permission));
  const encoder = new TextEncoder();
  let controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  let cursor = options.after;
  let unsubscribe = (): void => {};
  /** What comes while the stream is still catching up. */
  let waiting: FeedEvent[] | null = [];
  /** Cases that this reader was told of: the feed may not know of one that a catching up has shown. */
  const shown = new Set<string>();

  const body = new ReadableStream<Uint8Array>(
    {
      start(opened) {
        controller = opened;
        write(`retry: ${RETRY_MS}\n\n`);
        void begin().catch(end);
      },
      cancel: () => finish(),
    },
    { highWaterMark: 65_536, size: (chunk) => chunk.byteLength },
  );
  const beating = setInterval(() => write(`${idLine()}:\n\n`), BEAT_MS).unref();
  const checking = setInterval(() => void check(), CHECK_MS).unref();

  function write(text: string): void {
    if (!controller) return;
    if ((controller.desiredSize ?? 0) < -MAX_WAITING) return end();
    controller.enqueue(encoder.encode(text));
  }

  function send(event: string | StreamEvent): void {
    write(`${idLine()}data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`);
  }

  const idLine = (): string => (cursor === null ? '' : `id: ${formatDeskCursor(cursor)}\n`);

  async function begin(): Promise<void> {
    const { from, unsubscribe: stop } = await feed.subscribe((event) => {
      if (waiting) waiting.push(event);
      else tell(event);
    });
    unsubscribe = stop;
    if (!controller) return stop();
    if (cursor === null) cursor = from;
    else await catchUp(from);
    write(`${idLine()}\n`);
    const missed = waiting ?? [];
    waiting = null;
    for (const event of missed) tell(event);
    await tellPresent(maySee);
  }

  /** Whatever came between the reader's cursor and the feed's. */
  async function catchUp(until: DeskCursor): Promise<void> {
    for (;;) {
      const after = cursor;
      if (!controller || after === null || !isBefore(after, until)) return;
      const found = await options.store.read((reader) => readDeskChanges(reader, after));
      if (found.resync) {
        cursor = found.cursor;
        return send({ type: 'resync' });
      }
      if (found.changes.length === 0) return;
      const { cases, others } = await feed.load(found.changes);
      // Whether the reader could see these at the time is not known any more, and their ids are not the reader's to learn.
      if (hearsOfCases && cases.some(({ line }) => !maySeeLine(actor, line))) {
        cursor = until;
        return send({ type: 'resync' });
      }
      cursor = found.cursor;
      tellCases(cases);
      tellOthers(others);
    }
  }

  function tell(event: FeedEvent): void {
    cursor = event.cursor;
    if (event.resync) return send({ type: 'resync' });
    tellCases(event.cases);
    tellOthers(event.others);
    if (event.others.includes('people')) void check();
  }

  function tellCases(cases: readonly ChangedCase[]): void {
    if (!hearsOfCases) return;
    const seen = cases.filter(({ line }) => maySeeLine(actor, line));
    const gone = cases.filter(
      ({ line, before }) => !maySeeLine(actor, line) && (shown.has(line.id) || (before !== undefined && maySeeLine(actor, before))),
    );
    const removed = gone.map(({ line }) => line.id);
    const fresh = new Set(seen.map(({ line }) => line.id).filter((id) => !shown.has(id)));
    for (const id of fresh) shown.add(id);
    for (const id of removed) shown.delete(id);
    if (seen.length === 0 && removed.length === 0) return;
    send(`{"type":"cases","cases":[${seen.map(({ json }) => json).join(',')}],"removed":${JSON.stringify(removed)}}`);
    // Who came to a case before it was known here is told with it.
    void tellPresent((id) => fresh.has(id)).catch(() => {});
  }

  function tellOthers(others: readonly Other[]): void {
    for (const what of others) if (HEARS[what].some((permission) => actor.permissions.has(permission))) send({ type: 'changed', what });
  }

  async function tellPresent(which: (caseId: string) => boolean): Promise<void> {
    const cases = options.presentCases().filter(which);
    if (cases.length > 0) send(await options.presence(cases));
  }

  function maySee(caseId: string): boolean {
    const access = feed.accessOf(caseId);
    return hearsOfCases && access !== undefined && maySeeLine(actor, access);
  }

  async function check(): Promise<void> {
    // A database that is away is no reason to end a stream: nothing comes through it either.
    if (await options.stillMay().catch(() => true)) return;
    send({ type: 'changed', what: 'me' });
    end();
  }

  function end(): void {
    const open = controller;
    finish();
    try {
      open?.close();
    } catch {
      // The reader was gone first.
    }
  }

  function finish(): void {
    if (controller) options.onEnd();
    controller = null;
    clearInterval(beating);
    clearInterval(checking);
    unsubscribe();
  }

  return {
    body,
    tellPresence(caseId) {
      if (controller && maySee(caseId))
        void options
          .presence([caseId])
          .then(send)
          .catch(() => {});
    },
    end,
  };
}

function isBefore(one: DeskCursor, other: DeskCursor): boolean {
  return one.tx < other.tx || (one.tx === other.tx && one.seq < other.seq);
}
