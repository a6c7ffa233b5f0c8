// Sessions: the state of a person's walk through the flows, sealed, one a conversation. Called by runtime/ in every turn.
import type { Session } from '../domain/session.ts';
import type { Conversation } from './records.ts';
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';

const load = statement(
  (db, p: { id: string }) => db.selectFrom('sessions').select(['sealed', 'expires_at']).where('conversation_id', '=', p.id),
  {
    types: { id: 'text' },
  },
);
const save = statement(
  (db, p: { id: string; sealed: Uint8Array; expiresAt: number }) =>
    db
      .insertInto('sessions')
      .values({ conversation_id: p.id, sealed: p.sealed, expires_at: p.expiresAt })
      .onConflict((conflict) =>
        conflict
          .column('conversation_id')
          .doUpdateSet((eb) => ({ sealed: eb.ref('excluded.sealed'), expires_at: eb.ref('excluded.expires_at') })),
      ),
  { types: { id: 'text', sealed: 'bytea', expiresAt: 'bigint' }, key: ['id'] },
);
const remove = statement((db, p: { id: string }) => db.deleteFrom('sessions').where('conversation_id', '=', p.id));

const place = (id: string) => ({ table: 'sessions', row: id, column: 'sealed' });

/** The session of a conversation; null when there is none or its retention is over, whether it was purged yet or not. */
export async function loadSession(reader: Reader, conversationId: string, now: number): Promise<Session | null> {
  const row = await load.first(reader, { id: conversationId });
  const text = row && row.expires_at > now ? await reader.vault.openIfKept(place(conversationId), row.sealed) : null;
  return text === null ? null : (JSON.parse(text) as Session);
}

/** Saves the session, to be purged at `expiresAt` (ms). */
export async function saveSession(
  tx: Tx,
  conversation: Pick<Conversation, 'id' | 'contactId'>,
  session: Session,
  expiresAt: number,
): Promise<void> {
  const { id, contactId } = conversation;
  const sealed = await tx.vault.seal(contactId, 'messages', place(id), JSON.stringify(session));
  await save.run(tx, { id, sealed, expiresAt });
}

export async function deleteSession(tx: Tx, conversationId: string): Promise<void> {
  await remove.run(tx, { id: conversationId });
}
