// Operations on cases: the inbox, a conversation, and everything that a caseworker does with it.
// Served by http/api/, called by the console and (where `token` stands) by partners' programs.
import { z } from 'zod';
import { Id, IdParams, LanguageTag, Time } from './common.ts';
import type { Operation } from './operation.ts';

/** A line of the inbox. Of a private case its topic and summary are null for everybody. */
export const CaseItem = z.object({
  id: Id,
  /** Short name of the person in this case, such as `7f3a`; never derived from a number. */
  alias: z.string(),
  status: z.enum(['waiting', 'claimed', 'closed']),
  /** A ticket: the flow still answers, because it came out of hours or nobody is there. */
  ticket: z.boolean(),
  priority: z.enum(['emergency', 'urgent', 'normal']),
  private: z.boolean(),
  topic: z.string().nullable(),
  language: LanguageTag.nullable(),
  channel: z.string(),
  deskId: Id.nullable(),
  assignee: z.object({ id: z.string(), alias: z.string() }).nullable(),
  /** The person asked for a woman or a man. */
  genderWanted: z.enum(['woman', 'man']).nullable(),
  /** Nobody on shift has the language: an interpreter is needed, or is there. */
  interpreter: z.enum(['needed', 'invited', 'joined']).nullable(),
  callbackAt: Time.nullable(),
  openedAt: Time,
  /** When the person began to wait for an answer of people; null when they have one. */
  waitingSince: Time.nullable(),
  dueAt: Time.nullable(),
  closedAt: Time.nullable(),
  /** Number of the newest message of the conversation; grows with each. */
  lastSequence: z.number().int(),
  /** Messages of the person after the last one of people. */
  unanswered: z.number().int(),
  /** Grows with every change of the case. */
  version: z.number().int(),
});
export type CaseItem = z.output<typeof CaseItem>;

/** One entry of a conversation as staff see it, in order of `at`, then `key`. */
export const TimelineItem = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('message'),
    key: z.string(),
    id: Id,
    sequence: z.number().int(),
    from: z.enum(['person', 'service', 'staff']),
    by: z.string().nullable().describe('Alias of the caseworker or interpreter who wrote it'),
    text: z.string(),
    language: LanguageTag.nullable(),
    direction: z.enum(['ltr', 'rtl']),
    status: z.enum(['queued', 'sent', 'delivered', 'read', 'failed', 'cancelled', 'held']).nullable(),
    /** Why it failed, as a sentence for staff. */
    fault: z.string().nullable(),
    media: z.array(z.object({ id: Id, kind: z.enum(['image', 'audio', 'video', 'file']), contentType: z.string(), gone: z.boolean() })),
    at: Time,
  }),
  z.object({ type: z.literal('note'), key: z.string(), id: Id, by: z.string(), text: z.string(), mentions: z.array(z.string()), at: Time }),
  z.object({
    type: z.literal('event'),
    key: z.string(),
    kind: z.string().describe('opened, claimed, released, transferred, escalated, closed, reopened, interpreter_invited, …'),
    by: z.string().nullable(),
    to: z.string().nullable(),
    at: Time,
  }),
]);
export type TimelineItem = z.output<typeof TimelineItem>;

/** How the person can be written to just now. */
export const Reach = z.object({
  /** `open`: any text goes out. `template`: only an approved template, or SMS, or later. `off`: channel switched off. `stopped`: nothing may be sent. */
  state: z.enum(['open', 'template', 'off', 'stopped']),
  /** End of WhatsApp's 24-hour window; null where there is none. */
  windowEndsAt: Time.nullable(),
  templates: z.array(z.object({ id: z.string(), language: LanguageTag, text: z.string() })),
  /** The person agreed to SMS and a number is known. */
  smsAgreed: z.boolean(),
});

