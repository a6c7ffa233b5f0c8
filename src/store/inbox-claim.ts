// Which waiting messages are answered next: emergencies first, channels in turn, one message a conversation.
// Called by runtime/worker.ts inside the transaction that answers them. Knows nothing of turns.
// 2026-11-21: shares are made at the claim, not at the door, so that they hold whatever node a message came in by.
import { sql } from 'kysely';
import type { InboundMessage } from '../domain/message.ts';
import { failInbox, inboxPlace, PENDING, URGENCY } from './inbox.ts';
import type { InboxItem } from './records.ts';
import { statement } from './statement.ts';
import type { Tx } from './tx.ts';

/** Most messages of one conversation that are passed over at once. */
const MAX_PASSED_OVER = 500;
/** Emergencies leave this part of a claim to the others, so that a flood of such words stops nobody. */
const ORDINARY_SHARE = 0.2;

export interface ClaimLimits {
  /** Channels whose ordinary messages wait for now. Emergencies of theirs are claimed all the same. */
  held?: readonly string[];
  /** When more than this wait in one conversation, only the last of them is read. 50 unless told otherwise. */
  crowd?: number;
  /** Called with the id of a message that cannot be read any more and is given up. */
  onUnreadable?(id: number): void;
}

/**
 * The oldest unfinished message of each conversation that is due: of the urgent ones, of the others, or of one channel's others.
 * PostgreSQL: the conversation is locked with it, and one that somebody else works on is passed over. Only waiting
 * messages still name their conversation; zero is added to ids so that PostgreSQL takes the index by conversation.
 */
const claimOf = (which: 'urgent' | 'ordinary' | 'channel') =>
  statement((db, p: { now: number; limit: number; channel: string; crowd: number }, dialect) =>
    db
      .selectFrom('inbox as item')
      .innerJoin('conversations as conversation', 'conversation.id', 'item.conversation_id')
      .select([
        'item.id',
        'item.channel',
        'item.external_id',
        'item.conversation_id',
        'item.contact_id',
        'item.sealed',
        'item.attempts',
        'item.created_at',
      ])
      .select(({ exists, selectFrom, lit }) =>
        exists(
          selectFrom('inbox as later')
            .select(lit(1).as('one'))
            .whereRef('later.conversation_id', '=', 'item.conversation_id')
            .where((eb) => eb(eb('later.id', '+', eb.lit(0)), '>', eb.ref('item.id')))
            .limit(sql.lit(1))
            .offset(p.crowd),
        ).as('crowded'),
      )
      .where('item.state', '=', PENDING)
      .where('item.urgent', which === 'urgent' ? '>' : '=', sql.lit(URGENCY.ordinary))
      // No pause is as long as an hour: a time further ahead was written by a clock that has been set back since.
      .where((eb) => eb.or([eb('item.run_at', '<=', p.now), eb('item.run_at', '>', sql<number>`cast(${p.now} as bigint) + 3600000`)]))
      .$if(which === 'channel', (query) => query.where('item.channel', '=', p.channel))
      .where(({ not, exists, selectFrom, lit }) =>
        not(
          exists(
            selectFrom('inbox as earlier')
              .select(lit(1).as('one'))
              .whereRef('earlier.conversation_id', '=', 'item.conversation_id')
              .where((eb) => eb(eb('earlier.id', '+', eb.lit(0)), '<', eb.ref('item.id'))),
          ),
        ),
      )
      .orderBy('item.id')
      .limit(p.limit)
      .$if(dialect === 'postgres', (query) => query.forNoKeyUpdate(['item', 'conversation']).skipLocked()),
  );
const claimUrgent = claimOf('urgent');
const claimOrdinary = claimOf('ordinary');
const claimChannel = claimOf('channel');

type Row = Awaited<ReturnType<typeof claimOrdinary.all>>[number];

/** Channels of which messages wait: one look into the index each, however many messages there are. */
const waitingChannels = sql<{ channel: string }>`
  with recursive waiting(channel) as (
    select min(channel) from inbox where state = 'pending'
    union all
    select (select min(channel) from inbox where state = 'pending' and channel > waiting.channel)
    from waiting where waiting.channel is not null
  )
  select channel from waiting where channel is not null`;
const waitingOf = statement((db, p: { conversationId: string; limit: number }) =>
  db
    .selectFrom('inbox')
    .select(['id', 'channel', 'external_id', 'conversation_id', 'contact_id', 'sealed', 'attempts', 'created_at', 'run_at', 'urgent'])
    .where('conversation_id', '=', p.conversationId)
    .where('state', '=', PENDING)
    .orderBy('id')
    .limit(p.limit),
);

