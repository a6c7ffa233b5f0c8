// A step with every simple value of its fields changed by what kind of value it is: text keys, expressions, codes. Used where steps are copied
// and where new ones get their names. Pure.
import { kindOfStep } from './edited-flow.ts';
import { fieldsOf, type FieldShape } from './form-fields.ts';
import { isRecord, type JsonRecord, type JsonValue } from './json-path.ts';

/** The step with every simple value changed by its shape. */
export function mapFields(raw: JsonRecord, change: (shape: FieldShape, value: JsonValue) => JsonValue): JsonRecord {
  const kind = kindOfStep(raw);
  if (kind === null) return raw;
  const { own, common } = fieldsOf(kind);
  const shapes = new Map([...own, ...common].map(({ key, shape }) => [key, shape]));
  return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, mapShape(shapes.get(key), value, change)]));
}

const EXPRESSION: FieldShape = { type: 'cel', plain: false };

function mapShape(shape: FieldShape | undefined, value: JsonValue, change: (shape: FieldShape, value: JsonValue) => JsonValue): JsonValue {
  if (shape === undefined) return value;
  const inner = (of: FieldShape | undefined, part: JsonValue): JsonValue => mapShape(of, part, change);
  const each = (of: FieldShape, part: JsonRecord): JsonRecord =>
    Object.fromEntries(Object.entries(part).map(([key, one]) => [key, inner(of, one)]));
  switch (shape.type) {
    case 'group':
      return isRecord(value)
        ? Object.fromEntries(
            Object.entries(value).map(([key, one]) => [key, inner(shape.fields.find((field) => field.key === key)?.shape, one)]),
          )
        : value;
    case 'list':
      return Array.isArray(value) ? value.map((one) => inner(shape.item, one)) : value;
    case 'map':
      return isRecord(value) ? each(shape.value, value) : value;
    case 'params':
      return isRecord(value) ? each(EXPRESSION, value) : value;
    case 'next':
    case 'conditions':
      return Array.isArray(value)
        ? value.map((one) => (isRecord(one) && one['if'] !== undefined ? { ...one, if: inner(EXPRESSION, one['if']) } : one))
        : value;
    case 'union':
      return isRecord(value)
        ? inner(
            shape.options.find(({ type }) => type === 'group'),
            value,
          )
        : change(shape, value);
    default:
      return change(shape, value);
  }
}
