// Operations on people who work here: signing in, one's own settings, staff, desks, shifts, tokens, the audit log.
// Served by http/api/, called by the console. What better-auth does by itself (passkeys) stands under /api/auth.
import { z } from 'zod';
import { ROLES, STAFF_PERMISSIONS } from '../domain/role.ts';
import { Id, IdParams, LanguageTag, Time } from './common.ts';
import type { Operation } from './operation.ts';

const WEEKDAY = z.enum(['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU']);
const HHMM = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const LOCAL_DATE = z.iso.date();
const ROLE = z.enum(ROLES);
const PERMISSION = z.enum(STAFF_PERMISSIONS);
const ALIAS = z.string().trim().min(1).max(40);
const PASSWORD = z.string().min(12, 'A password has at least 12 characters.').max(200);

/** Oneself: what the console shows and may do. */
export const Me = z.object({
  id: Id,
  alias: ALIAS,
  email: z.string(),
  organisationId: Id,
  organisation: z.string(),
  deskIds: z.array(Id),
  roles: z.array(ROLE),
  permissions: z.array(PERMISSION),
  languages: z.array(LanguageTag),
  /** Language of the console. */
  uiLanguage: LanguageTag,
  onShift: z.boolean(),
  /** End of the shift that is on; null when none is. */
  shiftEndsAt: Time.nullable(),
  /** What stands between signing in and working: a second factor must be set up first. */
  mustSetUp: z.enum(['second_factor']).nullable(),
  /** Key (32 bytes, base64) under which this person's drafts lie sealed in their browser tab; null until signed in wholly. */
  draftKey: z.string().nullable(),
});
export type Me = z.output<typeof Me>;

export const StaffView = z.object({
  id: Id,
  alias: ALIAS,
  /** Only for those who may manage staff. */
  email: z.string().nullable(),
  organisationId: Id,
  deskIds: z.array(Id),
  roles: z.array(ROLE),
  languages: z.array(LanguageTag),
  topics: z.array(z.string()),
  gender: z.enum(['woman', 'man']).nullable(),
  capacity: z.number().int(),
  slackUser: z.string().nullable(),
  active: z.boolean(),
  /** An invitation that was not taken up yet. */
  invited: z.boolean(),
  secondFactor: z.boolean(),
  onShift: z.boolean(),
  load: z.number().int(),
});
export type StaffView = z.output<typeof StaffView>;

const StaffFields = z.object({
  alias: ALIAS,
  organisationId: Id,
  deskIds: z.array(Id).max(50),
  roles: z.array(ROLE).min(1),
  languages: z.array(LanguageTag).max(40),
  topics: z.array(z.string().max(20)).max(40),
  gender: z.enum(['woman', 'man']).nullable(),
  capacity: z.number().int().min(1).max(50),
  slackUser: z
    .string()
    .regex(/^[UW][A-Z0-9]{2,20}$/)
    .nullable(),
});

export const DeskView = z.object({
  id: Id,
  name: z.string().trim().min(1).max(80),
  organisationId: Id,
  timezone: z.string().max(60),
  hours: z.array(z.object({ byday: z.array(WEEKDAY).min(1), opensAt: HHMM, closesAt: HHMM })).max(20),
  holidays: z.array(LOCAL_DATE).max(100),
  minutesToAnswer: z.number().int().min(1).max(10_080),
  topics: z.array(z.string().max(20)).max(40),
  localities: z.array(z.string().max(40)).max(100),
  /** Cases are given to whoever fits best; else they are offered to them. */
  autoAssign: z.boolean().default(false),
});

export const OrganisationView = z.object({ id: Id, name: z.string().trim().min(1).max(120), partner: z.boolean(), active: z.boolean() });

export const ShiftView = z.object({
  id: Id,
  staffId: Id,
  deskId: Id,
  byday: z.array(WEEKDAY).min(1),
  startsAt: HHMM,
  endsAt: HHMM,
  validFrom: LOCAL_DATE.nullable(),
  validTo: LOCAL_DATE.nullable(),
});

export const SessionView = z.object({ id: Id, current: z.boolean(), device: z.string(), createdAt: Time, lastSeenAt: Time });

