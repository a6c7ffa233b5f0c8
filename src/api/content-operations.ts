// Operations on content: releases, drafts with their entries, checks, preview, exchange, proposals. Served by http/api/content*.ts, called by the
// console. Who may change which entry (a translator only their languages, a partner only their places) is runtime/content's business.
import { z } from 'zod';
import { Time } from './common.ts';
import {
  Address,
  AskView,
  CheckView,
  ConflictView,
  ContentSource,
  Date_,
  DifferenceView,
  DraftView,
  ENTRY_KINDS,
  EntryView,
  ImportNote,
  JsonValue,
  PlayInput,
  PlayView,
  PREVIEW_CHANNELS,
  ReleaseView,
  Tag,
  TEXT_STATES,
  TextsView,
} from './content-shapes.ts';
import type { Operation } from './operation.ts';

const LOOK = ['content.edit', 'content.translate', 'content.review', 'place.propose', 'settings.manage'] as const;
const CHANGE = ['content.edit', 'content.translate', 'place.propose', 'settings.manage'] as const;
const DECIDE = ['content.edit', 'content.review'] as const;
const DraftParams = z.object({ id: z.string().min(10).max(40) });
const SourceParams = z.object({ source: ContentSource });
/** An upload may be so long: 10 MB, written in base64. */
export const MAX_UPLOAD_BYTES = 14_000_000;

