// The desk's tables, as Kysely sees them; see schema.ts for the conventions. Lists stand as JSON arrays of text.
import type { Generated } from 'kysely';
import type { Priority } from '../domain/conversation.ts';
import type { Gender } from '../domain/staff.ts';

export interface OrganisationTable {
  id: string;
  name: string;
  partner: number;
  active: number;
}

export interface DeskTable {
  id: string;
  organisation_id: string;
  name: string;
  timezone: string;
  hours: string;
  holidays: string;
  minutes_to_answer: number;
  topics: string;
  localities: string;
  auto_assign: number | null;
}

/** `sealed` holds the e-mail address; null once the account was removed. `duty`: 1 on, 0 off, until `duty_until`; null as the shifts say. */
export interface StaffTable {
  id: string;
  alias: string;
  sealed: Uint8Array | null;
  organisation_id: string;
  desk_ids: string;
  roles: string;
  languages: string;
  topics: string;
  gender: Gender | null;
  capacity: number;
  slack_user: string | null;
  ui_language: string | null;
  active: number;
  duty: number | null;
  duty_until: number | null;
  created_at: number;
}

export interface InvitationTable {
  hash: string;
  staff_id: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
}

/** better-auth's tables: times are ISO text, truths 0 or 1. `email` is a keyed hash of the address. */
export interface StaffAuthUserTable {
  id: string;
  name: string;
  email: string;
  email_verified: number;
  image: string | null;
  two_factor_enabled: number | null;
  created_at: string;
  updated_at: string;
}

export interface StaffAuthAccountTable {
  id: string;
  account_id: string;
  provider_id: string;
  user_id: string;
  access_token: string | null;
  refresh_token: string | null;
  id_token: string | null;
  access_token_expires_at: string | null;
  refresh_token_expires_at: string | null;
  scope: string | null;
  password: string | null;
  created_at: string;
  updated_at: string;
}

/** `token` is a hash of what the cookie holds; `user_agent` a browser and a system in two words. */
export interface StaffAuthSessionTable {
  id: string;
  user_id: string;
  token: string;
  second_factor: number;
  ip_address: string | null;
  user_agent: string | null;
  expires_at: string;
  created_at: string;
  updated_at: string;
}

export interface StaffAuthVerificationTable {
  id: string;
  identifier: string;
  value: string;
  expires_at: string;
  created_at: string;
  updated_at: string;
}

/** `last_step`: time step of the last code that was taken. */
export interface StaffAuthFactorTable {
  id: string;
  user_id: string;
  secret: string;
  backup_codes: string;
  verified: number | null;
  failed_verification_count: number | null;
  locked_until: string | null;
  last_step: number | null;
}

export interface StaffAuthPasskeyTable {
  id: string;
  user_id: string;
  name: string | null;
  public_key: string;
  credential_id: string;
  counter: number;
  device_type: string;
  backed_up: number;
  transports: string | null;
  aaguid: string | null;
  created_at: string | null;
}

/** Tries to sign in within a window that began at `since`. */
export interface StaffAttemptTable {
  key: string;
  count: number;
  since: number;
}

export interface ShiftTable {
  id: string;
  staff_id: string;
  desk_id: string;
  byday: string;
  starts_at: string;
  ends_at: string;
  valid_from: string | null;
  valid_to: string | null;
}

export interface ApiTokenTable {
  id: string;
  hash: string;
  name: string;
  organisation_id: string;
  scopes: string;
  created_by: string;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
}

/** Who has had a case, and interpreters who were asked into it (`joined_at` once they came). */
export interface CaseAssignmentTable {
  id: string;
  case_id: string;
  contact_id: string;
  staff_id: string;
  role: 'assignee' | 'interpreter';
  from_at: number;
  joined_at: number | null;
  until_at: number | null;
}

export interface CaseNoteTable {
  id: string;
  case_id: string;
  staff_id: string;
  mentions: string;
  sealed: Uint8Array;
  created_at: number;
  /** When the staff surface showed it; null while it has not. */
  told_at: number | null;
}

export interface CaseEventTable {
  id: string;
  case_id: string;
  kind: string;
  staff_id: string | null;
  to_ref: string | null;
  at: number;
  /** When the staff surface showed it; null while it has not. */
  told_at: number | null;
}

/** Who wrote a staff message. A reply that is kept until the person writes holds its text here (`kept`). */
export interface StaffMessageTable {
  message_id: string;
  case_id: string;
  staff_id: string;
  how: 'now' | 'template' | 'sms' | 'when_they_write';
  sealed: Uint8Array | null;
  state: 'queued' | 'kept' | 'cancelled';
  created_at: number;
}

/** What a person sent besides text while people owned the conversation: where its provider keeps it, or the bytes themselves. */
export interface MessageMediaTable {
  id: string;
  message_id: string;
  conversation_id: string;
  case_id: string | null;
  contact_id: string;
  channel: string;
  content_type: string;
  sealed: Uint8Array | null;
  gone_at: number | null;
  created_at: number;
}

/** Something that a staff surface brought, or `home:<member>`: who looks at its home page. */
export interface SurfaceEventTable {
  id: string;
  at: number;
}

export interface DeskChangeTable {
  seq: Generated<number>;
  tx: number;
  what: 'case' | 'referrals' | 'complaints' | 'people' | 'shifts';
  case_id: string | null;
  at: number;
}

export interface ReferralTable {
  id: string;
  number: string;
  case_id: string;
  contact_id: string | null;
  from_organisation_id: string;
  from_desk_id: string | null;
  to_organisation_id: string;
  service: string | null;
  services: string;
  items: string;
  priority: Priority;
  private: number;
  state: string;
  sealed: Uint8Array | null;
  outcome: string | null;
  created_by: string;
  created_at: number;
  sent_at: number | null;
  received_at: number | null;
  answered_at: number | null;
  due_at: number | null;
  reminded_at: number | null;
  closed_at: number | null;
  version: number;
}

export interface ReferralConsentTable {
  id: string;
  referral_id: string;
  contact_id: string | null;
  organisation_id: string;
  items: string;
  given: number | null;
  text_key: string;
  release: number;
  language: string | null;
  asked_at: number;
  answered_at: number | null;
  withdrawn_at: number | null;
}

export interface ComplaintNoteTable {
  id: string;
  number: string;
  staff_id: string;
  sealed: Uint8Array;
  created_at: number;
}

export interface AuditTable {
  seq: number;
  at: number;
  actor: string;
  action: string;
  target: string | null;
  detail: string;
  previous: string;
  hash: string;
}

export interface DeskSchema {
  organisations: OrganisationTable;
  desks: DeskTable;
  staff: StaffTable;
  invitations: InvitationTable;
  staff_auth_users: StaffAuthUserTable;
  staff_auth_accounts: StaffAuthAccountTable;
  staff_auth_sessions: StaffAuthSessionTable;
  staff_auth_verifications: StaffAuthVerificationTable;
  staff_auth_factors: StaffAuthFactorTable;
  staff_auth_passkeys: StaffAuthPasskeyTable;
  staff_attempts: StaffAttemptTable;
  shifts: ShiftTable;
  api_tokens: ApiTokenTable;
  case_assignments: CaseAssignmentTable;
  case_notes: CaseNoteTable;
  case_events: CaseEventTable;
  staff_messages: StaffMessageTable;
  message_media: MessageMediaTable;
  desk_changes: DeskChangeTable;
  surface_events: SurfaceEventTable;
  referrals: ReferralTable;
  referral_consents: ReferralConsentTable;
  complaint_notes: ComplaintNoteTable;
  audit: AuditTable;
}
