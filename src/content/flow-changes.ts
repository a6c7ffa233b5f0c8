// Applies changes of entries to the value of one flow file: its head, its steps and their order. Called by entry-changes.ts.
// Keeps addresses as they are: a step whose default id would become another one gets its id written out.
import { AppError } from '../domain/errors.ts';
import type { Json } from '../release/entry.ts';
import { isJsonList, isJsonObject } from '../release/same-json.ts';
import type { EditedValue } from './edited-value.ts';
import { defaultRawStepId, rawStepIds } from './raw-step-ids.ts';

/** A step with where it stood; `id` is null for what has no address and stays behind the step before it. */
interface Place {
  id: string | null;
  value: Json;
  from: number | null;
}

/**
 * The flow after the changes.
 * @param value the file's value; undefined when there is no such file: then the changes must hold its order
 * @throws content.invalid when a change does not fit
 */
export function changeFlow(path: string, value: Json | undefined, changes: ReadonlyMap<string, Json | undefined>): EditedValue {
  if (value === undefined && [...changes.values()].every((change) => change === undefined)) return { value: undefined };
  if (value === undefined && changes.get('order') === undefined) {
    throw new AppError('content.invalid', `There is no flow ${path}. A new flow needs the order of its steps.`);
  }
  if (value != null && !isJsonObject(value)) throw new AppError('content.invalid', `The file ${path} holds no flow; mend it first.`);
  const old = value ?? {};
  const head = new Map(Object.entries(old).filter(([key]) => key !== 'steps'));
  const oldSteps = Object.hasOwn(old, 'steps') && isJsonList(old.steps) ? old.steps : null;
  const ids = rawStepIds(oldSteps ?? []);
  const places = (oldSteps ?? []).map((step, index): Place => ({ id: ids[index] ?? null, value: step, from: index }));
  for (const [key, change] of changes) {
    if (key.startsWith('head/')) changeHead(path, head, key.slice('head/'.length), change);
    else if (key.startsWith('steps/')) changeStep(path, places, key.slice('steps/'.length), change);
  }
  const order = changes.get('order');
  const steps = writeIdsOut(order === undefined ? places : inOrder(path, places, order, ids));
  const keepsSteps = steps.length > 0 || (changes.has('order') ? order !== undefined : oldSteps !== null);
  if (steps.length > 0 && changes.has('order') && order === undefined) {
    throw new AppError('content.invalid', `The order of the steps of ${path} cannot be taken away while the flow has steps.`);
  }
  if (!keepsSteps && head.size === 0) return { value: undefined };
  return {
    value: Object.fromEntries([...head, ...(keepsSteps ? [['steps', steps.map((step) => step.value)] as const] : [])]),
    items: { at: 'steps', from: steps.map(({ from }) => from) },
  };
}

function changeHead(path: string, head: Map<string, Json>, key: string, change: Json | undefined): void {
  if (key === '' || key === 'steps') throw new AppError('content.invalid', `"${key}" is no key of the head of ${path}.`);
  if (change === undefined) head.delete(key);
  else head.set(key, change);
}

function changeStep(path: string, places: Place[], id: string, change: Json | undefined): void {
  const index = places.findIndex((place) => place.id === id);
  if (change === undefined) {
    if (index >= 0) places.splice(index, 1);
    return;
  }
  if (id === '' || !isJsonObject(change))
    throw new AppError('content.invalid', `The step "${id}" of ${path} must be a mapping, and have an id.`);
  if (Object.hasOwn(change, 'id') && change.id !== id) {
    throw new AppError(
      'content.invalid',
      `The step "${id}" of ${path} says another id; to rename it take it away and add it with its new id.`,
    );
  }
  const place = places[index];
  if (place === undefined) places.push({ id, value: change, from: null });
  else places[index] = { ...place, value: change };
}

/**
 * The steps as an order says. Ids that the flow does not have are passed over; a new step that the order does not name comes last, an old
 * one stays behind the step before it.
 */
function inOrder(path: string, places: readonly Place[], order: Json, oldIds: readonly (string | null)[]): Place[] {
  if (!isJsonList(order) || !order.every((id) => typeof id === 'string') || new Set(order).size < order.length) {
    throw new AppError('content.invalid', `The order of the steps of ${path} must be a list of ids, each once.`);
  }
  const result = order.flatMap((id) => places.filter((place) => place.id === id));
  for (const [index, place] of places.entries()) {
    if (result.includes(place)) continue;
    const before = places[index - 1];
    const isNew = place.id !== null && !oldIds.includes(place.id);
    if (isNew) result.push(place);
    else result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, place);
  }
  return result;
}

function writeIdsOut(places: readonly Place[]): Place[] {
  return places.map((place, index) => {
    const { id, value } = place;
    if (id === null || !isJsonObject(value) || Object.hasOwn(value, 'id') || defaultRawStepId(value, index) === id) return place;
    return { ...place, value: { id, ...value } };
  });
}
