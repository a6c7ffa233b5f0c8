// The tables, as Kysely sees them: one schema for SQLite and PostgreSQL. Only files of this folder may use it.
// Times are ms since the epoch, flags are 0 or 1, sealed columns are vault records (see vault.ts), ids are random text.
// Columns are created in db/migrations; the encrypted ones are listed in sealed-columns.ts.
import type { DraftApprovalTable, DraftCommentTable, DraftEditTable, DraftTable } from './draft-schema.ts';
import type { Generated } from 'kysely';
import type { Keeping, LineKind, Owner, Priority } from '../domain/conversation.ts';
import type { DeliveryStatus } from '../domain/message.ts';
import type { DeskSchema } from './desk-schema.ts';

export interface ContactTable {
  id: string;
  created_at: number;
}

/** One way to reach a contact. `hash` is `v<version>.<HMAC-SHA256>`; `sealed` is null once only the opt-out is remembered. */
export interface AddressTable {
  hash: string;
  contact_id: string;
  kind: string;
  sealed: Uint8Array | null;
  created_at: number;
}

export interface ConversationTable {
  id: string;
  contact_id: string;
  channel: string;
  owner: Owner;
  assignee: string | null;
  epoch: number;
  language: string | null;
  keeping: Keeping;
  private: number;
  /** When it was last in the private lane; messages up to then are kept as shortly as those of `keeping` session. */
  private_at: number | null;
  /** Hash of the address to answer on this channel. */
  reply_hash: string;
  last_inbound_at: number | null;
  /** Sequence number of the newest message; never falls, even when messages are purged. */
  last_sequence: number;
  created_at: number;
}

export interface SessionTable {
  conversation_id: string;
  sealed: Uint8Array;
  expires_at: number;
}

/**
 * `pending` waits for a turn, `done` was answered, `dead` was given up. Only pending rows hold a payload and a link to a person;
 * the others are kept to recognise late retries, and go with the messages' retention.
 */
export interface InboxTable {
  id: Generated<number>;
  channel: string;
  external_id: string;
  contact_id: string | null;
  conversation_id: string | null;
  sealed: Uint8Array | null;
  state: 'pending' | 'done' | 'dead';
  attempts: number;
  run_at: number;
  created_at: number;
  /** 2: has emergency words. 1: stands before such a message in its conversation. 0: ordinary. */
  urgent: Generated<number>;
}

export interface MessageTable {
  id: string;
  conversation_id: string;
  sequence: number;
  sender: 'person' | 'service' | 'staff';
  kind: LineKind | 'inbound';
  sealed: Uint8Array;
  status: DeliveryStatus | null;
  status_rank: number;
  error_code: string | null;
  provider_ref: string | null;
  /** 1: belongs to a complaint; no case shows it. */
  aside: number | null;
  /** 1: a question that found no answer, for editors to see as long as it is kept. */
  unanswered: Generated<number | null>;
  created_at: number;
}

/** Unfinished lines only: a line that is sent, given up or cancelled leaves the table. */
export interface OutboxTable {
  seq: Generated<number>;
  id: string;
  conversation_id: string;
  /** Null for farewell lines, whose contact is gone. */
  contact_id: string | null;
  channel: string;
  kind: LineKind;
  epoch: number;
  emergency: number;
  state: 'queued' | 'sending' | 'unknown';
  attempts: number;
  run_at: number;
  lease_until: number;
  sealed: Uint8Array;
  /** Farewell lines carry their address themselves. */
  to_sealed: Uint8Array | null;
  created_at: number;
}

/** Outbound counts of one contact on one day (24 h). */
export interface ContactCountTable {
  contact_id: string;
  day: number;
  messages: number;
  segments: number;
}

/** Outbound counts of one channel on one day (24 h), spread over slots: the total is their sum. */
export interface ChannelCountTable {
  channel: string;
  day: number;
  slot: number;
  messages: number;
  segments: number;
}

export interface TimerTable {
  id: string;
  conversation_id: string;
  kind: 'wait' | 'remind' | 'desk' | 'prompt';
  epoch: number;
  token: number;
  due_at: number;
  sealed: Uint8Array | null;
}

export interface RequestLogTable {
  id: string;
  conversation_id: string | null;
  /** 1 for the newest episode of a conversation. */
  current: number;
  hour: number;
  channel: string;
  language: string | null;
  locality: string | null;
  /** JSON array of topic codes. */
  topics: string;
  stage: string | null;
  caller_type: string | null;
  flow: string | null;
  release: number;
  /** JSON array of FAQ entry ids. */
  answers: string;
  outcome: string | null;
  barrier: string | null;
  seconds_to_person: number | null;
  helpful: number | null;
  rating: number | null;
  gender: string | null;
  age_band: string | null;
  disability: number | null;
  sensitive: number;
  pseudonym: string | null;
}

/** Episodes of a month, of groups that are large enough to hide everybody; `*` stands for what was merged. */
export interface RequestTotalTable {
  month: string;
  topic: string;
  locality: string;
  language: string;
  outcome: string;
  episodes: number;
}

