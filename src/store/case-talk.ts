// What was said in a case: the messages of its conversation from the beginning of its episode until it closed, opened.
// Called by http/api/. 2026-11-21: what stands before (earlier cases, earlier talk with the flow) and what comes after closing
// was not said to these people, and is not shown to them; nor is what was said in the private lane to those who may not read it.
import { messagePlace } from './messages.ts';
import type { CaseRecord, Conversation, StoredMessage } from './records.ts';
import type { Reader } from './tx.ts';

export interface TalkMessage extends Pick<
  StoredMessage,
  'id' | 'sequence' | 'from' | 'kind' | 'text' | 'language' | 'status' | 'createdAt'
> {
  direction: 'ltr' | 'rtl';
  /** Digits of the provider's error, where it failed. */
  errorCode: string | null;
}

/** Newest messages that are shown at most. */
const MOST = 500;
/** A silence that begins a new episode. */
const EPISODE_MS = 24 * 3_600_000;
/** What is said with the closing comes with it. */
const CLOSING_MS = 60_000;

/**
 * Messages of a case, oldest first. Those whose key is gone are left out.
 * @param readsPrivate whether what was said in the private lane may be shown
 */
export async function listCaseTalk(
  reader: Reader,
  record: Pick<CaseRecord, 'id' | 'openedAt' | 'closedAt'>,
  conversation: Pick<Conversation, 'id' | 'privateAt'>,
  readsPrivate: boolean,
): Promise<TalkMessage[]> {
  const rows = await reader.db
    .selectFrom('messages')
    .select(['id', 'sequence', 'sender', 'created_at'])
    .where('conversation_id', '=', conversation.id)
    .where('aside', 'is', null)
    .$if(record.closedAt !== null, (query) => query.where('created_at', '<=', (record.closedAt ?? 0) + CLOSING_MS))
    .orderBy('sequence', 'desc')
    .limit(MOST)
    .execute();
  rows.reverse();
  const from = Math.max(
    await beginningOf(reader, record, conversation.id, rows),
    readsPrivate ? 0 : afterPrivateLane(rows, conversation.privateAt),
  );
  const shown = rows.filter((row) => row.sequence >= from);
  return openMessages(
    reader,
    shown.map((row) => row.id),
  );
}

interface Said {
  sequence: number;
  sender: StoredMessage['from'];
  created_at: number;
}

/** The first message of the episode in which the case was opened: after a day's silence, or after the case before. */
async function beginningOf(
  reader: Reader,
  record: Pick<CaseRecord, 'id' | 'openedAt'>,
  conversationId: string,
  rows: Said[],
): Promise<number> {
  const before = await reader.db
    .selectFrom('cases')
    .select(({ fn }) => fn.max<number | null>('closed_at').as('at'))
    .where('conversation_id', '=', conversationId)
    .where('id', '<>', record.id)
    .where('closed_at', '<=', record.openedAt)
    .executeTakeFirst();
  let from = 0;
  let last: number | null = null;
  for (const row of rows) {
    if (row.created_at > record.openedAt) break;
    const silence = last !== null && row.created_at - last >= EPISODE_MS;
    if (silence) from = row.sequence;
    if (before?.at != null && row.created_at <= before.at + CLOSING_MS) from = row.sequence + 1;
    last = row.created_at;
  }
  return from;
}

/** The first thing that the person wrote after they were last in the private lane; what the flow said there comes before it. */
function afterPrivateLane(rows: Said[], privateAt: number | null): number {
  if (privateAt === null) return 0;
  const next = rows.find((row) => row.sender !== 'service' && row.created_at > privateAt);
  return next?.sequence ?? Number.POSITIVE_INFINITY;
}

async function openMessages(reader: Reader, ids: string[]): Promise<TalkMessage[]> {
  if (ids.length === 0) return [];
  const rows = await reader.db.selectFrom('messages').selectAll().where('id', 'in', ids).orderBy('sequence').execute();
  await reader.vault.prepareToOpen(rows.map((row) => row.sealed));
  const messages: TalkMessage[] = [];
  for (const row of rows) {
    const content = await reader.vault.openIfKept(messagePlace(row.id), row.sealed);
    if (content === null) continue;
    const { text, language, direction } = JSON.parse(content) as Pick<StoredMessage, 'text' | 'language' | 'direction'>;
    messages.push({
      id: row.id,
      sequence: row.sequence,
      from: row.sender,
      kind: row.kind,
      text,
      language,
      direction,
      status: row.status,
      errorCode: row.error_code,
      createdAt: row.created_at,
    });
  }
  return messages;
}
