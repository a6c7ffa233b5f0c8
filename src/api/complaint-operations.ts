// Operations on complaints: who may read one is decided by the query (conflict rule), not only by the permission.
// Served by http/api/, called by the console.
import { z } from 'zod';
import { Id, Time } from './common.ts';
import type { Operation } from './operation.ts';

const NumberParams = z.object({ number: z.string().regex(/^Q-\d{4,8}$/) });
export const COMPLAINT_STATES = ['received', 'looking', 'answered', 'closed'] as const;
export const COMPLAINT_ACTIONS = [
  'apologised',
  'corrected',
  'service_changed',
  'referred',
  'investigated',
  'not_upheld',
  'no_action_possible',
  'other',
] as const;

export const ComplaintView = z.object({
  number: z.string(),
  about: z.string(),
  sensitive: z.boolean(),
  state: z.enum(COMPLAINT_STATES),
  text: z.string().nullable(),
  place: z.string().nullable(),
  wantsContact: z.boolean(),
  handler: z.object({ id: Id, alias: z.string() }).nullable(),
  createdAt: Time,
  acknowledgedAt: Time.nullable(),
  dueAt: Time,
  overdue: z.boolean(),
  answeredAt: Time.nullable(),
  closedAt: Time.nullable(),
  action: z.enum(COMPLAINT_ACTIONS).nullable(),
  closingText: z.string().nullable(),
  satisfied: z.boolean().nullable(),
  reopened: z.number().int(),
  notes: z.array(z.object({ id: Id, by: z.string(), text: z.string(), at: Time })),
});
export type ComplaintView = z.output<typeof ComplaintView>;

const HANDLE = ['complaint.handle', 'complaint.handle_sensitive'] as const;

export const complaintOperations = {
  listComplaints: {
    method: 'get',
    path: '/complaints',
    summary: 'Complaints that one may handle, the most overdue first.',
    permission: HANDLE,
    query: z.object({ state: z.enum(COMPLAINT_STATES).optional(), after: z.string().max(100).optional() }),
    response: z.object({
      complaints: z.array(ComplaintView.omit({ text: true, notes: true, closingText: true })),
      next: z.string().nullable(),
    }),
  },
  readComplaint: {
    method: 'get',
    path: '/complaints/{number}',
    summary: 'One complaint. Reading it is audited.',
    permission: HANDLE,
    params: NumberParams,
    response: ComplaintView,
  },
  takeComplaint: {
    method: 'post',
    path: '/complaints/{number}/take',
    summary: 'Begin to look into it.',
    permission: HANDLE,
    params: NumberParams,
    response: ComplaintView,
  },
  noteComplaint: {
    method: 'post',
    path: '/complaints/{number}/notes',
    summary: 'A private note.',
    permission: HANDLE,
    params: NumberParams,
    body: z.object({ id: z.uuid(), text: z.string().trim().min(1).max(4000) }),
    response: ComplaintView,
  },
  answerComplaint: {
    method: 'post',
    path: '/complaints/{number}/answer',
    summary: 'Say what was done: the person gets it and is asked whether they are satisfied.',
    permission: HANDLE,
    params: NumberParams,
    body: z.object({ action: z.enum(COMPLAINT_ACTIONS), text: z.string().trim().min(1).max(1000) }),
    response: ComplaintView,
  },
  closeComplaint: {
    method: 'post',
    path: '/complaints/{number}/close',
    summary: 'Close it.',
    permission: HANDLE,
    params: NumberParams,
    response: ComplaintView,
  },
} as const satisfies Record<string, Operation>;
