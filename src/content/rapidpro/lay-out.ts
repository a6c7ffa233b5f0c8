// Puts the blocks of a flow into one list of steps, gives each step its id, and leads where a block led to that step.
// Called by read-rapidpro.ts. What follows next stands next, as far as possible, so that few steps need a `next`.
import type { Block } from './build-flow.ts';
import { createNameGiver } from './names.ts';
import { END, mapTargets, targetsOf, type RawStep } from './raw-step.ts';

/** A step with its id and the nodes that it came from. Every step says where it leads, even to the one that stands next. */
export interface PlacedStep {
  id: string;
  step: RawStep;
  nodes: string[];
}

/** One flow as a list of steps. */
export interface LaidOut {
  steps: PlacedStep[];
}

/** Lays out the blocks that can be reached from the first. */
export function layOut(blocks: ReadonlyMap<string, Block>, first: string): LaidOut {
  const order = orderOf(blocks, first);
  const ids = createNameGiver(['begin', 'nothing']);
  const firstIds = new Map<string, string>();
  const named = order.map((place) => {
    const block = blocks.get(place)!;
    const given = block.steps.map((draft) => ({ ...draft, id: ids.take(draft.wish) }));
    if (given[0] !== undefined) firstIds.set(place, given[0].id);
    return { block, given };
  });
  const idOf = (place: string): string => firstIds.get(resolve(blocks, place)) ?? END;
  const steps = named.flatMap(({ block, given }) =>
    given.map(({ id, step, nodes }, index) => {
      const led = mapTargets(step, idOf);
      const next = given[index + 1]?.id ?? idOf(block.next);
      return { id, nodes, step: withId(id, leads(led) ? led : { ...led, next }) };
    }),
  );
  return { steps };
}

/** Empty blocks lead on at once; a circle of them leads nowhere. */
function resolve(blocks: ReadonlyMap<string, Block>, place: string): string {
  const seen = new Set<string>();
  let at = place;
  for (let block = blocks.get(at); block !== undefined && block.steps.length === 0; block = blocks.get(at)) {
    if (seen.has(at)) return END;
    seen.add(at);
    at = block.next;
  }
  return at;
}

function orderOf(blocks: ReadonlyMap<string, Block>, first: string): string[] {
  const order = new Set<string>();
  const open = [resolve(blocks, first)];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const block = blocks.get(place);
    if (block === undefined || order.has(place)) continue;
    order.add(place);
    const targets = block.steps.flatMap(({ step }) => targetsOf(step));
    const last = block.steps.at(-1);
    const follows = last === undefined || leads(last.step) ? targets.toReversed() : [...targets.toReversed(), block.next];
    open.push(...follows.map((target) => resolve(blocks, target)));
  }
  return [...order];
}

/** Whether a step says itself where it leads, whatever comes. */
function leads(step: RawStep): boolean {
  return step.next !== undefined || step.goto !== undefined || step.end !== undefined;
}

/** A step of a text is named by its text; every other one by its id. */
function withId(id: string, step: RawStep): RawStep {
  return step.say === id || step.ask === id ? step : { id, ...step };
}

/** Takes away what says no more than the order of the steps does. */
export function withoutIdleNext(steps: readonly { id: string; step: RawStep }[], index: number): RawStep {
  const { step } = steps[index]!;
  const following = steps[index + 1]?.id ?? END;
  const { next, ...rest } = step;
  const last = Array.isArray(next) ? next.at(-1) : undefined;
  if (Array.isArray(next) && next.length > 1 && last?.if === undefined && last?.to === following)
    return { ...rest, next: next.slice(0, -1) };
  return next === following ? rest : step;
}
