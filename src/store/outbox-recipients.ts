// To whom the claimed lines go, and whether they may still go: the conversation's epoch and the address to answer.
// Called by outbox.ts only.
import { Address, type OutboundMessage } from '../domain/message.ts';
import { openAddress } from './contacts.ts';
import type { ClaimedLine } from './records.ts';
import type { OutboxTable } from './schema.ts';
import { statement } from './statement.ts';
import type { Tx } from './tx.ts';

/** A conversation as a sender needs it. `locked`: a turn is deciding about it just now, so its lines wait a moment. */
export type Recipient = { id: string; epoch: number; hash: string | null; sealed: Uint8Array | null } | 'locked' | null;

/** Where a line's message and a farewell's address stand. */
export const linePlace = (id: string, column: 'sealed' | 'to_sealed' = 'sealed') => ({ table: 'outbox', row: id, column });

const one = statement((db, p: { id: string }) =>
  db
    .selectFrom('conversations')
    .leftJoin('addresses', 'addresses.hash', 'conversations.reply_hash')
    .select(['conversations.id', 'conversations.epoch', 'addresses.hash', 'addresses.sealed'])
    .where('conversations.id', '=', p.id),
);

/**
 * The recipients of lines, by conversation. PostgreSQL: their rows stay as they are until the claim is committed, so that
 * no line of the flow is handed out after a take-over was committed.
 */
export async function loadRecipients(
  tx: Tx,
  lines: { conversation_id: string; contact_id: string | null }[],
): Promise<Map<string, Recipient>> {
  const ids = [...new Set(lines.filter((line) => line.contact_id !== null).map((line) => line.conversation_id))];
  const found = new Map<string, Recipient>();
  if (ids.length === 0) return found;
  if (tx.dialect === 'sqlite') {
    for (const id of ids) found.set(id, (await one.first(tx, { id })) ?? null);
    return found;
  }
  for (const id of ids) found.set(id, 'locked');
  const rows = await tx.db
    .selectFrom('conversations')
    .leftJoin('addresses', 'addresses.hash', 'conversations.reply_hash')
    .select(['conversations.id', 'conversations.epoch', 'addresses.hash', 'addresses.sealed'])
    .where('conversations.id', 'in', ids)
    .forShare('conversations')
    .skipLocked()
    .execute();
  for (const row of rows) found.set(row.id, row);
  return found;
}

/** True for a line of the flow that was written before the conversation changed hands and was never given to a sender. */
export function isStale(line: Omit<OutboxTable, 'seq'>, to: Exclude<Recipient, 'locked'>): boolean {
  return line.kind === 'flow' && line.state === 'queued' && line.epoch !== to?.epoch;
}

/** Opens a line and its address; null when there is nobody to send it to any more, or its key is gone. */
export async function openLine(tx: Tx, line: Omit<OutboxTable, 'seq'>, to: Exclude<Recipient, 'locked'>): Promise<ClaimedLine | null> {
  const text = await tx.vault.openIfSound(linePlace(line.id), line.sealed);
  const address = line.to_sealed
    ? await openFarewellAddress(tx, line.id, line.to_sealed)
    : to?.hash && to.sealed
      ? await openAddress(tx, to.hash, to.sealed)
      : null;
  if (text === null || !address) return null;
  return {
    id: line.id,
    conversationId: line.conversation_id,
    contactId: line.contact_id ?? '',
    channel: line.channel,
    kind: line.kind,
    epoch: line.epoch,
    message: JSON.parse(text) as OutboundMessage,
    to: address,
    attempts: line.attempts,
    createdAt: line.created_at,
    // Of a line whose lease ran out nobody knows whether its sender got to send it.
    unknown: line.state !== 'queued',
    emergency: line.emergency === 1,
  };
}

async function openFarewellAddress(tx: Tx, id: string, sealed: Uint8Array): Promise<Address | null> {
  const text = await tx.vault.openIfSound(linePlace(id, 'to_sealed'), sealed);
  return text === null ? null : Address.parse(JSON.parse(text));
}
