// What a change of a flow's steps writes: the entries of steps, of their order and of their texts, all in one save. Adding, moving,
// removing, renaming and replacing; copying is copy-steps.ts. Used by the editor. Pure: revisions are added when it is saved.
import { STEPS } from '../../../engine/steps/index.ts';
import type { StepType } from '../../../engine/program.ts';
import { addressOfOrder, addressOfStep, END, stepOf, type EditedFlow, type EditedStep } from './edited-flow.ts';
import { isRecord, sameValue, type JsonRecord, type JsonValue } from './json-path.ts';
import { changeReferences, referencesOf } from './step-references.ts';

export interface PlannedEdit {
  address: string;
  /** Undefined takes the entry away. */
  value: JsonValue | undefined;
}

export interface NewStep {
  id: string;
  raw: JsonRecord;
}

/** By address; undefined takes a text away. */
export type TextChanges = ReadonlyMap<string, JsonValue | undefined>;

const idsOf = (flow: EditedFlow): string[] => flow.steps.map(({ id }) => id);
const textEdits = (texts: TextChanges): PlannedEdit[] => [...texts].map(([address, value]) => ({ address, value }));
const orderEdit = (flow: EditedFlow, order: string[]): PlannedEdit => ({ address: addressOfOrder(flow.id), value: order });

/**
 * New steps behind another one. Where that one led to a single step, the new ones come between the two.
 * @param after null: before all others
 */
export function planAddSteps(flow: EditedFlow, after: string | null, added: readonly NewStep[], texts: TextChanges): PlannedEdit[] {
  const order = idsOf(flow);
  const place = after === null ? 0 : order.indexOf(after) + 1 || order.length;
  const before = after === null ? undefined : stepOf(flow, after);
  const last = added.at(-1);
  const joined = before && last ? joinBetween(before, last) : null;
  const steps = joined ? [...added.slice(0, -1), joined.last] : added;
  order.splice(place, 0, ...added.map(({ id }) => id));
  return [
    ...textEdits(texts),
    ...steps.map(({ id, raw }) => ({ address: addressOfStep(flow.id, id), value: raw })),
    ...(joined ? [{ address: addressOfStep(flow.id, joined.before.id), value: joined.before.raw }] : []),
    orderEdit(flow, order),
  ];
}

/** `a → x` becomes `a, new → x`; null where it does not lead to exactly one step, or the new one leads somewhere itself. */
function joinBetween(before: EditedStep, last: NewStep): { before: NewStep; last: NewStep } | null {
  const { next, ...rest } = before.raw;
  if (typeof next !== 'string' || last.raw['next'] !== undefined || !continues(last.raw)) return null;
  return { before: { id: before.id, raw: rest }, last: { id: last.id, raw: { ...last.raw, next } } };
}

/** Whether what follows a step may come next at all: not after the end, nor after going to another flow. */
export function continues(raw: JsonRecord): boolean {
  const kind = (Object.keys(STEPS) as (keyof typeof STEPS)[]).find((one) => Object.hasOwn(raw, one));
  return kind === undefined || (STEPS[kind].type as unknown as StepType).continues !== false;
}

/** One place up (-1) or down (1); nothing where it is the first or the last. */
export function planMoveStep(flow: EditedFlow, id: string, by: -1 | 1): PlannedEdit[] {
  const order = idsOf(flow);
  const from = order.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= order.length) return [];
  order.splice(from, 1);
  order.splice(to, 0, id);
  return [orderEdit(flow, order)];
}

/** Who leads to a step, besides the step before it. */
export function leadsTo(flow: EditedFlow, id: string): string[] {
  return flow.steps.filter((step) => step.id !== id && referencesOf(step.raw).some(({ to }) => to === id)).map((step) => step.id);
}

/** Takes a step away; whoever led to it leads to where it led. */
export function planRemoveStep(flow: EditedFlow, id: string, texts: TextChanges): PlannedEdit[] {
  const index = flow.steps.findIndex((step) => step.id === id);
  const removed = flow.steps[index];
  if (removed === undefined) return [];
  const following = flow.steps[index + 1]?.id ?? END;
  const { next } = removed.raw;
  const target = typeof next === 'string' && next !== id ? next : following;
  const others = flow.steps.flatMap((step, place) => {
    if (step.id === id) return [];
    const led = changeReferences(step.raw, (to) => (to === id ? target : to));
    const raw = place === index - 1 && target !== following ? leadOn(led, target) : led;
    return sameValue(raw, step.raw) ? [] : [{ address: addressOfStep(flow.id, step.id), value: raw }];
  });
  const order = idsOf(flow).filter((one) => one !== id);
  return [...others, { address: addressOfStep(flow.id, id), value: undefined }, orderEdit(flow, order), ...textEdits(texts)];
}

/** What fell through to the removed step goes on to where that one led. */
function leadOn(raw: JsonRecord, target: string): JsonRecord {
  const { next } = raw;
  if (!continues(raw) || typeof next === 'string') return raw;
  if (next === undefined) return { ...raw, next: target };
  if (Array.isArray(next)) {
    const isSettled = next.some((condition) => isRecord(condition) && condition['if'] === undefined);
    return isSettled ? raw : { ...raw, next: [...next, { to: target }] };
  }
  return isRecord(next) && next['default'] === undefined ? { ...raw, next: { ...next, default: target } } : raw;
}

/** Gives a step another id, and names it so wherever its flow names it. */
export function planRenameStep(flow: EditedFlow, id: string, to: string, texts: TextChanges): PlannedEdit[] {
  const renamed = stepOf(flow, id);
  if (renamed === undefined || id === to) return [];
  const change = (raw: JsonRecord): JsonRecord => changeReferences(raw, (target) => (target === id ? to : target));
  const others = flow.steps.flatMap((step) => {
    const raw = change(step.raw);
    return step.id === id || sameValue(raw, step.raw) ? [] : [{ address: addressOfStep(flow.id, step.id), value: raw }];
  });
  return [
    ...textEdits(texts),
    ...others,
    { address: addressOfStep(flow.id, id), value: undefined },
    { address: addressOfStep(flow.id, to), value: withId(change(renamed.raw), to) },
    orderEdit(
      flow,
      idsOf(flow).map((one) => (one === id ? to : one)),
    ),
  ];
}

/** The step with its id written first; without it where its text says the same. */
export function withId(raw: JsonRecord, id: string): JsonRecord {
  const { id: _old, ...rest } = raw;
  return rest['say'] === id || rest['ask'] === id ? rest : { id, ...rest };
}

/** Writes a step anew, and texts with it. */
export function planReplaceStep(flow: EditedFlow, id: string, raw: JsonRecord, texts: TextChanges): PlannedEdit[] {
  const before = stepOf(flow, id);
  const step = sameValue(before?.raw, raw) ? [] : [{ address: addressOfStep(flow.id, id), value: raw }];
  return [...textEdits(texts), ...step];
}
