// Takes a line out of the outbox when its fate is known, however that became known.
// Called by outbox.ts after a send and by messages.ts when a provider's status tells of it.
import { rememberCopy } from './provider-copies.ts';
import { statement } from './statement.ts';
import type { Tx } from './tx.ts';

const find = statement(
  (db, p: { id: string }) => db.selectFrom('outbox').select(['contact_id', 'channel', 'created_at']).where('id', '=', p.id),
  { types: { id: 'text' } },
);
const remove = statement(
  (db, p: { id: string }) => db.deleteFrom('outbox').where('id', '=', p.id).returning(['contact_id', 'channel', 'to_sealed', 'created_at']),
  { types: { id: 'text' }, key: ['id'] },
);

/** Removes a line; the key of a farewell line goes with it. False when it had left already. */
export async function removeLine(tx: Tx, id: string): Promise<boolean> {
  return (await take(tx, id)) !== undefined;
}

/**
 * The provider told of a line before the sender did, or after the sender lost it: its copy is remembered.
 * To be called first of all: an erasure that runs at this moment holds the contact and wants message and line.
 */
export async function rememberUnsettled(tx: Tx, id: string, providerRef: string): Promise<void> {
  const line = await find.first(tx, { id });
  if (line) await rememberCopy(tx, { contactId: line.contact_id ?? '', channel: line.channel, providerRef, at: line.created_at });
}

async function take(tx: Tx, id: string) {
  const line = await remove.first(tx, { id });
  if (line?.to_sealed && line.contact_id === null) tx.afterCommit(() => void tx.vault.destroyKeys(id));
  return line;
}
