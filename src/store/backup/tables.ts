// The tables of a backup, in an order in which rows can be put back: what is referred to comes first.
// Read by snapshot.ts and load.ts. Migrations and the key store's tables are never part of a backup.
import type { Schema } from '../schema.ts';

// A table that is missing here does not compile. False for what must not come back: sessions that were ended since, invitations
// that were taken up since. After a restore staff sign in anew, and whoever was invited and has not come is invited again.
const IN_ORDER: Record<keyof Schema, boolean> = {
  contacts: true,
  addresses: true,
  conversations: true,
  sessions: true,
  messages: true,
  inbox: true,
  outbox: true,
  timers: true,
  contact_counts: true,
  channel_counts: true,
  cases: true,
  complaints: true,
  organisations: true,
  desks: true,
  staff: true,
  invitations: false,
  staff_auth_users: true,
  staff_auth_accounts: true,
  staff_auth_sessions: false,
  staff_auth_verifications: false,
  staff_auth_factors: true,
  staff_auth_passkeys: true,
  staff_attempts: false,
  shifts: true,
  api_tokens: true,
  case_assignments: true,
  case_notes: true,
  case_events: true,
  staff_messages: true,
  message_media: true,
  desk_changes: true,
  // A surface repeats what it brought for minutes, not for days.
  surface_events: false,
  referral_consents: true,
  referrals: true,
  complaint_notes: true,
  audit: true,
  request_log: true,
  request_totals: true,
  consents: true,
  releases: true,
  drafts: true,
  draft_edits: true,
  draft_comments: true,
  draft_approvals: true,
  provider_copies: true,
  erased_addresses: true,
  meta: true,
};

/** Every table of the main database. */
export const TABLES = Object.keys(IN_ORDER) as (keyof Schema)[];

/** Those that a backup holds. */
export const BACKED_UP_TABLES = TABLES.filter((table) => IN_ORDER[table]);