export interface CaseTable {
  id: string;
  conversation_id: string;
  contact_id: string;
  status: 'waiting' | 'claimed' | 'closed';
  topic: string | null;
  language: string | null;
  priority: Priority;
  reason: string;
  private: number;
  assignee: string | null;
  sealed: Uint8Array | null;
  opened_at: number;
  claimed_at: number | null;
  closed_at: number | null;
  thread_ref: string | null;
  callback: number;
  relayed_sequence: number;
  /** Grows whenever something changes that staff see at the head of the case's thread. */
  version: number;
  /** The version that the thread shows; 0 before there is one. */
  shown_version: number;
  desk_id: string | null;
  locality: string | null;
  gender_wanted: 'woman' | 'man' | null;
  callback_at: number | null;
  /** When the person began to wait for an answer of people; null when they have one. */
  waiting_since: number | null;
  due_at: number | null;
  /** How far it was passed on: null or 0 own desk, 1 wider skills, 2 duty officer. */
  escalation: number | null;
  /** Staff or desk that a transfer waits for before anybody else. */
  offered_to: string | null;
  outcome: string | null;
  closed_by: string | null;
  /** When it joined the line; null while it waits for the opening. */
  queued_at: number | null;
  /** BCP 47 tag of what the person writes in, as far as it shows, where the hotline does not have it. */
  spoken: string | null;
}

export interface ComplaintTable {
  number: string;
  contact_id: string | null;
  conversation_id: string | null;
  about: string;
  sealed: Uint8Array | null;
  wants_contact: number;
  private: number;
  state: 'received' | 'looking' | 'answered' | 'closed';
  created_at: number;
  due_at: number;
  closed_at: number | null;
  /** About staff or misconduct: only for sensitive-feedback officers who never had a case of the person. */
  sensitive: number | null;
  handler: string | null;
  acknowledged_at: number | null;
  answered_at: number | null;
  action: string | null;
  closing_sealed: Uint8Array | null;
  satisfied: number | null;
  reopened: number | null;
  reminded_at: number | null;
  /** Staff who had a case of the person, as far as those cases are gone. */
  conflicts: string | null;
}

export interface ConsentTable {
  id: string;
  contact_id: string;
  purpose: string;
  given: number;
  text_key: string;
  release: number;
  language: string | null;
  at: number;
}

export interface ReleaseTable {
  number: number;
  archive: string;
  hash: string;
  demonstration: number;
  published_at: number;
  /** Staff id; null for the first release and for a command. */
  published_by: string | null;
  title: string | null;
  draft_id: string | null;
  /** The release whose content was put back. */
  rolled_back_to: number | null;
}

/** What a provider still holds of a message. `stuck`: given up, to be listed for people to look at. */
export interface ProviderCopyTable {
  id: Generated<number>;
  channel: string;
  provider_ref: string;
  contact_id: string | null;
  state: 'kept' | 'erase' | 'stuck';
  attempts: number;
  run_at: number;
  created_at: number;
}

/** An address whose person was erased at `at`: its hash, kept until no provider's list goes back that far. */
export interface ErasedAddressTable {
  hash: string;
  at: number;
}

/** Small facts of the installation: one row a name. */
export interface MetaTable {
  name: string;
  value: string;
}

export interface Schema extends DeskSchema {
  contacts: ContactTable;
  addresses: AddressTable;
  conversations: ConversationTable;
  sessions: SessionTable;
  inbox: InboxTable;
  messages: MessageTable;
  outbox: OutboxTable;
  contact_counts: ContactCountTable;
  channel_counts: ChannelCountTable;
  timers: TimerTable;
  request_log: RequestLogTable;
  request_totals: RequestTotalTable;
  cases: CaseTable;
  complaints: ComplaintTable;
  consents: ConsentTable;
  releases: ReleaseTable;
  drafts: DraftTable;
  draft_edits: DraftEditTable;
  draft_comments: DraftCommentTable;
  draft_approvals: DraftApprovalTable;
  provider_copies: ProviderCopyTable;
  erased_addresses: ErasedAddressTable;
  meta: MetaTable;
}

/** A data key of one owner (a contact, a case, a complaint, a farewell line), wrapped by the secret key. */
export interface DataKeyTable {
  id: string;
  owner: string;
  class: string;
  /** Day for class messages, so that keys go as their messages do; 0 otherwise. */
  period: number;
  secret_version: number;
  wrapped: Uint8Array;
  created_at: number;
}

/** Who was erased: what `restore` repeats on a backup. `done` is 0 until the keys are destroyed. */
export interface ErasureTable {
  contact_id: string;
  /** JSON array of the owners whose keys go. */
  owners: string;
  done: number;
  at: number;
}

/** The key store's own database. */
export interface KeySchema {
  data_keys: DataKeyTable;
  erasures: ErasureTable;
  key_meta: MetaTable;
}