/**
 * Claims due messages for this transaction: at most one a conversation, emergencies first, then the oldest; where more wait
 * than are claimed, every channel has its share. Of a conversation in which too many wait, only the last is claimed.
 */
export async function claimInbox(tx: Tx, limit: number, now: number, limits: ClaimLimits = {}): Promise<InboxItem[]> {
  const { held = [], crowd = 50, onUnreadable } = limits;
  const due = { now, limit, channel: '', crowd: crowd - 1 };
  const rows = (await claimRows(tx, due, held)).filter((row) => row.sealed !== null);
  await tx.vault.prepareToOpen(rows.map((row) => row.sealed as Uint8Array));
  const items: InboxItem[] = [];
  for (const row of rows) {
    const item = (row.crowded ? await lastOfCrowd(tx, row, now) : null) ?? (await open(tx, row));
    if (item) items.push(item);
    else {
      // Nobody can read it any more: it must not hold up what comes after it.
      await failInbox(tx, row.id, { attempts: row.attempts, retryAt: now, dead: true });
      onUnreadable?.(row.id);
    }
  }
  return items;
}

type Due = Parameters<typeof claimOrdinary.all>[1];

async function claimRows(tx: Tx, due: Due, held: readonly string[]): Promise<Row[]> {
  const { limit } = due;
  const [urgent, oldest] = await Promise.all([
    claimUrgent.all(tx, { ...due, limit: Math.ceil(limit * (1 - ORDINARY_SHARE)) }),
    claimOrdinary.all(tx, due),
  ]);
  const room = Math.min(limit - urgent.length, urgent.length === 0 ? limit : Math.ceil(limit * ORDINARY_SHARE));
  const contended = held.length > 0 || oldest.length === limit;
  return [...urgent, ...(contended ? await shareOut(tx, oldest, { ...due, limit: room }, held) : oldest.slice(0, room))];
}

/** The oldest of each channel in equal numbers; what one channel leaves goes to the oldest of all. */
async function shareOut(tx: Tx, oldest: Row[], due: Due, held: readonly string[]): Promise<Row[]> {
  const room = due.limit;
  const free = oldest.filter((row) => !held.includes(row.channel));
  const { rows } = await waitingChannels.execute(tx.db);
  const channels = rows.map(({ channel }) => channel).filter((channel) => !held.includes(channel));
  if (room === 0 || channels.length === 0 || (channels.length === 1 && held.length === 0)) return free.slice(0, room);
  const limit = Math.ceil(room / channels.length);
  const shares = await Promise.all(channels.map((channel) => claimChannel.all(tx, { ...due, limit, channel })));
  const fair = shares
    .flat()
    .toSorted((a, b) => a.id - b.id)
    .slice(0, room);
  const taken = new Set(fair.map(({ id }) => id));
  return [...fair, ...free.filter(({ id }) => !taken.has(id)).slice(0, room - fair.length)];
}

/**
 * The last message of a conversation, or the first emergency or opt-out, which are never passed over. What was said before it
 * is passed over when its turn runs (runtime/turn.ts).
 * Null when that one is not due or cannot be read: then the first has its turn, as ever.
 */
async function lastOfCrowd(tx: Tx, first: Row, now: number): Promise<InboxItem | null> {
  const conversationId = first.conversation_id ?? '';
  const waiting = await waitingOf.all(tx, { conversationId, limit: MAX_PASSED_OVER });
  await tx.vault.prepareToOpen(waiting.flatMap(({ sealed }) => (sealed ? [sealed] : [])));
  for (const [skipped, row] of waiting.entries()) {
    const item = await open(tx, row);
    const last = skipped === waiting.length - 1 || row.urgent === URGENCY.emergency || item?.message.optOut !== undefined;
    if (!last) continue;
    if (!item || row.run_at > now) return null;
    return { ...item, skipped };
  }
  return null;
}

async function open(tx: Tx, row: Omit<Row, 'crowded'>): Promise<InboxItem | null> {
  const text = row.sealed && (await tx.vault.openIfSound(inboxPlace(row), row.sealed));
  if (text === null) return null;
  return {
    id: row.id,
    conversationId: row.conversation_id ?? '',
    contactId: row.contact_id ?? '',
    message: JSON.parse(text) as InboundMessage,
    attempts: row.attempts,
    createdAt: row.created_at,
    skipped: 0,
  };
}