/** A case, opened. */
export const CaseView = z.object({
  item: CaseItem,
  summary: z.string().nullable(),
  reason: z.string(),
  locality: z.string().nullable(),
  keeping: z.enum(['standard', 'session']),
  reach: Reach,
  /** Earlier episodes of the same person: hour, topics, outcome; no words. */
  history: z.array(z.object({ hour: Time, topics: z.array(z.string()), outcome: z.string().nullable(), answers: z.array(z.string()) })),
  timeline: z.array(TimelineItem),
  /** Caseworkers who may take it, for a transfer; interpreters who have its language. */
  colleagues: z.array(
    z.object({ id: Id, alias: z.string(), languages: z.array(LanguageTag), onShift: z.boolean(), load: z.number().int() }),
  ),
  interpreters: z.array(z.object({ id: Id, alias: z.string(), onShift: z.boolean() })),
  participants: z.array(z.object({ id: Id, alias: z.string(), role: z.literal('interpreter'), joined: z.boolean() })),
  may: z.array(z.enum(['claim', 'release', 'reply', 'note', 'transfer', 'close', 'refer', 'see_number', 'interpret', 'assign'])),
});
export type CaseView = z.output<typeof CaseView>;

export const CasePage = z.object({
  cases: z.array(CaseItem),
  /** For `after`; null at the end. */
  next: z.string().nullable(),
  counts: z.object({
    mine: z.number(),
    waiting: z.number(),
    tickets: z.number(),
    claimed: z.number(),
    overdue: z.number(),
    private: z.number(),
  }),
  /** Where a stream goes on from here without a gap. */
  cursor: z.string(),
});

/** Who is looking at a case or writing in it. */
export const Presence = z.object({ caseId: Id, staff: z.array(z.object({ id: Id, alias: z.string(), typing: z.boolean() })) });

/** One event of `GET /stream` (server-sent, `id:` is the cursor). `resync`: the cursor is too old, load everything again. */
export const StreamEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('cases'), cases: z.array(CaseItem), removed: z.array(Id) }),
  z.object({ type: z.literal('presence'), presence: z.array(Presence) }),
  z.object({ type: z.literal('changed'), what: z.enum(['referrals', 'complaints', 'people', 'shifts', 'me']) }),
  z.object({ type: z.literal('resync') }),
]);
export type StreamEvent = z.output<typeof StreamEvent>;

const ReplyBody = z.object({
  /** Made by the client; the same id again sends nothing twice. */
  id: z.uuid(),
  text: z.string().trim().min(1).max(4000),
  /** `now` unless the window is closed: by template, by SMS where agreed, or kept until the person writes. */
  how: z.enum(['now', 'template', 'sms', 'when_they_write']).default('now'),
  template: z.string().optional(),
});
const Done = z.object({ item: CaseItem });
const QUEUES = ['mine', 'waiting', 'tickets', 'claimed', 'overdue', 'private', 'closed', 'interpreting'] as const;

