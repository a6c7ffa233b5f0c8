// What a step of some type may say, as fields of a form: read from the type's own schema, so that a new step type has a form by itself.
// Used by step-form.tsx and by whatever must find all places of a step that name another. Pure.
import { z } from 'zod';
import { TopicCode } from '../../../domain/content.ts';
import { AnswerName, Cel, ChoiceId, commonKeys, Conditions, FlowId, Next, Params, StepRef, TextKey } from '../../../engine/steps/common.ts';
import { STEPS, type StepKind } from '../../../engine/steps/index.ts';
import type { JsonValue } from './json-path.ts';

/** How a value is written and shown. */
export type FieldShape =
  /** Whole texts, steps, flows, answers and topics, by their ids. */
  | { type: 'text_key' | 'step' | 'flow' | 'entry' | 'topic' | 'name' | 'choice' | 'next' | 'conditions' | 'params' | 'raw' }
  /** An expression; `plain`: a number, true, false or null may stand for one. */
  | { type: 'cel'; plain: boolean }
  | { type: 'string'; maxChars: number | null }
  | { type: 'number'; isWhole: boolean; min: number | null; max: number | null }
  | { type: 'boolean' }
  | { type: 'enum'; options: readonly string[] }
  | { type: 'literal'; value: JsonValue }
  /** A value of the inner kind, or the name of an answer that has it. */
  | { type: 'or_reference'; of: FieldShape }
  | { type: 'list'; item: FieldShape }
  | { type: 'map'; key: FieldShape; value: FieldShape }
  | { type: 'group'; fields: readonly FormField[] }
  | { type: 'union'; options: readonly FieldShape[] };

export interface FormField {
  key: string;
  shape: FieldShape;
  isRequired: boolean;
  /** What holds where nothing is written. */
  usual: JsonValue | undefined;
  /** The schema's own words, for fields that the form has none for. */
  explained: string | undefined;
}

/** Shapes that are known by what they are, not by how they are written. */
const ROLES: readonly [z.ZodType, FieldShape][] = [
  [TextKey, { type: 'text_key' }],
  [StepRef, { type: 'step' }],
  [FlowId, { type: 'flow' }],
  [TopicCode, { type: 'topic' }],
  [AnswerName, { type: 'name' }],
  [ChoiceId, { type: 'choice' }],
  [Next, { type: 'next' }],
  [Conditions, { type: 'conditions' }],
  [Params, { type: 'params' }],
  [Cel, { type: 'cel', plain: false }],
];

/** Where a schema takes any text, but only some make sense. */
const ROLES_BY_PLACE: Readonly<Record<string, FieldShape>> = {
  'log.log.topic': { type: 'topic' },
  'answer.answer': { type: 'union', options: [{ type: 'entry' }, searchShape(), { type: 'literal', value: 'pending' }] },
};

function searchShape(): FieldShape {
  const search: FormField = {
    key: 'search',
    shape: { type: 'cel', plain: false },
    isRequired: true,
    usual: undefined,
    explained: undefined,
  };
  return { type: 'group', fields: [search] };
}

const known = new Map<StepKind, { own: readonly FormField[]; common: readonly FormField[] }>();

/** The fields of a step type: its own, its type key first, and those that every step may have. */
export function fieldsOf(kind: StepKind): { own: readonly FormField[]; common: readonly FormField[] } {
  let fields = known.get(kind);
  if (fields === undefined) {
    const all = fieldsOfShape(STEPS[kind].schema.shape, kind);
    const own = all.filter(({ key }) => !Object.hasOwn(commonKeys, key));
    fields = { own, common: all.filter(({ key }) => Object.hasOwn(commonKeys, key)) };
    known.set(kind, fields);
  }
  return fields;
}

function fieldsOfShape(shape: z.ZodRawShape, place: string): FormField[] {
  return Object.entries(shape).map(([key, schema]) => fieldOf(key, schema as z.ZodType, `${place}.${key}`));
}

function fieldOf(key: string, schema: z.ZodType, place: string): FormField {
  let inner = schema;
  let explained = schema.description;
  let isRequired = true;
  let usual: JsonValue | undefined;
  for (let wrapped = unwrap(inner); wrapped !== null; wrapped = unwrap(inner)) {
    isRequired = false;
    if (wrapped.usual !== undefined) usual = wrapped.usual;
    inner = wrapped.inner;
    explained ??= inner.description;
  }
  return { key, shape: ROLES_BY_PLACE[place] ?? shapeOf(inner, place), isRequired, usual, explained };
}

/** What an optional schema holds; null where it is none. */
function unwrap(schema: z.ZodType): { inner: z.ZodType; usual?: JsonValue } | null {
  if (schema instanceof z.ZodOptional) return { inner: schema.unwrap() as z.ZodType };
  if (schema instanceof z.ZodDefault) return { inner: schema.unwrap() as z.ZodType, usual: schema.def.defaultValue as JsonValue };
  return null;
}

function shapeOf(schema: z.ZodType, place: string): FieldShape {
  // Describing a schema makes a copy with the same definition.
  const role = ROLES.find(([named]) => named.def === schema.def);
  if (role) return role[1];
  if (schema instanceof z.ZodEnum) return { type: 'enum', options: schema.options.map(String) };
  if (schema instanceof z.ZodBoolean) return { type: 'boolean' };
  if (schema instanceof z.ZodNumber)
    return { type: 'number', isWhole: schema.isInt, min: finite(schema.minValue), max: finite(schema.maxValue) };
  if (schema instanceof z.ZodString) return { type: 'string', maxChars: finite(schema.maxLength) };
  if (schema instanceof z.ZodLiteral) return { type: 'literal', value: schema.value as JsonValue };
  if (schema instanceof z.ZodNull) return { type: 'literal', value: null };
  if (schema instanceof z.ZodArray) return { type: 'list', item: shapeOf(schema.element as z.ZodType, `${place}.*`) };
  if (schema instanceof z.ZodObject) return { type: 'group', fields: fieldsOfShape(schema.shape, place) };
  if (schema instanceof z.ZodRecord)
    return {
      type: 'map',
      key: shapeOf(schema.keyType as z.ZodType, `${place}.key`),
      value: shapeOf(schema.valueType as z.ZodType, `${place}.*`),
    };
  if (schema instanceof z.ZodUnion)
    return unionShape(schema.options.map((option, index) => shapeOf(option as z.ZodType, `${place}.${index}`)));
  return { type: 'raw' };
}

const PLAIN = new Set(['number', 'boolean', 'literal']);

function unionShape(options: FieldShape[]): FieldShape {
  if (options.some(({ type }) => type === 'cel') && options.every(({ type }) => type === 'cel' || PLAIN.has(type)))
    return { type: 'cel', plain: true };
  const [first, second] = options;
  if (options.length === 2 && first && second?.type === 'string' && first.type !== 'string') return { type: 'or_reference', of: first };
  return { type: 'union', options };
}

function finite(value: number | null): number | null {
  return value !== null && Number.isFinite(value) && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : null;
}

/** Fields that mean nothing beside what the step says already, such as the smallest number of a question for a date. */
export function isFieldUsed(kind: StepKind, key: string, raw: Readonly<Record<string, JsonValue>>): boolean {
  if (kind !== 'ask') return true;
  const type = raw['type'] ?? 'choice';
  if (key === 'choices') return type === 'choice';
  if (key === 'min' || key === 'max') return type === 'number';
  if (key === 'max_chars') return type === 'text';
  return true;
}
