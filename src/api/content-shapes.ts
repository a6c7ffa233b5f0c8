// Shapes of content as editors see it: entries of a release, drafts, checks, a played conversation. Used by content-operations.ts.
import { z } from 'zod';
import type { Json } from '../domain/json.ts';
import { Time } from './common.ts';

const MAX_DEPTH = 30;

/** Any JSON, nested as deep as content ever is: what it must be is known to whoever reads it. */
export const JsonValue = z.unknown().refine((value) => isShallow(value), 'it is nested too deeply') as unknown as z.ZodType<Json, Json>;

function isShallow(value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return false;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? (Object.values(one) as unknown[]) : []));
  }
  return true;
}

/** Where content is looked at: `current`, the number of a release, or the id of a draft. */
export const ContentSource = z.string().regex(/^(current|\d{1,9}|[A-Za-z0-9_-]{10,40})$/);
/** `file#key`; see release/entry.ts. */
export const Address = z
  .string()
  .max(400)
  .regex(/^(flows|locales|test\/flows)[A-Za-z0-9_./-]*#./);
export const Tag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/);
export const Date_ = z.iso.date();
export const ENTRY_KINDS = [
  'text',
  'review',
  'words',
  'language',
  'term',
  'flow_head',
  'flow_step',
  'flow_order',
  'answer',
  'place',
  'topic',
  'locality',
  'setting',
  'transcript',
] as const;
export const TEXT_STATES = ['missing', 'drafted', 'machine-drafted', 'reviewed', 'stale'] as const;
export type TextState = (typeof TEXT_STATES)[number];

export const EntryView = z.object({
  address: z.string(),
  kind: z.enum(ENTRY_KINDS),
  /** Absent where the draft takes it away. */
  value: JsonValue.optional(),
  /** How it stands in the draft's base; absent where it is unchanged or new. */
  before: JsonValue.optional(),
  /** Only in a draft. */
  change: z.enum(['added', 'changed', 'removed']).nullable(),
  /** Number of the draft's edit that it comes from; 0 where the draft does not touch it. Give it back as `expects`. */
  revision: z.number().int(),
  by: z.string().nullable(),
  at: Time.nullable(),
});
export type EntryView = z.output<typeof EntryView>;

/** What a draft changes, told for people; see release/say-difference.ts. */
export const DifferenceView = z.object({
  address: z.string(),
  kind: z.enum(ENTRY_KINDS),
  verb: z.enum(['added', 'changed', 'removed']),
  /** Text key, id of the answer, step … */
  name: z.string(),
  flow: z.string().optional(),
  language: z.string().optional(),
  fields: z.array(z.object({ path: z.string(), before: JsonValue.optional(), after: JsonValue.optional() })),
  by: z.string().nullable(),
  at: Time.nullable(),
});
export type DifferenceView = z.output<typeof DifferenceView>;

export const ConflictView = z.object({
  address: z.string(),
  kind: z.enum(ENTRY_KINDS),
  base: JsonValue.optional(),
  mine: JsonValue.optional(),
  theirs: JsonValue.optional(),
  /** Who made theirs, where it is known. */
  by: z.string().nullable(),
  /** What to give as `expects` when it is written all the same. */
  revision: z.number().int(),
});
export type ConflictView = z.output<typeof ConflictView>;

export const ReleaseView = z.object({
  number: z.number().int(),
  hash: z.string(),
  demonstration: z.boolean(),
  publishedAt: Time,
  publishedBy: z.string().nullable(),
  title: z.string().nullable(),
  /** The release whose content was put back. */
  rolledBackTo: z.number().int().nullable(),
  current: z.boolean(),
});
export type ReleaseView = z.output<typeof ReleaseView>;

export const DRAFT_STATES = ['open', 'published', 'discarded'] as const;
export const DraftView = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(DRAFT_STATES),
  /** The release that it changes. */
  base: z.number().int(),
  /** A newer release has been published: it is merged when this is. */
  behind: z.boolean(),
  createdBy: z.string(),
  createdAt: Time,
  updatedAt: Time,
  /** Number of its newest edit. */
  revision: z.number().int(),
  /** How many entries differ. */
  changes: z.number().int(),
  submittedAt: Time.nullable(),
  publishedAs: z.number().int().nullable(),
  /** Of this revision; an approval of an earlier one no longer counts. `language`: a community's sign-off. */
  approvals: z.array(z.object({ by: z.string(), at: Time, language: z.string().nullable(), outdated: z.boolean() })),
  /** What publishing still needs: somebody else's approval, and sign-offs of languages. */
  needs: z.object({ approval: z.boolean(), languages: z.array(z.string()) }),
  /** What this caller may do with it. */
  can: z.object({ edit: z.boolean(), approve: z.boolean(), publish: z.boolean() }),
});
export type DraftView = z.output<typeof DraftView>;

