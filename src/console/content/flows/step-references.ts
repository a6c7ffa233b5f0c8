// The places of a step that name other steps, found by the step's fields: for following them, and for leading them elsewhere when a step
// is renamed, removed or copied. Used by plan-step-edits.ts and copy-steps.ts. Pure.
import { fieldsOf, type FieldShape } from './form-fields.ts';
import { END, kindOfStep } from './edited-flow.ts';
import { getIn, isRecord, setIn, type JsonRecord, type JsonValue, type Path } from './json-path.ts';

export interface StepReference {
  path: Path;
  /** Id of a step, or `end`. */
  to: string;
}

/** Every place in a step that names a step. */
export function referencesOf(raw: JsonRecord): StepReference[] {
  const kind = kindOfStep(raw);
  if (kind === null) return [];
  const { own, common } = fieldsOf(kind);
  return [...own, ...common].flatMap(({ key, shape }) => search(shape, raw[key], [key]));
}

function search(shape: FieldShape, value: JsonValue | undefined, path: Path): StepReference[] {
  if (value === undefined) return [];
  switch (shape.type) {
    case 'step':
      return typeof value === 'string' ? [{ path, to: value }] : [];
    case 'next':
      if (Array.isArray(value)) return search({ type: 'conditions' }, value, path);
      if (isRecord(value)) return Object.entries(value).flatMap(([choice, to]) => search({ type: 'step' }, to, [...path, choice]));
      return search({ type: 'step' }, value, path);
    case 'conditions':
      return Array.isArray(value)
        ? value.flatMap((condition, index) =>
            isRecord(condition) ? search({ type: 'step' }, condition['to'], [...path, index, 'to']) : [],
          )
        : [];
    case 'group':
      return isRecord(value) ? shape.fields.flatMap((field) => search(field.shape, value[field.key], [...path, field.key])) : [];
    case 'list':
      return Array.isArray(value) ? value.flatMap((item, index) => search(shape.item, item, [...path, index])) : [];
    default:
      return [];
  }
}

/**
 * The step with its references changed.
 * @param change the new target, or null: then the place is left out, so that what follows the step comes next
 */
export function changeReferences(raw: JsonRecord, change: (to: string) => string | null): JsonRecord {
  let changed: JsonValue | undefined = raw;
  // From the last to the first: what is left out of a list moves only what was done already.
  for (const { path, to } of referencesOf(raw).toReversed()) {
    const target = to === END ? END : change(to);
    if (target === to) continue;
    changed = target === null ? leaveOut(changed, path) : setIn(changed, path, target);
  }
  return isRecord(changed) ? changed : {};
}

/** A condition goes as a whole; a waiting time without a target means nothing; empty mappings and lists go as well, unless they are the step. */
function leaveOut(raw: JsonValue | undefined, path: Path): JsonValue | undefined {
  const holder = path.slice(0, -1);
  const last = path.at(-1);
  const isPart = last === 'to' || (last === 'next' && holder.at(-1) === 'timeout');
  const gone = setIn(raw, isPart ? holder : path, undefined);
  const outer = isPart ? holder.slice(0, -1) : holder;
  if (outer.length === 0) return gone;
  const rest = getIn(gone, outer);
  const isEmpty = Array.isArray(rest) ? rest.length === 0 : isRecord(rest) && Object.keys(rest).length === 0;
  if (!isEmpty) return gone;
  return outer[0] === 'next' || outer[0] === 'timeout' ? setIn(gone, outer, undefined) : setIn(raw, path, END);
}
