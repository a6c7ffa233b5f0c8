// A conversation as staff see it: what the server has, what is on its way to it, and how both are laid out by day.
// Pure. Called by use-case.ts (merge) and conversation.tsx (layout). Entries are told apart by `key`; a later copy replaces an earlier.
import type { TimelineItem } from '../../api/case-operations.ts';
import type { Outgoing } from './outbox.ts';

/** Delivery states only ever move forward: an answer that was overtaken must not take one back. */
const RANK = { held: 0, queued: 1, sent: 2, delivered: 3, read: 4, failed: 5, cancelled: 5 } as const;

/**
 * What is known with what came since, in the server's order: by time, messages of one moment by their number.
 * A reply that was kept and is told no more has gone out, or was taken back.
 */
export function mergeTimeline(known: readonly TimelineItem[], came: readonly TimelineItem[]): TimelineItem[] {
  const told = new Set(came.map(({ key }) => key));
  const byKey = new Map(known.filter((item) => !isKept(item) || told.has(item.key)).map((item) => [item.key, item]));
  for (const item of came) byKey.set(item.key, latest(byKey.get(item.key), item));
  return inOrder([...byKey.values()]);
}

function inOrder(timeline: readonly TimelineItem[]): TimelineItem[] {
  return timeline.toSorted(
    (one, other) => one.at - other.at || numberOf(one) - numberOf(other) || (one.key < other.key ? -1 : one.key > other.key ? 1 : 0),
  );
}

const isKept = (item: TimelineItem): boolean => item.type === 'message' && item.status === 'held';
const numberOf = (item: TimelineItem): number => (item.type === 'message' ? item.sequence : 0);

function latest(known: TimelineItem | undefined, came: TimelineItem): TimelineItem {
  if (known?.type !== 'message' || came.type !== 'message' || known.status === null || came.status === null) return came;
  return RANK[came.status] < RANK[known.status] ? known : came;
}

/** Number of the newest message that is known: what comes after it is asked for. */
export function lastSequence(timeline: readonly TimelineItem[]): number {
  return timeline.reduce((last, item) => (item.type === 'message' ? Math.max(last, item.sequence) : last), 0);
}

/** What is on its way and has not come back from the server yet. It bears the id that it was sent with. */
export function stillOutgoing(outgoing: readonly Outgoing[], timeline: readonly TimelineItem[]): Outgoing[] {
  const arrived = new Set(timeline.map((item) => (item.type === 'event' ? item.key : item.id)));
  return outgoing.filter((one) => !arrived.has(one.id));
}

/** One line of the conversation on the screen. */
export type Line =
  | { type: 'day'; key: string; at: number }
  | { type: 'item'; key: string; item: TimelineItem; /** The one above is of the same voice, a moment ago. */ continues: boolean }
  | { type: 'outgoing'; key: string; outgoing: Outgoing };

const TOGETHER_MS = 5 * 60_000;

/**
 * Lays a conversation out: a separator before each day's first entry, what is on its way at the end.
 * @param dayOf names the day of a time where the reader is, such as `2026-11-21`
 */
export function layOut(timeline: readonly TimelineItem[], outgoing: readonly Outgoing[], dayOf: (at: number) => string): Line[] {
  const lines: Line[] = [];
  let day = '';
  let above: TimelineItem | null = null;
  const startDay = (at: number): void => {
    if (dayOf(at) === day) return;
    day = dayOf(at);
    above = null;
    lines.push({ type: 'day', key: `day ${day}`, at });
  };
  for (const item of timeline) {
    startDay(item.at);
    lines.push({ type: 'item', key: item.key, item, continues: continues(above, item) });
    above = item;
  }
  for (const one of stillOutgoing(outgoing, timeline)) {
    startDay(one.at);
    lines.push({ type: 'outgoing', key: one.id, outgoing: one });
  }
  return lines;
}

function continues(above: TimelineItem | null, item: TimelineItem): boolean {
  if (above?.type !== 'message' || item.type !== 'message') return false;
  return above.from === item.from && above.by === item.by && item.at - above.at < TOGETHER_MS;
}
