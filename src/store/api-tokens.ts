// Tokens of partners' programs: only a hash is kept, with what the program may do and until when.
// Called by http/auth (who is calling) and by the handlers that make and end tokens.
import { createHash, randomBytes } from 'node:crypto';
import type { StaffPermission } from '../domain/role.ts';
import type { ApiTokenTable } from './desk-schema.ts';
import { newRowId } from './row-id.ts';
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';

export interface ApiToken {
  id: string;
  name: string;
  organisationId: string;
  scopes: StaffPermission[];
  createdBy: string;
  createdAt: number;
  expiresAt: number | null;
  lastUsedAt: number | null;
  revokedAt: number | null;
}

export type NewApiToken = Pick<ApiToken, 'name' | 'organisationId' | 'scopes' | 'createdBy' | 'expiresAt'>;

/** Begins every token, so that one that leaked can be recognised for what it is. */
const PREFIX = 'vnt_';
const SECRET_BYTES = 32;

const byHash = statement((db, p: { hash: string }) => db.selectFrom('api_tokens').selectAll().where('hash', '=', p.hash));

/** Makes a token. Its text is in no table: it is shown once. */
export async function makeApiToken(tx: Tx, token: NewApiToken, now: number): Promise<{ text: string; token: ApiToken }> {
  const text = PREFIX + randomBytes(SECRET_BYTES).toString('base64url');
  const made: ApiToken = { ...token, id: newRowId(now), createdAt: now, lastUsedAt: null, revokedAt: null };
  await tx.db
    .insertInto('api_tokens')
    .values({
      id: made.id,
      hash: hash(text),
      name: made.name,
      organisation_id: made.organisationId,
      scopes: JSON.stringify(made.scopes),
      created_by: made.createdBy,
      created_at: now,
      expires_at: made.expiresAt,
      last_used_at: null,
      revoked_at: null,
    })
    .execute();
  return { text, token: made };
}

/** The token of this text; null when there is none, it was revoked, or it is over. */
export async function findApiToken(reader: Reader, text: string, now: number): Promise<ApiToken | null> {
  if (!text.startsWith(PREFIX)) return null;
  const row = await byHash.first(reader, { hash: hash(text) });
  if (!row || row.revoked_at !== null || (row.expires_at !== null && row.expires_at <= now)) return null;
  return toToken(row);
}

/** Notes that a token was used. */
export async function touchApiToken(tx: Tx, id: string, now: number): Promise<void> {
  await tx.db.updateTable('api_tokens').set({ last_used_at: now }).where('id', '=', id).execute();
}

/** All tokens, the newest first, those that ended too. */
export async function listApiTokens(reader: Reader): Promise<ApiToken[]> {
  const rows = await reader.db.selectFrom('api_tokens').selectAll().orderBy('created_at', 'desc').orderBy('id').execute();
  return rows.map(toToken);
}

/** Ends a token at once. False when there is none of that id. */
export async function revokeApiToken(tx: Tx, id: string, now: number): Promise<boolean> {
  const result = await tx.db
    .updateTable('api_tokens')
    .set((eb) => ({ revoked_at: eb.fn.coalesce('revoked_at', eb.val(now)) }))
    .where('id', '=', id)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

function toToken(row: ApiTokenTable): ApiToken {
  return {
    id: row.id,
    name: row.name,
    organisationId: row.organisation_id,
    scopes: JSON.parse(row.scopes) as StaffPermission[],
    createdBy: row.created_by,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
    revokedAt: row.revoked_at,
  };
}
