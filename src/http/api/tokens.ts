// Handlers of partners' tokens. Called by router.ts.
// 2026-11-21: a token may hold only what an operation for programs asks for, and only for a partner: an administrator, who
// sees no conversation, must not come to one by a token of their own making.
import type { z } from 'zod';
import { operations } from '../../api/operations.ts';
import type { Operation } from '../../api/operation.ts';
import type { TokenView } from '../../api/staff-operations.ts';
import type { StaffPermission } from '../../domain/role.ts';
import { listApiTokens, makeApiToken, revokeApiToken, type ApiToken } from '../../store/api-tokens.ts';
import { appendAudit } from '../../store/audit.ts';
import { loadOrganisation } from '../../store/organisations.ts';
import type { Handlers } from './handler.ts';
import { badRequest, notFound, Refusal } from './refusal.ts';

type Names = 'listTokens' | 'makeToken' | 'revokeToken';

/** What programs may be allowed: the permissions of the operations that are made for them. */
const SCOPES: ReadonlySet<StaffPermission> = new Set(
  Object.values<Operation>(operations).flatMap(({ token, permission }) =>
    token !== true || permission === 'public' || permission === 'signed_in' ? [] : permission,
  ),
);

export const tokenHandlers: Pick<Handlers, Names> = {
  listTokens: async (_call, { store }) => ({ tokens: (await store.read(listApiTokens)).map(toView) }),
  async makeToken({ actor, body }, { store, now }) {
    const { name, organisationId, scopes, expiresAt = null } = body;
    if (!scopes.every((scope) => SCOPES.has(scope)))
      throw badRequest(`"scopes" in the body is not right: a program may have ${[...SCOPES].join(', ')}.`);
    if (expiresAt !== null && expiresAt <= now()) throw badRequest('"expiresAt" in the body is over already: name a time to come.');
    const made = await store.transaction(async (tx) => {
      const organisation = await loadOrganisation(tx, organisationId);
      if (!organisation?.partner || !organisation.active)
        throw new Refusal('store.conflict', 'Tokens are for active partner organisations. Make the organisation first.');
      const { text, token } = await makeApiToken(tx, { name, organisationId, scopes, expiresAt, createdBy: actor.id }, now());
      const detail = { organisation: organisationId, scopes: scopes.join(' ') };
      await appendAudit(tx, { at: now(), actor: actor.id, action: 'token.make', target: token.id, detail });
      return { text, token };
    });
    return { token: made.text, view: toView(made.token) };
  },
  async revokeToken({ actor, params }, { store, now }) {
    await store.transaction(async (tx) => {
      if (!(await revokeApiToken(tx, params.id, now()))) throw notFound('token');
      await appendAudit(tx, { at: now(), actor: actor.id, action: 'token.revoke', target: params.id });
    });
    return undefined;
  },
};

function toView({ revokedAt, createdBy: _createdBy, ...token }: ApiToken): z.output<typeof TokenView> {
  return { ...token, revoked: revokedAt !== null };
}
