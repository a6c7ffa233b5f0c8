// Handlers of what leads to a session and ends it: invitations, address and password, the second factor. Called by router.ts.
import { UNNAMED } from '../../store/manage-staff.ts';
import { join, readInvitation as findInvitation } from '../auth/join.ts';
import { confirmSecondFactor as confirm, signIn as begin, signOut as end } from '../auth/sign-in.ts';
import type { Handlers } from './handler.ts';
import { loadMe } from './me-view.ts';

type Names = 'readInvitation' | 'acceptInvitation' | 'signIn' | 'confirmSecondFactor' | 'signOut';

export const sessionHandlers: Pick<Handlers, Names> = {
  async readInvitation({ body, request }, { auth }) {
    const { alias, roles } = await findInvitation(auth.parts, request, body.token);
    return { alias: alias === UNNAMED ? null : alias, roles };
  },
  async acceptInvitation({ body, request, headers }, parts) {
    const { staffId, cookies } = await join(parts.auth.parts, request, body);
    setCookies(headers, cookies);
    return loadMe(parts, staffId, 'missing');
  },
  async signIn({ body, request, headers }, { auth }) {
    const { next, cookies } = await begin(auth.parts, request, body.email, body.password);
    setCookies(headers, cookies);
    return { next };
  },
  async confirmSecondFactor({ body, request, headers }, parts) {
    const { staffId, cookies } = await confirm(parts.auth.parts, request, body.code, body.kind);
    setCookies(headers, cookies);
    return loadMe(parts, staffId, 'done');
  },
  async signOut({ request, headers }, { auth }) {
    setCookies(headers, await end(auth.parts, request));
    return undefined;
  },
};

/** Adds what an answer sets in the browser. */
export function setCookies(headers: Headers, cookies: readonly string[]): void {
  for (const cookie of cookies) headers.append('set-cookie', cookie);
}
