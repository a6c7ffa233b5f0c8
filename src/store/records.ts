// Rows as the rest of the program sees them: decrypted, typed, times in ms. Queries live beside this file, one per aggregate.
import type { Keeping, LineKind, Owner, Priority, RetentionClass } from '../domain/conversation.ts';
import type { LogFields } from '../domain/event.ts';
import type { Address, DeliveryStatus, InboundMessage, OutboundMessage } from '../domain/message.ts';
import type { Gender } from '../domain/staff.ts';

export interface Conversation {
  id: string;
  contactId: string;
  channel: string;
  owner: Owner;
  assignee: string | null;
  /** Grows at every change of owner. */
  epoch: number;
  language: string | null;
  keeping: Keeping;
  private: boolean;
  /** When the person last wrote in the private lane; null for never. */
  privateAt: number | null;
  lastInboundAt: number | null;
  createdAt: number;
}

/** An inbox line claimed for a turn, with its message opened. */
export interface InboxItem {
  id: number;
  conversationId: string;
  contactId: string;
  message: InboundMessage;
  attempts: number;
  createdAt: number;
  /** Earlier messages of the same conversation that are passed over with this one, because too many wait. */
  skipped: number;
}

export interface NewOutboxLine {
  id: string;
  conversationId: string;
  contactId: string;
  channel: string;
  kind: LineKind;
  epoch: number;
  message: OutboundMessage;
  /** When it was written, ms; it is due at once. */
  createdAt: number;
  /** Emergency text: passes limits and goes first. */
  emergency: boolean;
  /** 'farewell' lines have a data key of their own and outlive an erased contact until they are sent. */
  retention: RetentionClass;
  /** For farewell lines, whose contact is gone, and for lines that go elsewhere than the conversation's answers. */
  to?: Address;
}

/** A line claimed for sending: its lease runs until `leaseUntil`. */
export interface ClaimedLine {
  id: string;
  conversationId: string;
  contactId: string;
  channel: string;
  kind: LineKind;
  epoch: number;
  message: OutboundMessage;
  to: Address;
  attempts: number;
  createdAt: number;
  /** True: an earlier attempt ended unknown; look it up, do not send. */
  unknown: boolean;
  emergency: boolean;
}

export interface StoredMessage {
  sequence: number;
  id: string;
  conversationId: string;
  from: 'person' | 'service' | 'staff';
  kind: LineKind | 'inbound';
  text: string;
  choices: { id: string; label: string }[];
  language: string | null;
  direction: 'ltr' | 'rtl';
  clientId: string | null;
  /** Types of the files that came with it, as their sender named them; absent without any. */
  files?: string[];
  status: DeliveryStatus | null;
  /** Belongs to a complaint: no case shows it. */
  aside: boolean;
  createdAt: number;
}

/** `wait` ends an engine wait, `remind` sends a line, `desk` belongs to ownership. A stale epoch or token does nothing. */
export interface Timer {
  id: string;
  conversationId: string;
  kind: 'wait' | 'remind' | 'desk' | 'prompt';
  epoch: number;
  token: number;
  dueAt: number;
  /** Encrypted in the store. */
  payload: string | null;
}

export interface RequestLogEntry extends LogFields {
  id: string;
  conversationId: string | null;
  /** Start of the hour, ms. */
  hour: number;
  channel: string;
  language: string | null;
  topics: string[];
  answers: string[];
  flow: string | null;
  release: number;
  secondsToPerson: number | null;
  pseudonym: string | null;
}

export type CaseStatus = 'waiting' | 'claimed' | 'closed';

export interface CaseRecord {
  id: string;
  conversationId: string;
  contactId: string;
  status: CaseStatus;
  topic: string | null;
  language: string | null;
  priority: Priority;
  reason: string;
  private: boolean;
  assignee: string | null;
  /** What staff see first: the flow's answers and last question, as text. Encrypted (class case). Null in the private lane. */
  summary: string | null;
  openedAt: number;
  claimedAt: number | null;
  closedAt: number | null;
  /** Where its thread is, for the staff channel. */
  threadRef: string | null;
  /** The person asked to be written to first. */
  callback: boolean;
  /** Sequence number of the last message that the staff surface was told of. */
  relayedSequence: number;
  /** Where it belongs, once it was routed; see runtime/desk. */
  deskId: string | null;
  locality: string | null;
  genderWanted: Gender | null;
  /** When it was agreed to write to the person first. */
  callbackAt: number | null;
  /** When the person began to wait for an answer of people; null when they have one. */
  waitingSince: number | null;
  dueAt: number | null;
  /** How far it was passed on: 0 own desk, 1 wider skills, 2 duty officer. */
  escalation: number;
  /** Staff or desk that a transfer waits for before anybody else. */
  offeredTo: string | null;
  outcome: string | null;
  closedBy: string | null;
  /** When it joined the line; null while it waits for the opening. */
  queuedAt: number | null;
  /** BCP 47 tag of what the person writes in, as far as it shows, where the hotline does not have it. */
  spoken: string | null;
}

/** A case as it is opened: what routing finds out comes later. */
export type NewCase = Omit<CaseRecord, RoutingField> & Partial<Pick<CaseRecord, RoutingField>>;
type RoutingField =
  | 'deskId'
  | 'locality'
  | 'genderWanted'
  | 'callbackAt'
  | 'waitingSince'
  | 'dueAt'
  | 'escalation'
  | 'offeredTo'
  | 'outcome'
  | 'closedBy'
  | 'queuedAt'
  | 'spoken';

export interface Complaint {
  number: string;
  contactId: string | null;
  conversationId: string | null;
  about: string;
  text: string | null;
  place: string | null;
  wantsContact: boolean;
  private: boolean;
  state: 'received' | 'looking' | 'answered' | 'closed';
  createdAt: number;
  dueAt: number;
  /** About staff or misconduct. */
  sensitive: boolean;
}
