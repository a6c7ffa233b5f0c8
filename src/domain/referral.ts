// A referral: a case's person is referred to a partner organisation, with exactly the items that they agreed to.
// Used by store, runtime and http. Its states only go forward, as NEXT says; withdrawing is possible from any that is open.
import type { Priority } from './conversation.ts';
import type { DisclosedItem } from './disclosable.ts';

export const REFERRAL_STATES = [
  'draft',
  'asked',
  'consented',
  'refused',
  'sent',
  'received',
  'accepted',
  'declined',
  'service_given',
  'service_not_given',
  'closed',
  'withdrawn',
] as const;
export type ReferralState = (typeof REFERRAL_STATES)[number];

export type Disclosed = Partial<Record<DisclosedItem, string>>;

/** What a referral says in words. Sealed in the store; nothing of it is left once consent was withdrawn. */
export interface ReferralWords {
  values: Disclosed;
  /** Why, for colleagues: it is none of the items, so the partner never sees it. */
  reason: string | null;
  declineReason: string | null;
  barrier: string | null;
}

export interface ReferralRecord {
  id: string;
  /** Human number, such as `R-2041`. */
  number: string;
  caseId: string;
  contactId: string | null;
  fromOrganisationId: string;
  fromDeskId: string | null;
  toOrganisationId: string;
  service: string | null;
  services: string[];
  /** Sorted. */
  items: DisclosedItem[];
  priority: Priority;
  private: boolean;
  state: ReferralState;
  /** How it ended, once it is closed: the state that it was closed in. */
  outcome: string | null;
  createdBy: string;
  createdAt: number;
  sentAt: number | null;
  receivedAt: number | null;
  answeredAt: number | null;
  /** When the partner's next word is due. */
  dueAt: number | null;
  remindedAt: number | null;
  closedAt: number | null;
  version: number;
}

/** States in which the partner's word is awaited. */
export const AWAITED: readonly ReferralState[] = ['sent', 'received', 'accepted'];
/** States in which it has left the house: the partner sees it. */
export const DISCLOSED: readonly ReferralState[] = ['sent', 'received', 'accepted', 'declined', 'service_given', 'service_not_given'];
/** States in which it may still be changed: nobody outside has seen it. */
export const CHANGEABLE: readonly ReferralState[] = ['draft', 'asked', 'consented', 'refused'];
