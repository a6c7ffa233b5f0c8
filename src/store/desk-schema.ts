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
}

export interface CaseEventTable {
  id: string;
  case_id: string;
  kind: string;
  staff_id: string | null;
  to_ref: string | null;
  at: number;
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
  decline_reason: string | null;
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
  shifts: ShiftTable;
  api_tokens: ApiTokenTable;
  case_assignments: CaseAssignmentTable;
  case_notes: CaseNoteTable;
  case_events: CaseEventTable;
  staff_messages: StaffMessageTable;
  message_media: MessageMediaTable;
  desk_changes: DeskChangeTable;
  referrals: ReferralTable;
  referral_consents: ReferralConsentTable;
  complaint_notes: ComplaintNoteTable;
  audit: AuditTable;
}