export const AuditEntry = z.object({
  seq: z.number().int(),
  at: Time,
  actor: z.string(),
  action: z.string(),
  target: z.string().nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  hash: z.string(),
});

export const TokenView = z.object({
  id: Id,
  name: z.string().trim().min(1).max(80),
  organisationId: Id,
  scopes: z.array(PERMISSION).min(1),
  createdAt: Time,
  expiresAt: Time.nullable(),
  lastUsedAt: Time.nullable(),
  revoked: z.boolean(),
});

export const staffOperations = {
  readInvitation: {
    method: 'post',
    path: '/invitations/read',
    summary: 'Whether an invitation still holds, and for whom.',
    permission: 'public',
    body: z.object({ token: z.string().max(200) }),
    response: z.object({ alias: ALIAS.nullable(), roles: z.array(ROLE) }),
  },
  acceptInvitation: {
    method: 'post',
    path: '/invitations/accept',
    summary: 'Take up an invitation with an address, an alias and a password; signs in.',
    permission: 'public',
    body: z.object({ token: z.string().max(200), email: z.email().max(200), alias: ALIAS, password: PASSWORD }),
    response: Me,
  },
  signIn: {
    method: 'post',
    path: '/session',
    summary: 'Sign in with address and password. Where a second factor is set up, it is asked for next.',
    permission: 'public',
    body: z.object({ email: z.email().max(200), password: z.string().max(200) }),
    response: z.object({ next: z.enum(['second_factor', 'done']) }),
  },
  confirmSecondFactor: {
    method: 'post',
    path: '/session/second-factor',
    summary: 'The six digits of the authenticator, or a recovery code. Each works once.',
    permission: 'public',
    body: z.object({ code: z.string().trim().min(6).max(40), kind: z.enum(['totp', 'recovery']).default('totp') }),
    response: Me,
  },
  signOut: { method: 'delete', path: '/session', summary: 'Sign out here.', permission: 'signed_in' },
  readMe: { method: 'get', path: '/me', summary: 'Who is signed in.', permission: 'signed_in', response: Me },
  changeMe: {
    method: 'patch',
    path: '/me',
    summary: 'Change alias, languages or the language of the console.',
    permission: 'signed_in',
    body: z.object({ alias: ALIAS, uiLanguage: LanguageTag, languages: z.array(LanguageTag).max(40) }).partial(),
    response: Me,
  },
  changePassword: {
    method: 'post',
    path: '/me/password',
    summary: 'Change the password; other sessions end.',
    permission: 'signed_in',
    body: z.object({ current: z.string().max(200), next: PASSWORD }),
  },
  setUpTotp: {
    method: 'post',
    path: '/me/totp',
    summary: 'Begin to set up an authenticator.',
    permission: 'signed_in',
    body: z.object({ password: z.string().max(200) }),
    response: z.object({ uri: z.string(), recoveryCodes: z.array(z.string()) }),
  },
  confirmTotp: {
    method: 'post',
    path: '/me/totp/confirm',
    summary: 'The first code of the authenticator: from now on it is asked for.',
    permission: 'signed_in',
    body: z.object({ code: z.string().trim().length(6) }),
    response: Me,
  },
  renewRecoveryCodes: {
    method: 'post',
    path: '/me/recovery-codes',
    summary: 'New recovery codes; the old ones work no more.',
    permission: 'signed_in',
    body: z.object({ password: z.string().max(200) }),
    response: z.object({ recoveryCodes: z.array(z.string()) }),
  },
  listPasskeys: {
    method: 'get',
    path: '/me/passkeys',
    summary: "One's own passkeys.",
    permission: 'signed_in',
    response: z.object({ passkeys: z.array(z.object({ id: Id, name: z.string(), createdAt: Time })) }),
  },
  deletePasskey: { method: 'delete', path: '/me/passkeys/{id}', summary: 'Remove a passkey.', permission: 'signed_in', params: IdParams },
  listSessions: {
    method: 'get',
    path: '/me/sessions',
    summary: 'Where one is signed in.',
    permission: 'signed_in',
    response: z.object({ sessions: z.array(SessionView) }),
  },
  revokeSession: {
    method: 'delete',
    path: '/me/sessions/{id}',
    summary: 'End a session somewhere else.',
    permission: 'signed_in',
    params: IdParams,
  },
  setDuty: {
    method: 'put',
    path: '/me/duty',
    summary: 'Begin or end being on duty now, whatever the shifts say.',
    permission: 'case.act',
    body: z.object({ onDuty: z.boolean(), untilAt: Time.nullable().optional() }),
    response: Me,
  },

  listStaff: {
    method: 'get',
    path: '/staff',
    summary: 'Who works here.',
    permission: 'staff.read',
    response: z.object({ staff: z.array(StaffView) }),
  },
  inviteStaff: {
    method: 'post',
    path: '/staff',
    summary: 'Invite somebody: a link that works once, for three days.',
    permission: 'staff.manage',
    body: StaffFields,
    response: z.object({ staff: StaffView, url: z.url() }),
  },
  changeStaff: {
    method: 'patch',
    path: '/staff/{id}',
    summary: 'Change roles, desks, languages or capacity.',
    permission: 'staff.manage',
    params: IdParams,
    body: StaffFields.partial().extend({ active: z.boolean().optional() }),
    response: StaffView,
  },
  reinviteStaff: {
    method: 'post',
    path: '/staff/{id}/invitation',
    summary: 'A new link for somebody who lost password or second factor; sessions end.',
    permission: 'staff.manage',
    params: IdParams,
    response: z.object({ url: z.url() }),
  },

  listDesks: {
    method: 'get',
    path: '/desks',
    summary: 'Desks and organisations.',
    permission: 'signed_in',
    response: z.object({ desks: z.array(DeskView), organisations: z.array(OrganisationView) }),
  },
  saveDesk: {
    method: 'put',
    path: '/desks/{id}',
    summary: 'Make or change a desk: hours, holidays, what comes to it first.',
    permission: 'settings.manage',
    params: IdParams,
    body: DeskView.omit({ id: true }),
    response: DeskView,
  },
  saveOrganisation: {
    method: 'put',
    path: '/organisations/{id}',
    summary: 'Make or change a partner organisation.',
    permission: 'settings.manage',
    params: IdParams,
    body: OrganisationView.omit({ id: true }),
    response: OrganisationView,
  },
  listShifts: {
    method: 'get',
    path: '/shifts',
    summary: 'Shifts of all staff of the own desks.',
    permission: 'staff.read',
    response: z.object({ shifts: z.array(ShiftView) }),
  },
  saveShift: {
    method: 'put',
    path: '/shifts/{id}',
    summary: 'Make or change a shift.',
    permission: 'shift.manage',
    params: IdParams,
    body: ShiftView.omit({ id: true }),
    response: ShiftView,
  },
  deleteShift: { method: 'delete', path: '/shifts/{id}', summary: 'Remove a shift.', permission: 'shift.manage', params: IdParams },

  listAudit: {
    method: 'get',
    path: '/audit',
    summary: 'Who read and changed what, newest first.',
    permission: 'audit.read',
    query: z.object({
      before: z.coerce.number().int().optional(),
      actor: Id.optional(),
      target: Id.optional(),
      action: z.string().max(60).optional(),
    }),
    response: z.object({ entries: z.array(AuditEntry), head: z.string(), intact: z.boolean() }),
  },
  listTokens: {
    method: 'get',
    path: '/tokens',
    summary: "Tokens of partners' programs.",
    permission: 'token.manage',
    response: z.object({ tokens: z.array(TokenView) }),
  },
  makeToken: {
    method: 'post',
    path: '/tokens',
    summary: 'Make a token; it is shown once.',
    permission: 'token.manage',
    body: TokenView.pick({ name: true, organisationId: true, scopes: true }).extend({ expiresAt: Time.nullable().optional() }),
    response: z.object({ token: z.string(), view: TokenView }),
  },
  revokeToken: { method: 'delete', path: '/tokens/{id}', summary: 'End a token at once.', permission: 'token.manage', params: IdParams },
} as const satisfies Record<string, Operation>;
