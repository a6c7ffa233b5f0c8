// What a staff surface has not been told yet: new cases, changes of their state, messages for their threads.
// Called by runtime/staff.ts. Kept in the store, so that an outage or a restart loses nothing.
import { sql } from 'kysely';
import { toCaseRecord } from './cases.ts';
import type { CaseRecord } from './records.ts';
import { casesWithNews } from './thread-news.ts';
import type { Reader, Tx } from './tx.ts';

/** Literals, or the partial indexes would not be used. */
const CLOSED = sql.lit<'closed'>('closed');

/** A case with news for its thread. */
export interface CaseToTell {
  record: CaseRecord;
  /** Channel that the person writes on. */
  channel: string;
  /** Version of what stands at the head of the thread, for `markShown`. */
  version: number;
  /** The head of the thread shows an older version. */
  headIsOld: boolean;
  /** Notes or events of the case are untold. */
  hasNews: boolean;
  /** Newest message of the conversation if its thread is to have it; null while messages are not for staff. */
  tellUpTo: number | null;
}

/**
 * Cases that the surface must be told of, most urgent first. Messages are told only while people own the conversation;
 * those of a private case never. A person who was erased has no case to tell of.
 */
export async function listCasesToTell(reader: Reader, limit = 500): Promise<CaseToTell[]> {
  const withNews = await casesWithNews(reader, limit);
  const news = new Set(withNews);
  const rows = await reader.db
    .selectFrom('cases')
    .innerJoin('conversations', 'conversations.id', 'cases.conversation_id')
    .selectAll('cases')
    .select(['conversations.channel', 'conversations.owner', 'conversations.last_sequence'])
    .where((eb) =>
      eb.or([
        eb('cases.status', '<>', CLOSED),
        eb('cases.shown_version', '<>', eb.ref('cases.version')),
        ...(withNews.length > 0 ? [eb('cases.id', 'in', withNews)] : []),
      ]),
    )
    .where((eb) =>
      eb.or([
        ...(withNews.length > 0 ? [eb('cases.id', 'in', withNews)] : []),
        eb.and([eb('cases.thread_ref', 'is', null), eb('cases.status', '<>', CLOSED)]),
        eb.and([eb('cases.thread_ref', 'is not', null), eb('cases.shown_version', '<>', eb.ref('cases.version'))]),
        eb.and([
          eb('cases.status', '<>', CLOSED),
          eb('cases.private', '=', 0),
          eb('conversations.last_sequence', '>', eb.ref('cases.relayed_sequence')),
          eb.or([
            eb('conversations.owner', 'in', ['queue', 'staff']),
            eb.and([eb('conversations.owner', '=', 'stopped'), eb('cases.status', '=', 'claimed')]),
          ]),
        ]),
      ]),
    )
    .orderBy((eb) => eb.case().when('cases.priority', '=', 'emergency').then(0).else(1).end())
    .orderBy('cases.opened_at')
    .limit(limit)
    .execute();
  const found: CaseToTell[] = [];
  for (const row of rows) {
    const record = await toCaseRecord(reader, row);
    if (!record) continue;
    // What people wrote right before they closed it is told as well; what is said after that is the flow's.
    const justClosed = row.status === 'closed' && row.owner === 'closed' && row.private === 0;
    const staff = row.owner === 'queue' || row.owner === 'staff' || (row.owner === 'stopped' && row.status === 'claimed');
    const tellUpTo = justClosed || (staff && row.status !== 'closed' && row.private === 0) ? row.last_sequence : null;
    found.push({
      record,
      channel: row.channel,
      version: row.version,
      headIsOld: row.shown_version !== row.version,
      hasNews: news.has(row.id),
      tellUpTo,
    });
  }
  return found;
}

/** Whether a case is still as it was listed, and its person is still known. */
export async function isUnchanged(reader: Reader, id: string, version: number): Promise<boolean> {
  const row = await withPerson(reader, id);
  return row?.version === version;
}

/** Whether messages of a case may still be told: its person is known and it has not become private. */
export async function mayTell(reader: Reader, id: string): Promise<boolean> {
  const row = await withPerson(reader, id);
  return row?.private === 0;
}

function withPerson(reader: Reader, id: string): Promise<{ version: number; private: number } | undefined> {
  return reader.db
    .selectFrom('cases')
    .innerJoin('conversations', 'conversations.id', 'cases.conversation_id')
    .select(['cases.version', 'cases.private'])
    .where('cases.id', '=', id)
    .executeTakeFirst();
}

/** The head of the thread shows this version now. */
export async function markShown(tx: Tx, id: string, version: number): Promise<void> {
  await tx.db.updateTable('cases').set({ shown_version: version }).where('id', '=', id).execute();
}

/**
 * Sequence number of the newest message that has had its turn: what a person wrote after it still waits in the inbox.
 * @param running messages whose turn runs just now: they count as having had it.
 */
export async function lastAnswered(reader: Reader, conversationId: string, running: number): Promise<number> {
  const { db } = reader;
  const pending = await db
    .selectFrom('inbox')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('conversation_id', '=', conversationId)
    .where('state', '=', sql.lit<'pending'>('pending'))
    .executeTakeFirst();
  const waiting = (pending?.count ?? 0) - running;
  const messages = db
    .selectFrom('messages')
    .select('sequence')
    .where('conversation_id', '=', conversationId)
    .orderBy('sequence', 'desc')
    .limit(1);
  if (waiting <= 0) return (await messages.executeTakeFirst())?.sequence ?? 0;
  const first = await messages
    .where('sender', '=', 'person')
    .offset(waiting - 1)
    .executeTakeFirst();
  return first ? first.sequence - 1 : 0;
}
