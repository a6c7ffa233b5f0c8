// How far a provider's list of inbound messages has been read, and which of its messages this store knows.
// Called by runtime/reconcile.ts. One row for each channel among the small facts; never earlier than this installation's beginning.
import type { Address } from '../domain/message.ts';
import { findConversation } from './conversations.ts';
import { isKnown } from './inbox.ts';
import { UNKNOWN_FATE } from './line-doubts.ts';
import type { Reader, Tx } from './tx.ts';

/** References that one statement asks for. */
const PIECE = 500;

const rowOf = (channel: string): string => `listed ${channel}`;

/** How far a list has been read, ms. */
export interface Watermark {
  until: number;
  /** What was sent before this is of no concern: it was before this installation, or before it listened to this source. */
  from: number;
}

/** The watermark of a channel's source. At the very first, or when another source was read before, it begins `now`. */
export async function readWatermark(tx: Tx, channel: string, source: string, now: number): Promise<Watermark> {
  const row = await tx.db.selectFrom('meta').select('value').where('name', '=', rowOf(channel)).executeTakeFirst();
  const [known, until, from] = (row?.value ?? '').split(' ');
  if (known === source) return { until: Number(until), from: Number(from) };
  await setWatermark(tx, channel, source, { until: now, from: now });
  return { until: now, from: now };
}

/** Notes how far the list has been read. */
export async function setWatermark(tx: Tx, channel: string, source: string, { until, from }: Watermark): Promise<void> {
  const value = `${source} ${until} ${from}`;
  await tx.db
    .insertInto('meta')
    .values({ name: rowOf(channel), value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
}

/** Which inbound messages were never taken in. Ids stay when their messages are answered or erased. */
export async function neverReceived<M extends { channel: string; externalId: string }>(reader: Reader, messages: M[]): Promise<M[]> {
  const missing: M[] = [];
  for (const message of messages) if (!(await isKnown(reader, message.channel, message.externalId))) missing.push(message);
  return missing;
}

/** Whether a line to somebody may have gone out under a reference that is not known: `open` while that is being found out. */
export type Doubt = 'open' | 'given_up' | 'none';

/** Lines of unknown fate to a person on a channel: those that are being sent or looked up, and those given up since `since` (ms). */
export async function linesInDoubt(reader: Reader, channel: string, addresses: Address[], since: number): Promise<Doubt> {
  let doubt: Doubt = 'none';
  for (const address of addresses) {
    const conversation = await findConversation(reader, channel, address);
    if (!conversation) continue;
    const line = await reader.db
      .selectFrom('outbox')
      .select('id')
      .where('conversation_id', '=', conversation.id)
      .where('state', '<>', 'queued')
      .limit(1)
      .executeTakeFirst();
    if (line) return 'open';
    const given = await reader.db
      .selectFrom('messages')
      .select('id')
      .where('conversation_id', '=', conversation.id)
      .where('created_at', '>=', since)
      .where('error_code', '=', UNKNOWN_FATE)
      .where('provider_ref', 'is', null)
      .limit(1)
      .executeTakeFirst();
    if (given) doubt = 'given_up';
  }
  return doubt;
}

/** Which of a provider's references are of no message that this store sent, copies that wait to be erased included. */
export async function neverSent(reader: Reader, channel: string, providerRefs: string[]): Promise<Set<string>> {
  const strange = new Set(providerRefs);
  for (let start = 0; start < providerRefs.length; start += PIECE) {
    const piece = providerRefs.slice(start, start + PIECE);
    const sent = await reader.db.selectFrom('messages').select('provider_ref').where('provider_ref', 'in', piece).execute();
    for (const row of sent) strange.delete(row.provider_ref ?? '');
    const rest = piece.filter((ref) => strange.has(ref));
    if (rest.length === 0) continue;
    const copies = await reader.db
      .selectFrom('provider_copies')
      .select('provider_ref')
      .where('channel', '=', channel)
      .where('provider_ref', 'in', rest)
      .execute();
    for (const row of copies) strange.delete(row.provider_ref);
  }
  return strange;
}