export const caseOperations = {
  listCases: {
    method: 'get',
    path: '/cases',
    summary: 'The inbox: cases of the own desks, most urgent and longest waiting first.',
    permission: ['case.read', 'case.interpret'],
    query: z.object({
      queue: z.enum(QUEUES).default('waiting'),
      language: LanguageTag.optional(),
      deskId: Id.optional(),
      after: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    response: CasePage,
  },
  readCase: {
    method: 'get',
    path: '/cases/{id}',
    summary: 'A case with its conversation. Reading it is audited.',
    permission: ['case.read', 'case.interpret'],
    params: IdParams,
    response: CaseView,
  },
  readTimeline: {
    method: 'get',
    path: '/cases/{id}/timeline',
    summary: 'What came after a message number, and entries whose state changed since.',
    permission: ['case.read', 'case.interpret'],
    params: IdParams,
    query: z.object({ after: z.coerce.number().int().default(0) }),
    response: z.object({ item: CaseItem, reach: Reach, timeline: z.array(TimelineItem) }),
  },
  claimCase: {
    method: 'post',
    path: '/cases/{id}/claim',
    summary: 'Take a case; of two who try, one wins.',
    permission: 'case.act',
    params: IdParams,
    response: Done,
  },
  releaseCase: {
    method: 'post',
    path: '/cases/{id}/release',
    summary: 'Give a case back to the queue.',
    permission: 'case.act',
    params: IdParams,
    response: Done,
  },
  transferCase: {
    method: 'post',
    path: '/cases/{id}/transfer',
    summary: 'Give a case to a colleague or a desk, with a private note.',
    permission: 'case.act',
    params: IdParams,
    body: z.object({ toStaffId: Id.optional(), toDeskId: Id.optional(), note: z.string().trim().max(4000).optional() }),
    response: Done,
  },
  closeCase: {
    method: 'post',
    path: '/cases/{id}/close',
    summary: 'Close a case: the person gets the closing text and is asked for a rating.',
    permission: 'case.act',
    params: IdParams,
    body: z.object({
      outcome: z.enum(['answered', 'referred', 'no_service', 'no_reply', 'other']),
      /** Ask whether we may ask again in so many days how it went. */
      followUpDays: z.number().int().min(1).max(60).optional(),
    }),
    response: Done,
  },
  replyToPerson: {
    method: 'post',
    path: '/cases/{id}/replies',
    summary: 'Write to the person; takes the case over.',
    permission: ['case.act', 'case.interpret'],
    params: IdParams,
    body: ReplyBody,
    response: Done,
  },
  cancelReply: {
    method: 'delete',
    path: '/cases/{id}/replies/{replyId}',
    summary: 'Take back a reply that is kept until the person writes.',
    permission: 'case.act',
    params: z.object({ id: Id, replyId: Id }),
    response: Done,
  },
  writeNote: {
    method: 'post',
    path: '/cases/{id}/notes',
    summary: 'A private note; it never reaches the person.',
    permission: ['case.act', 'case.interpret'],
    params: IdParams,
    body: z.object({ id: z.uuid(), text: z.string().trim().min(1).max(4000), mentions: z.array(Id).max(20).default([]) }),
    response: Done,
  },
  changeCase: {
    method: 'patch',
    path: '/cases/{id}',
    summary: 'Change priority, topic, or the time agreed for a call-back.',
    permission: 'case.act',
    params: IdParams,
    body: z.object({
      priority: z.enum(['emergency', 'urgent', 'normal']).optional(),
      topic: z.string().max(20).optional(),
      callbackAt: Time.nullable().optional(),
    }),
    response: Done,
  },
  inviteInterpreter: {
    method: 'post',
    path: '/cases/{id}/interpreter',
    summary: 'Invite an interpreter into this conversation.',
    permission: 'case.act',
    params: IdParams,
    body: z.object({ staffId: Id }),
    response: Done,
  },
  dismissInterpreter: {
    method: 'delete',
    path: '/cases/{id}/interpreter',
    summary: 'End the invitation: the interpreter sees nothing of it any more.',
    permission: 'case.act',
    params: IdParams,
    response: Done,
  },
  seeNumber: {
    method: 'post',
    path: '/cases/{id}/number',
    summary: 'The number that the person writes from. The look is audited.',
    permission: 'contact.see_number',
    params: IdParams,
    response: z.object({ number: z.string().nullable() }),
  },
  tellPresence: {
    method: 'post',
    path: '/cases/{id}/presence',
    summary: 'Say that one is looking or typing; forgotten after 30 seconds.',
    permission: ['case.read', 'case.interpret'],
    params: IdParams,
    body: z.object({ state: z.enum(['looking', 'typing', 'gone']) }),
  },
  listReplies: {
    method: 'get',
    path: '/canned-replies',
    summary: 'Reviewed replies with their shortcuts, in one language.',
    permission: 'case.act',
    query: z.object({ language: LanguageTag }),
    response: z.object({
      replies: z.array(z.object({ shortcut: z.string(), text: z.string(), language: LanguageTag, reviewed: z.boolean() })),
    }),
  },
  readMedia: {
    method: 'get',
    path: '/cases/{id}/media/{mediaId}',
    summary: 'A picture or voice note, without its metadata.',
    permission: ['case.read', 'case.interpret'],
    params: z.object({ id: Id, mediaId: Id }),
  },
  stream: {
    method: 'get',
    path: '/stream',
    summary: 'Server-sent events: changed cases, presence. Last-Event-ID or `cursor` says where to go on.',
    permission: 'signed_in',
    query: z.object({ cursor: z.string().max(100).optional() }),
  },
} as const satisfies Record<string, Operation>;
