// Which texts a step says, and where they stand: the keys that its type names, with their own wordings for a channel, their plural forms
// and the other words of a choice. Used by the form, and by whatever adds, copies, renames or removes a step with its texts. Pure.
import { Step } from '../../../engine/flow.ts';
import type { StepType } from '../../../engine/program.ts';
import { STEPS } from '../../../engine/steps/index.ts';
import { addressOf } from '../../../release/entry.ts';
import { parseForm } from '../../../rendering/text-forms.ts';
import type { EditedFlow, EditedStep } from './edited-flow.ts';

/** Of the words besides its label that choose a choice. */
export const SYNONYMS = '.synonyms';

/** `age` in the flow school → `school:age`; a key that names its namespace stays. */
export function fullKey(flow: string, key: string): string {
  return key.includes(':') ? key : `${flow}:${key}`;
}

export function partsOfKey(full: string): { namespace: string; key: string } {
  const cut = full.indexOf(':');
  return { namespace: full.slice(0, cut), key: full.slice(cut + 1) };
}

/** `school:age` in French → `locales/fr/school.json#age`. */
export function addressOfText(full: string, language: string): string {
  const { namespace, key } = partsOfKey(full);
  return addressOf(`locales/${language}/${namespace}.json`, key);
}

/** Full keys of the texts that a step names; none where the step cannot be read. */
export function textKeysOf(flow: string, { id, raw }: Pick<EditedStep, 'id' | 'raw'>): string[] {
  const parsed = Step.safeParse(raw);
  if (!parsed.success) return [];
  const type = STEPS[parsed.data.kind].type as unknown as StepType;
  return [...new Set((type.texts?.(parsed.data, id) ?? []).map(({ key }) => fullKey(flow, key)))];
}

/** The key that a flow names, of a key as it stands in a file: `age.early.synonyms` and `age.early_sms` → `age.early`. */
export function baseOfKey(key: string): string {
  return key.endsWith(SYNONYMS) ? key.slice(0, -SYNONYMS.length) : parseForm(key).base;
}

/**
 * Keys of the flow's own texts that only these steps say.
 * @returns keys without the namespace
 */
export function ownTextKeys(flow: EditedFlow, steps: readonly string[]): string[] {
  const chosen = new Set(steps);
  const elsewhere = new Set(flow.steps.filter(({ id }) => !chosen.has(id)).flatMap((step) => textKeysOf(flow.id, step)));
  const said = flow.steps.filter(({ id }) => chosen.has(id)).flatMap((step) => textKeysOf(flow.id, step));
  return [...new Set(said)].filter((full) => !elsewhere.has(full) && full.startsWith(`${flow.id}:`)).map((full) => partsOfKey(full).key);
}

/** Whether a key of a file belongs to one of the keys that flows name. A key that a flow names by itself is never a form of another. */
export function belongsTo(key: string, keys: ReadonlySet<string>): boolean {
  return keys.has(key) || keys.has(baseOfKey(key));
}