export const contentOperations = {
  listReleases: {
    method: 'get',
    path: '/content/releases',
    summary: 'Releases, the newest first.',
    permission: LOOK,
    query: z.object({ before: z.coerce.number().int().optional() }),
    response: z.object({ releases: z.array(ReleaseView) }),
  },
  rollBack: {
    method: 'post',
    path: '/content/releases/{number}/roll-back',
    summary: 'Put the content of an earlier release back, as the next release.',
    permission: DECIDE,
    params: z.object({ number: z.coerce.number().int().positive() }),
    response: z.object({ number: z.number().int() }),
  },
  compareContent: {
    method: 'get',
    path: '/content/compare',
    summary: 'What differs between two releases or drafts, in words.',
    permission: LOOK,
    query: z.object({ from: ContentSource, to: ContentSource }),
    response: z.object({ differences: z.array(DifferenceView), total: z.number().int() }),
  },
  listDrafts: {
    method: 'get',
    path: '/content/drafts',
    summary: 'Drafts that are open, then the last ones that ended.',
    permission: LOOK,
    response: z.object({ drafts: z.array(DraftView) }),
  },
  createDraft: {
    method: 'post',
    path: '/content/drafts',
    summary: 'Begin a draft on top of the current release.',
    permission: CHANGE,
    body: z.object({ title: z.string().trim().min(1).max(120) }),
    response: DraftView,
  },
  readDraft: {
    method: 'get',
    path: '/content/drafts/{id}',
    summary: 'One draft with its differences, comments, and what a newer release changed as well.',
    permission: LOOK,
    params: DraftParams,
    response: DraftView.extend({
      differences: z.array(DifferenceView),
      /** Entries that a newer release changed otherwise; to be decided before it can be published. */
      conflicts: z.array(ConflictView),
      comments: z.array(z.object({ id: z.string(), by: z.string(), at: Time, address: z.string().nullable(), text: z.string() })),
    }),
  },
  renameDraft: {
    method: 'patch',
    path: '/content/drafts/{id}',
    summary: 'Give it another title.',
    permission: CHANGE,
    params: DraftParams,
    body: z.object({ title: z.string().trim().min(1).max(120) }),
    response: DraftView,
  },
  discardDraft: {
    method: 'post',
    path: '/content/drafts/{id}/discard',
    summary: 'Give it up. Its edits are kept to be looked at.',
    permission: CHANGE,
    params: DraftParams,
    response: DraftView,
  },
  readEntries: {
    method: 'get',
    path: '/content/{source}/entries',
    summary: 'Entries of a release or a draft.',
    permission: LOOK,
    params: SourceParams,
    query: z.object({
      /** Kinds, with commas between. */
      kinds: z.string().max(200).optional(),
      file: z.string().max(200).optional(),
      /** Only what the draft changes. */
      changed: z.literal('true').optional(),
    }),
    response: z.object({ revision: z.number().int(), entries: z.array(EntryView) }),
  },
  searchContent: {
    method: 'get',
    path: '/content/{source}/search',
    summary: 'Where words or an id stand: texts, answers, steps, places.',
    permission: LOOK,
    params: SourceParams,
    query: z.object({ q: z.string().trim().min(2).max(200) }),
    response: z.object({
      hits: z.array(
        z.object({
          address: z.string(),
          kind: z.enum(ENTRY_KINDS),
          language: z.string().nullable(),
          /** The words around. */
          excerpt: z.string(),
          usedBy: z.array(z.object({ flow: z.string().nullable(), step: z.string().nullable() })),
        }),
      ),
    }),
  },
  readTexts: {
    method: 'get',
    path: '/content/{source}/texts',
    summary: 'Texts by key and language, with their states.',
    permission: LOOK,
    params: SourceParams,
    query: z.object({
      /** Languages to show, with commas between; the source language is always there. */
      languages: z.string().max(200).optional(),
      namespace: z.string().max(60).optional(),
      /** Rows where one of the languages shown is in this state. */
      state: z.enum(TEXT_STATES).optional(),
      changed: z.literal('true').optional(),
      q: z.string().max(200).optional(),
      after: z.string().max(200).optional(),
    }),
    response: TextsView,
  },
  editDraft: {
    method: 'post',
    path: '/content/drafts/{id}/edits',
    summary: 'Change entries. Nothing is written where somebody else changed one of them since it was read.',
    permission: CHANGE,
    params: DraftParams,
    body: z.object({
      edits: z
        .array(
          z.object({
            address: Address,
            /** The new value; leave it out to take the entry away. */
            value: JsonValue.optional(),
            /** The revision of the entry as it was read. */
            expects: z.number().int().min(0),
          }),
        )
        .min(1)
        .max(500),
      /** A changed source text still means the same: its translations stay as they are. */
      sameMeaning: z.boolean().default(false),
    }),
    response: z.object({
      applied: z.boolean(),
      revision: z.number().int(),
      conflicts: z.array(ConflictView),
      entries: z.array(EntryView),
    }),
  },
  revertEntry: {
    method: 'post',
    path: '/content/drafts/{id}/revert',
    summary: 'Put entries back as they stand in the base.',
    permission: CHANGE,
    params: DraftParams,
    body: z.object({ addresses: z.array(Address).min(1).max(500) }),
    response: DraftView,
  },
  undoEdit: {
    method: 'post',
    path: '/content/drafts/{id}/undo',
    summary: 'Take back the last thing that one did in this draft.',
    permission: CHANGE,
    params: DraftParams,
    response: z.object({ undone: z.array(z.string()), revision: z.number().int() }),
  },
  signTexts: {
    method: 'post',
    path: '/content/drafts/{id}/sign',
    summary: 'Mark texts as reviewed by oneself, today; or take that back.',
    permission: 'content.review',
    params: DraftParams,
    body: z.object({ addresses: z.array(Address).min(1).max(500), reviewed: z.boolean() }),
    response: DraftView,
  },
  signAnswer: {
    method: 'post',
    path: '/content/drafts/{id}/sign-answer',
    summary: 'Mark an answer as checked against its source by oneself, today, and say when it is to be checked again.',
    permission: 'content.review',
    params: DraftParams,
    body: z.object({ address: Address, reviewBy: Date_ }),
    response: DraftView,
  },
  signEmergencyNumber: {
    method: 'post',
    path: '/content/drafts/{id}/sign-emergency-number',
    summary: 'Give a locality its emergency number, signed by oneself; without a number it is taken away.',
    permission: ['settings.manage', 'content.review'],
    params: DraftParams,
    body: z.object({ locality: z.string().max(20), number: z.string().trim().min(2).max(20).nullable() }),
    response: DraftView,
  },
  signPrivateLane: {
    method: 'post',
    path: '/content/drafts/{id}/sign-private-lane',
    summary: 'Open the private lane in a language in one’s own name, once all its texts are reviewed; or close it.',
    permission: 'content.review',
    params: DraftParams,
    body: z.object({ language: Tag, signed: z.boolean() }),
    response: DraftView,
  },
  resolveConflicts: {
    method: 'post',
    path: '/content/drafts/{id}/resolve',
    summary: 'Move a draft onto the current release; say which of the two stands where both changed the same.',
    permission: CHANGE,
    params: DraftParams,
    body: z.object({ resolutions: z.array(z.object({ address: Address, take: z.enum(['mine', 'theirs']) })).max(500) }),
    response: DraftView,
  },
  commentDraft: {
    method: 'post',
    path: '/content/drafts/{id}/comments',
    summary: 'Say something about the draft or one of its entries.',
    permission: LOOK,
    params: DraftParams,
    body: z.object({ id: z.uuid(), address: Address.nullable(), text: z.string().trim().min(1).max(2000) }),
  },
  submitDraft: {
    method: 'post',
    path: '/content/drafts/{id}/submit',
    summary: 'Ask for a review.',
    permission: CHANGE,
    params: DraftParams,
    response: DraftView,
  },
  approveDraft: {
    method: 'post',
    path: '/content/drafts/{id}/approve',
    summary: 'Approve a revision that one did not write; with a language, as the sign-off of its community.',
    permission: 'content.review',
    params: DraftParams,
    body: z.object({ revision: z.number().int(), language: Tag.nullable() }),
    response: DraftView,
  },
  checkDraft: {
    method: 'post',
    path: '/content/drafts/{id}/check',
    summary: 'Run every check and every transcript.',
    permission: LOOK,
    params: DraftParams,
    response: CheckView,
  },
  publishDraft: {
    method: 'post',
    path: '/content/drafts/{id}/publish',
    summary: 'Publish a revision: after every check, transcript and approval that is needed.',
    permission: DECIDE,
    params: DraftParams,
    body: z.object({ revision: z.number().int() }),
    response: z.object({
      /** Null where it was not published. */
      number: z.number().int().nullable(),
      check: CheckView.nullable(),
      conflicts: z.array(ConflictView),
      needs: DraftView.shape.needs,
    }),
  },
  playContent: {
    method: 'post',
    path: '/content/{source}/play',
    summary: 'Play a conversation from its beginning with the real engine. Nothing is sent or kept.',
    permission: LOOK,
    params: SourceParams,
    body: z.object({
      channel: z.enum(PREVIEW_CHANNELS),
      language: Tag.nullable(),
      /** Begin in this flow, at this step; null: as somebody who writes for the first time. */
      flow: z.string().max(60).nullable(),
      step: z.string().max(80).nullable(),
      staffed: z.boolean().default(true),
      /** ISO time at which it begins; now where it is left out. */
      at: z.iso.datetime({ offset: true }).optional(),
      /** false: without the pinned alert, as tests play it. */
      alert: z.boolean().optional(),
      inputs: z.array(PlayInput).max(100),
    }),
    response: PlayView,
  },
  askContent: {
    method: 'post',
    path: '/content/{source}/ask',
    summary: 'Try a question on the answer search: what it would find, with scores.',
    permission: LOOK,
    params: SourceParams,
    body: z.object({ question: z.string().trim().min(1).max(500), language: Tag, locality: z.string().max(20).nullable() }),
    response: AskView,
  },
  exportContent: {
    method: 'post',
    path: '/content/{source}/export',
    summary: 'Write texts for translators, the directory, or the whole content as files.',
    permission: LOOK,
    params: SourceParams,
    body: z.object({ format: z.enum(['po', 'xliff', 'i18next', 'hsds_json', 'hsds_csv']), language: Tag.nullable() }),
    response: z.object({ files: z.array(z.object({ name: z.string(), type: z.string(), base64: z.string() })) }),
  },
  importContent: {
    method: 'post',
    path: '/content/drafts/{id}/import',
    summary: 'Take a file in as edits of a draft; `dryRun` only reports. Nothing is half imported.',
    permission: CHANGE,
    params: DraftParams,
    maxBytes: MAX_UPLOAD_BYTES,
    body: z.object({
      format: z.enum(['po', 'xliff', 'i18next', 'hsds', 'rapidpro']),
      files: z
        .array(z.object({ name: z.string().max(200), base64: z.base64() }))
        .min(1)
        .max(40),
      /** Texts: of which language, where the file does not say. */
      language: Tag.nullable().default(null),
      overwriteReviewed: z.boolean().default(false),
      /** Directory: where places are that do not say it, and what they are for. */
      locality: z.string().max(20).nullable().default(null),
      topic: z.string().max(20).nullable().default(null),
      dryRun: z.boolean(),
    }),
    response: z.object({ changes: z.number().int(), applied: z.boolean(), notes: z.array(ImportNote), revision: z.number().int() }),
  },
  listQuestions: {
    method: 'get',
    path: '/content/questions',
    summary: 'Questions that found no answer, for as long as their messages are kept. Looking at them is audited.',
    permission: 'question.read',
    query: z.object({ language: Tag.optional(), after: z.string().max(100).optional() }),
    response: z.object({
      questions: z.array(z.object({ id: z.string(), at: Time, language: z.string(), text: z.string() })),
      next: z.string().nullable(),
    }),
  },
} as const satisfies Record<string, Operation>;
