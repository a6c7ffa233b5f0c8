// Whether a value fits its entry: by the schemas of domain/content.ts and of the flows' steps. Called before an edit is stored, so that
// a draft can always be opened again; what fits together is the checks' business. Pure.
import type { z } from 'zod';
import { Answer, GlossaryTerm, HotlineSettings, Locality, Place, Topic } from '../../domain/content.ts';
import { partsOf, type EntryKind, type Json } from '../../release/entry.ts';
import { Transcript } from '../../release/transcript.ts';

/** The longest text or list of words that an entry may hold, in characters of JSON. */
const MAX_CHARS = 100_000;
const MAX_TEXT = 8000;

const SCHEMAS: Partial<Record<EntryKind, z.ZodType>> = {
  answer: Answer,
  place: Place,
  topic: Topic,
  locality: Locality,
  term: GlossaryTerm,
  transcript: Transcript,
};

/** What is wrong with a value, as a sentence that says what to do; null where it fits. */
export function findMisfit(address: string, kind: EntryKind, value: Json): string | null {
  if (JSON.stringify(value).length > MAX_CHARS) return 'This is too long: split it.';
  const { key } = partsOf(address);
  if (kind === 'text') return textMisfit(value);
  if (kind === 'flow_step') return isObject(value) ? null : 'A step is a mapping, such as { say: hello }.';
  if (kind === 'flow_order')
    return Array.isArray(value) && value.every((id) => typeof id === 'string') && new Set(value).size === value.length
      ? null
      : 'The order of steps is a list of their ids, each once.';
  if (kind === 'setting') return settingMisfit(key, value);
  const schema = SCHEMAS[kind];
  if (schema === undefined) return null;
  const misfit = schemaMisfit(schema, value);
  if (misfit !== null) return misfit;
  // Only a developer writes those: one that is badly made can run for ever.
  if (kind === 'transcript')
    return (value as readonly Json[]).some((entry) => /^\/.*\/[a-z]*$/s.test((entry as { bot?: string }).bot ?? ''))
      ? 'Write the words themselves: regular expressions are not taken here.'
      : null;
  const own = (value as { id?: Json; code?: Json }).id ?? (value as { code?: Json }).code;
  return own === key ? null : `The id of an entry stays as it is ("${key}"): add a new entry instead.`;
}

function textMisfit(value: Json): string | null {
  const items = Array.isArray(value) ? value : [value];
  if (!items.every((item) => typeof item === 'string')) return 'A text is words, or a list of them.';
  return (items as string[]).some((item) => item.length > MAX_TEXT) ? `A text has at most ${MAX_TEXT} characters.` : null;
}

function settingMisfit(key: string, value: Json): string | null {
  const schema = (HotlineSettings.shape as Record<string, z.ZodType | undefined>)[key];
  return schema === undefined ? `There is no setting "${key}".` : schemaMisfit(schema, value);
}

function schemaMisfit(schema: z.ZodType, value: Json): string | null {
  const parsed = schema.safeParse(value);
  if (parsed.success) return null;
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String).join('.') ?? '';
  return `${field === '' ? 'This' : `"${field}"`} is not right: ${issue?.message ?? 'it cannot be read'}.`;
}

const isObject = (value: Json): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
