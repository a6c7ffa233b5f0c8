// Values for fields that nobody filled in yet, and which of several kinds of value stands in one. Used for new steps and by fields that take
// values of more than one kind. Pure.
import type { FieldShape } from './form-fields.ts';
import { isRecord, type JsonValue } from './json-path.ts';

/**
 * An empty value of some kind.
 * @param textKey for texts
 */
export function blankValue(shape: FieldShape, textKey = ''): JsonValue {
  switch (shape.type) {
    case 'text_key':
      return textKey;
    case 'number':
      return shape.min ?? 0;
    case 'boolean':
      return false;
    case 'enum':
      return shape.options[0] ?? '';
    case 'literal':
      return shape.value;
    case 'list':
      return [];
    case 'conditions':
      return [{ to: 'end' }];
    case 'map':
    case 'params':
      return {};
    case 'group':
      return Object.fromEntries(
        shape.fields.filter(({ isRequired }) => isRequired).map(({ key, shape: inner }) => [key, blankValue(inner, textKey)]),
      );
    case 'union':
      return shape.options[0] === undefined ? '' : blankValue(shape.options[0], textKey);
    default:
      return '';
  }
}

/** What stands empty in a new form: it is waited for rather than wrong. */
export function isBlank(value: JsonValue | undefined): boolean {
  if (isRecord(value)) return Object.keys(value).length === 0;
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** Which of several kinds a value is of; the first where it is of none. */
export function optionOf(options: readonly FieldShape[], value: JsonValue | undefined): number {
  const exact = options.findIndex((shape) => shape.type === 'literal' && shape.value === value);
  if (exact >= 0) return exact;
  const found = options.findIndex((shape) => {
    if (shape.type === 'literal') return false;
    if (shape.type === 'group' || shape.type === 'map' || shape.type === 'params') return isRecord(value);
    if (shape.type === 'list' || shape.type === 'conditions') return Array.isArray(value);
    if (shape.type === 'number' || shape.type === 'boolean') return typeof value === shape.type;
    return typeof value === 'string';
  });
  return Math.max(0, found);
}
