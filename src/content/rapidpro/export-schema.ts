// What a RapidPro or TextIt export holds, as far as it can be taken over. Called by read-export.ts for parsing, by all others for its types.
// Lenient: what is not known here is passed over, so that an export of a newer server can still be read.
// @see https://github.com/nyaruka/goflow (flow definitions), https://textit.com (exports)
import { z } from 'zod';

const Words = z.string().catch('');
const WordList = z
  .array(z.union([z.string(), z.number().transform(String), z.object({ text: z.string() }).transform(({ text }) => text)]).catch(''))
  .catch([]);
const Reference = z.object({ uuid: Words, name: Words }).optional().catch(undefined);

/** One action of a node. All kinds share one shape: each reads what it knows. */
const RapidAction = z.object({
  type: z.string(),
  uuid: Words,
  text: Words,
  attachments: z.array(z.unknown()).catch([]),
  quick_replies: WordList,
  templating: z.unknown().optional(),
  template: z.unknown().optional(),
  field: z.object({ key: Words, name: Words }).optional().catch(undefined),
  name: Words,
  value: Words,
  flow: Reference,
  terminal: z.boolean().catch(false),
  result_name: Words,
});
export type RapidAction = z.infer<typeof RapidAction>;

const RapidCase = z.object({ uuid: Words, type: Words, arguments: WordList, category_uuid: Words });
export type RapidCase = z.infer<typeof RapidCase>;

const RapidCategory = z.object({ uuid: z.string(), name: Words, exit_uuid: z.string().nullish().catch(null) });
type RapidCategory = z.infer<typeof RapidCategory>;

const RapidWait = z.object({
  type: Words,
  hint: z.object({ type: Words }).nullish().catch(null),
  timeout: z.object({ seconds: z.number(), category_uuid: z.string() }).nullish().catch(null),
});

const RapidRouter = z.object({
  type: z.string(),
  operand: Words,
  cases: z.array(RapidCase).catch([]),
  categories: z.array(RapidCategory).catch([]),
  default_category_uuid: z.string().nullish().catch(null),
  wait: RapidWait.nullish().catch(null),
  result_name: Words,
});
export type RapidRouter = z.infer<typeof RapidRouter>;

const RapidNode = z.object({
  uuid: z.string().min(1),
  actions: z.array(RapidAction).nullish(),
  router: RapidRouter.nullish(),
  exits: z.array(z.object({ uuid: z.string(), destination_uuid: z.string().nullish().catch(null) })).default([]),
});
export type RapidNode = z.infer<typeof RapidNode>;

/** Language → what is translated → which of its properties → the words. */
const Localization = z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()).catch({})).catch({})).catch({});

/** One flow of spec 13 or 14. */
export const RapidFlow = z.object({
  uuid: z.string().min(1),
  name: z.string().min(1),
  language: Words,
  type: Words,
  nodes: z.array(RapidNode),
  localization: Localization,
});
export type RapidFlow = z.infer<typeof RapidFlow>;

/** What tells the spec of a flow, before anything else of it is read. */
export const RapidFlowHead = z.looseObject({
  name: Words,
  spec_version: z.string().optional().catch(undefined),
  nodes: z.array(z.unknown()).optional().catch(undefined),
});

export const RapidTrigger = z.object({
  trigger_type: Words,
  keyword: z.string().nullish().catch(null),
  keywords: WordList,
  flow: Reference,
});
export type RapidTrigger = z.infer<typeof RapidTrigger>;

/** A whole export. Flows are read one by one, so that a broken one does not take the others with it. */
export const RapidExport = z.object({
  flows: z.array(z.unknown()),
  triggers: z.array(RapidTrigger.catch({ trigger_type: '', keyword: null, keywords: [], flow: undefined })).catch([]),
  campaigns: z.array(z.unknown()).catch([]),
  groups: z.array(z.unknown()).catch([]),
});
