// Handlers of one's own account: alias and languages, password, second factor, passkeys, sessions, being on duty.
// Called by router.ts for whoever is signed in; nobody reaches another's account here.
import { appendAudit } from '../../store/audit.ts';
import { noteDeskChange } from '../../store/desk-changes.ts';
import { deletePasskey as removePasskey, listPasskeys as findPasskeys } from '../../store/staff-accounts.ts';
import { endStaffSession, listStaffSessions } from '../../store/staff-sessions.ts';
import { saveProfile, setDuty as putDuty } from '../../store/staff.ts';
import {
  changePassword as change,
  confirmTotp as confirm,
  renewRecoveryCodes as renew,
  setUpTotp as setUp,
} from '../auth/second-factor.ts';
import type { Handlers } from './handler.ts';
import { loadMe } from './me-view.ts';
import { badRequest, notFound } from './refusal.ts';
import { setCookies } from './session.ts';

type Names =
  | 'readMe'
  | 'changeMe'
  | 'changePassword'
  | 'setUpTotp'
  | 'confirmTotp'
  | 'renewRecoveryCodes'
  | 'listPasskeys'
  | 'deletePasskey'
  | 'listSessions'
  | 'revokeSession'
  | 'setDuty';

export const meHandlers: Pick<Handlers, Names> = {
  readMe: ({ caller }, parts) => loadMe(parts, caller.actor.id, caller.secondFactor),
  async changeMe({ body, caller }, parts) {
    const { id } = caller.actor;
    await parts.store.transaction(async (tx) => {
      await saveProfile(tx, id, body);
      await noteDeskChange(tx, 'people', null);
    });
    return loadMe(parts, id, caller.secondFactor);
  },
  async changePassword({ body, request, caller }, { auth }) {
    await change(auth.parts, request, caller, body.current, body.next);
    return undefined;
  },
  setUpTotp: ({ body, request, caller }, { auth }) => setUp(auth.parts, request, caller, body.password),
  async confirmTotp({ body, request, caller, headers }, parts) {
    setCookies(headers, await confirm(parts.auth.parts, request, caller, body.code));
    return loadMe(parts, caller.actor.id, 'done');
  },
  renewRecoveryCodes: async ({ body, request, caller }, { auth }) => ({
    recoveryCodes: await renew(auth.parts, request, caller, body.password),
  }),
  listPasskeys: async ({ actor }, { store }) => ({ passkeys: await store.read((reader) => findPasskeys(reader, actor.id)) }),
  async deletePasskey({ params, actor }, { store, now }) {
    await store.transaction(async (tx) => {
      if (!(await removePasskey(tx, actor.id, params.id))) throw notFound('passkey');
      await appendAudit(tx, { at: now(), actor: actor.id, action: 'passkey.remove', target: actor.id });
    });
    return undefined;
  },
  async listSessions({ actor, caller }, { store }) {
    const sessions = await store.read((reader) => listStaffSessions(reader, actor.id, Date.now()));
    return { sessions: sessions.map((session) => ({ ...session, current: session.id === caller.sessionId })) };
  },
  async revokeSession({ params, actor }, { store, now }) {
    await store.transaction(async (tx) => {
      if (!(await endStaffSession(tx, actor.id, params.id))) throw notFound('session');
      await appendAudit(tx, { at: now(), actor: actor.id, action: 'session.revoke', target: actor.id });
    });
    return undefined;
  },
  async setDuty({ body, caller }, parts) {
    const { id } = caller.actor;
    const { store, now } = parts;
    const { onDuty, untilAt = null } = body;
    if (untilAt !== null && untilAt <= now()) throw badRequest('"untilAt" in the body is over already: name a time to come.');
    await store.transaction(async (tx) => {
      await putDuty(tx, id, { on: onDuty, until: untilAt });
      await noteDeskChange(tx, 'shifts', null);
      await appendAudit(tx, { at: now(), actor: id, action: 'staff.duty', target: id, detail: { on: onDuty } });
    });
    return loadMe(parts, id, caller.secondFactor);
  },
};