export const ProblemView = z.object({
  severity: z.enum(['error', 'warning', 'info']),
  code: z.string(),
  message: z.string(),
  file: z.string(),
  line: z.number().int(),
  column: z.number().int(),
  /** The entry to open, where it is one. */
  address: z.string().nullable(),
});
export type ProblemView = z.output<typeof ProblemView>;

export const CheckView = z.object({
  revision: z.number().int(),
  problems: z.array(ProblemView),
  transcripts: z.object({
    passed: z.number().int(),
    failed: z.array(z.object({ file: z.string(), entry: z.number().int(), expected: z.string(), said: z.string() })),
  }),
});
export type CheckView = z.output<typeof CheckView>;

const TextCell = z.object({
  address: z.string(),
  value: z.union([z.string(), z.array(z.string())]).nullable(),
  state: z.enum(TEXT_STATES),
  reviewedBy: z.string().nullable(),
  reviewedOn: z.string().nullable(),
  changed: z.boolean(),
  revision: z.number().int(),
});
export type TextCell = z.output<typeof TextCell>;
export const TextRowView = z.object({
  /** `namespace:key`. */
  key: z.string(),
  /** By language tag. */
  cells: z.record(z.string(), TextCell),
  /** Where it is said: `flow school, step age`. */
  usedBy: z.array(z.object({ flow: z.string().nullable(), step: z.string().nullable() })),
});
export type TextRowView = z.output<typeof TextRowView>;

export const TextsView = z.object({
  sourceLanguage: z.string(),
  /** Of the release, the source first; `mine`: this caller may change texts in it. */
  languages: z.array(z.object({ tag: z.string(), name: z.string(), rtl: z.boolean(), required: z.boolean(), mine: z.boolean() })),
  namespaces: z.array(z.string()),
  /** Counts by language and state over everything that the filter leaves. */
  counts: z.record(z.string(), z.record(z.string(), z.number().int())),
  rows: z.array(TextRowView),
  next: z.string().nullable(),
  total: z.number().int(),
});
export type TextsView = z.output<typeof TextsView>;

/** What a person does in the preview. */
export const PlayInput = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('opened') }),
  z.object({ kind: z.literal('text'), text: z.string().max(4000) }),
  z.object({ kind: z.literal('media') }),
  /** A button that was shown, by its index in the last message that had choices. */
  z.object({ kind: z.literal('choice'), index: z.number().int().min(0).max(50) }),
  z.object({ kind: z.literal('wait'), hours: z.number().positive().max(2000) }),
]);
export type PlayInput = z.output<typeof PlayInput>;
export const PREVIEW_CHANNELS = ['sms', 'whatsapp', 'web'] as const;
export const PlayedMessage = z.object({
  text: z.string(),
  choices: z.array(z.string()),
  layout: z.string(),
  /** Only of text messages. */
  sms: z
    .object({
      encoding: z.enum(['gsm7', 'ucs2']),
      characters: z.number().int(),
      segments: z.number().int(),
      /** In the settings' currency; null where no price is set. */
      price: z.number().nullable(),
    })
    .nullable(),
});
export type PlayedMessage = z.output<typeof PlayedMessage>;
export const PlayedTurn = z.object({
  input: PlayInput,
  messages: z.array(PlayedMessage),
  /** What happened besides: `type` and what belongs to it, in the engine's words. */
  events: z.array(z.object({ type: z.string(), detail: z.record(z.string(), JsonValue) })),
  /** Answers and values of the flow after the turn. */
  variables: z.record(z.string(), JsonValue),
  flow: z.string().nullable(),
  step: z.string().nullable(),
  language: z.string().nullable(),
  owner: z.string(),
});
export type PlayedTurn = z.output<typeof PlayedTurn>;
export const PlayView = z.object({
  turns: z.array(PlayedTurn),
  currency: z.string().nullable(),
  totalPrice: z.number().nullable(),
  segments: z.number().int(),
  /** Set where the draft cannot be played: what is to be mended first. */
  problems: z.array(ProblemView),
});
export type PlayView = z.output<typeof PlayView>;

export const AskView = z.object({
  outcome: z.enum(['answer', 'choose', 'none', 'danger']),
  ranked: z.array(z.object({ id: z.string(), title: z.string(), score: z.number(), phrasing: z.string().nullable() })),
  high: z.number(),
  low: z.number(),
  problems: z.array(ProblemView),
});
export type AskView = z.output<typeof AskView>;

export const ImportNote = z.object({
  severity: z.enum(['error', 'warning', 'info']),
  code: z.string(),
  message: z.string(),
  where: z.string().nullable(),
});
export type ImportNote = z.output<typeof ImportNote>;
