// Copies steps with their texts: within a flow, from another one, or from a template. Ids, text keys and names of answers that are taken
// get new ones, and what the copies say of each other follows. Used by the editor and by plan-flow-edits.ts. Pure.
import { partsOf } from '../../../release/entry.ts';
import { kindOfStep, stepOf, type EditedFlow } from './edited-flow.ts';
import type { FieldShape } from './form-fields.ts';
import type { JsonRecord, JsonValue } from './json-path.ts';
import { mapFields } from './map-fields.ts';
import { idFromText, uniqueId } from './new-id.ts';
import { withId, type NewStep } from './plan-step-edits.ts';
import { changeReferences } from './step-references.ts';
import { belongsTo, partsOfKey, textKeysOf } from './step-texts.ts';

export interface CopyRequest {
  from: EditedFlow;
  /** Which of its steps, in its order. */
  steps: readonly string[];
  into: EditedFlow;
  /** Texts of the flow `from` in every language, by address. */
  texts: ReadonlyMap<string, JsonValue>;
  /** Keys of the texts that the flow `into` has. */
  takenKeys: ReadonlySet<string>;
}

export interface CopiedSteps {
  steps: NewStep[];
  /** By their new addresses. */
  texts: Map<string, JsonValue>;
}

/** What may name an answer. */
const EXPRESSIONS: ReadonlySet<FieldShape['type']> = new Set(['cel', 'or_reference', 'string', 'topic']);

interface Names {
  steps: Map<string, string>;
  /** First part of a step's text keys: `age` of `age.early`. */
  keys: Map<string, string>;
  answers: Map<string, string>;
}

/** The copies, ready to be added to the flow `into`. */
export function copySteps({ from, steps, into, texts, takenKeys }: CopyRequest): CopiedSteps {
  const chosen = from.steps.filter(({ id }) => steps.includes(id));
  const names: Names = { steps: new Map(), keys: new Map(), answers: new Map() };
  for (const { id, raw } of chosen) nameCopy(id, raw, into, takenKeys, names);
  const keep = (to: string): string | null => names.steps.get(to) ?? (from.id === into.id ? to : null);
  const copies = chosen.map(({ id, raw }): NewStep => {
    const named = names.steps.get(id) ?? id;
    return { id: named, raw: withId(renameIn(changeReferences(raw, keep), names), named) };
  });
  return { steps: copies, texts: copyTexts(chosen, from, into, texts, names) };
}

function nameCopy(id: string, raw: JsonRecord, into: EditedFlow, takenKeys: ReadonlySet<string>, names: Names): void {
  const takenNames = new Set(names.steps.values());
  const isStep = (name: string): boolean => stepOf(into, name) !== undefined || takenNames.has(name);
  const keys = new Set(names.keys.values());
  const isKey = (name: string): boolean => keys.has(name) || hasKey(takenKeys, name);
  const roots = rootKeys(id, raw);
  const wanted = /^[a-z][a-z0-9_]{0,60}$/.test(id) ? id : idFromText(id) || 'step';
  const named = uniqueId(wanted, (name) => isStep(name) || (roots.includes(id) && isKey(name)));
  names.steps.set(id, named);
  for (const root of roots) {
    if (names.keys.has(root)) continue;
    names.keys.set(root, root === id ? named : uniqueId(root, isKey));
  }
  const before = answerOf(raw);
  const after = before === undefined || typeof raw['save'] === 'string' ? before : names.keys.get(before);
  if (before !== undefined && after !== undefined && before !== after) names.answers.set(before, after);
}

/** Whether texts stand under a key already. */
function hasKey(taken: ReadonlySet<string>, root: string): boolean {
  if (taken.has(root)) return true;
  for (const key of taken) if (key.startsWith(`${root}.`)) return true;
  return false;
}

/** First parts of the step's own text keys. A consent's texts are under its id. */
function rootKeys(id: string, raw: JsonRecord): string[] {
  const kind = kindOfStep(raw);
  if (kind === null) return [];
  const found = kind === 'consent' ? [id] : [];
  mapFields(raw, (shape, value) => {
    if (shape.type === 'text_key' && typeof value === 'string' && !value.includes(':')) found.push(value);
    return value;
  });
  return [...new Set(found)];
}

function answerOf(raw: JsonRecord): string | undefined {
  if (typeof raw['ask'] !== 'string' || raw['store'] === false) return undefined;
  return typeof raw['save'] === 'string' ? raw['save'] : raw['ask'];
}

function renameIn(raw: JsonRecord, names: Names): JsonRecord {
  return mapFields(raw, (shape, value) => {
    if (typeof value !== 'string') return value;
    if (shape.type === 'text_key') return names.keys.get(value) ?? value;
    return EXPRESSIONS.has(shape.type) ? renameAnswers(value, names.answers) : value;
  });
}

/** `answers.age == "old"` with `age` under another name. */
export function renameAnswers(expression: string, names: ReadonlyMap<string, string>): string {
  return expression.replaceAll(/\banswers\.([a-z][a-z0-9_]*)\b/g, (whole, name: string) => {
    const renamed = names.get(name);
    return renamed === undefined ? whole : `answers.${renamed}`;
  });
}

function copyTexts(
  steps: readonly NewStep[],
  from: EditedFlow,
  into: EditedFlow,
  texts: ReadonlyMap<string, JsonValue>,
  names: Names,
): Map<string, JsonValue> {
  const copied = new Map<string, JsonValue>();
  const files = new Map<string, Map<string, JsonValue>>();
  for (const [address, value] of texts) {
    const { file, key } = partsOf(address);
    if (!file.endsWith(`/${from.id}.json`)) continue;
    const keys = files.get(file) ?? new Map<string, JsonValue>();
    files.set(file, keys.set(key, value));
  }
  for (const step of steps) {
    const said = new Set(
      textKeysOf(from.id, step)
        .filter((full) => full.startsWith(`${from.id}:`))
        .map((full) => partsOfKey(full).key),
    );
    for (const root of rootKeys(step.id, step.raw)) {
      const renamed = names.keys.get(root) ?? root;
      for (const [file, keys] of files) {
        const target = file.replace(`/${from.id}.json`, `/${into.id}.json`);
        for (const [key, value] of keys)
          if (key.startsWith(root) && belongsTo(key, said)) copied.set(`${target}#${renamed}${key.slice(root.length)}`, value);
      }
    }
  }
  return copied;
}
