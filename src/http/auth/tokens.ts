// Who calls with `Authorization: Bearer`: a partner's program. Its permissions are the token's scopes, its desks those of its
// organisation. Called by authenticate.ts.
import type { Actor } from '../../domain/staff.ts';
import { findApiToken, touchApiToken } from '../../store/api-tokens.ts';
import { listDesks } from '../../store/desks.ts';
import { loadOrganisation } from '../../store/organisations.ts';
import type { Store } from '../../store/store.ts';

/** A use is noted when the last one is so old. */
const NOTE_MS = 60_000;

/** The program behind an authorization header; null when its token is unknown, over or revoked, or its organisation is not active. */
export async function findProgram(store: Store, authorization: string, now: number): Promise<Actor | null> {
  const text = /^Bearer +(\S{20,200})$/i.exec(authorization)?.[1];
  if (text === undefined) return null;
  const found = await store.read(async (reader) => {
    const token = await findApiToken(reader, text, now);
    if (!token || !(await loadOrganisation(reader, token.organisationId))?.active) return null;
    return { token, desks: await listDesks(reader) };
  });
  if (!found) return null;
  const { token, desks } = found;
  if (now >= (token.lastUsedAt ?? 0) + NOTE_MS) await store.transaction((tx) => touchApiToken(tx, token.id, now));
  return {
    id: `token:${token.id}`,
    alias: token.name,
    organisationId: token.organisationId,
    deskIds: desks.filter(({ organisationId }) => organisationId === token.organisationId).map(({ id }) => id),
    roles: [],
    permissions: new Set(token.scopes),
    via: 'token',
  };
}
