// Operations on referrals: a caseworker asks for consent and sends, a partner receives, answers and reports.
// Served by http/api/, called by the console and by partners' programs.
import { z } from 'zod';
import { DISCLOSABLE } from '../domain/disclosable.ts';
import { REFERRAL_STATES } from '../domain/referral.ts';
import { Id, IdParams, LanguageTag, Time } from './common.ts';
import type { Operation } from './operation.ts';

/** The form's services (inter-agency referral form), as codes. */
export const SERVICES = [
  'psychosocial',
  'child_support',
  'family_tracing',
  'womens_services',
  'disability',
  'legal',
  'safe_shelter',
  'core_items',
  'cash',
  'health_nutrition',
  'food',
  'shelter',
  'livelihood_education',
  'other',
] as const;
const ITEM = z.enum(DISCLOSABLE);
export const ReferralView = z.object({
  id: Id,
  /** Human number, such as `R-2041`. */
  number: z.string(),
  caseId: Id.nullable().describe('Null for the receiving partner'),
  state: z.enum(REFERRAL_STATES),
  priority: z.enum(['emergency', 'urgent', 'normal']),
  from: z.object({ organisationId: Id, organisation: z.string() }),
  to: z.object({ organisationId: Id, organisation: z.string(), service: z.string().nullable() }),
  services: z.array(z.enum(SERVICES)),
  items: z.array(ITEM),
  /** What is disclosed, by item. For the partner only from `sent` on, and only what was agreed to. */
  values: z.partialRecord(ITEM, z.string()),
  /** For colleagues alone: null for the partner, because nobody agreed to it. */
  reason: z.string().nullable(),
  consent: z.object({
    askedAt: Time.nullable(),
    answeredAt: Time.nullable(),
    given: z.boolean().nullable(),
    language: LanguageTag.nullable(),
    withdrawnAt: Time.nullable(),
  }),
  declineReason: z.string().nullable(),
  /** What kept the person from the service, as the partner says. */
  barrier: z.string().nullable(),
  /** The state in which it was closed or taken back. */
  outcome: z.string().nullable(),
  dueAt: Time.nullable(),
  overdue: z.boolean(),
  createdAt: Time,
  sentAt: Time.nullable(),
  closedAt: Time.nullable(),
  version: z.number().int(),
});
export type ReferralView = z.output<typeof ReferralView>;

const Draft = z.object({
  toOrganisationId: Id,
  service: z.string().trim().max(120).nullable(),
  priority: z.enum(['emergency', 'urgent', 'normal']),
  services: z.array(z.enum(SERVICES)).min(1),
  /** Exactly what is disclosed; values that the store knows (contact, language, …) are filled in by the server. */
  items: z.array(ITEM).min(1),
  values: z.partialRecord(ITEM, z.string().trim().max(500)).default({}),
  reason: z.string().trim().max(500).nullable(),
});
const One = ReferralView;

export const referralOperations = {
  listReferrals: {
    method: 'get',
    path: '/referrals',
    summary: 'Referrals of the own desk, or to the own organisation.',
    permission: ['referral.read'],
    token: true,
    query: z.object({
      box: z.enum(['sent', 'received']).default('sent'),
      state: z.enum(REFERRAL_STATES).optional(),
      caseId: Id.optional(),
      after: z.string().max(200).optional(),
    }),
    response: z.object({ referrals: z.array(ReferralView), next: z.string().nullable() }),
  },
  readReferral: {
    method: 'get',
    path: '/referrals/{id}',
    summary: "One referral; the partner's first read marks it received.",
    permission: 'referral.read',
    token: true,
    params: IdParams,
    response: One,
  },
  draftReferral: {
    method: 'post',
    path: '/cases/{id}/referrals',
    summary: 'Draft a referral for a case.',
    permission: 'referral.write',
    params: IdParams,
    body: Draft,
    response: One,
  },
  changeReferral: {
    method: 'put',
    path: '/referrals/{id}',
    summary: 'Change a draft. Another organisation or other items need a new consent.',
    permission: 'referral.write',
    params: IdParams,
    body: Draft,
    response: One,
  },
  askConsent: {
    method: 'post',
    path: '/referrals/{id}/consent',
    summary: 'Ask the person in the chat, item by item.',
    permission: 'referral.write',
    params: IdParams,
    response: One,
  },
  sendReferral: {
    method: 'post',
    path: '/referrals/{id}/send',
    summary: 'Send it. Refused without consent for exactly these items and this organisation.',
    permission: 'referral.write',
    params: IdParams,
    response: One,
  },
  answerReferral: {
    method: 'post',
    path: '/referrals/{id}/answer',
    summary: 'The partner accepts or declines.',
    permission: 'referral.answer',
    token: true,
    params: IdParams,
    body: z.object({ accept: z.boolean(), reason: z.string().trim().max(500).optional() }),
    response: One,
  },
  reportReferral: {
    method: 'post',
    path: '/referrals/{id}/report',
    summary: 'The partner says whether the service was given.',
    permission: 'referral.answer',
    token: true,
    params: IdParams,
    body: z.object({ given: z.boolean(), barrier: z.string().trim().max(200).optional() }),
    response: One,
  },
  closeReferral: {
    method: 'post',
    path: '/referrals/{id}/close',
    summary: 'Close it and tell the person the outcome, where they agreed to be told.',
    permission: 'referral.write',
    params: IdParams,
    body: z.object({ tellPerson: z.boolean() }),
    response: One,
  },
} as const satisfies Record<string, Operation>;
