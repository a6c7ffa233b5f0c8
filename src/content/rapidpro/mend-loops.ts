// A circle of steps in which nobody is asked would run for ever in one turn. RapidPro stops it while it runs; here it is ended beforehand.
// Called by mend.ts. Mirrors what engine/checks/loops.ts refuses, across flows; the way that closes a circle leads to the end instead.
import type { LaidOut, PlacedStep } from './lay-out.ts';
import { passesThrough, type TellChange } from './mend-calls.ts';
import { END, mapTargets, targetsOf } from './raw-step.ts';

interface Place {
  flow: string;
  step: PlacedStep;
}

/** Ends every circle that does not wait. @returns whether there was any */
export function mendLoops(flows: ReadonlyMap<string, LaidOut>, tell: TellChange): boolean {
  let found = false;
  for (let closing = findLoop(flows); closing !== null; closing = findLoop(flows)) {
    found = true;
    cut(closing.from, closing.to);
    tell(closing.from.flow, closing.from.step);
  }
  return found;
}

/** A way that closes a circle without a wait, or null. */
function findLoop(flows: ReadonlyMap<string, LaidOut>): { from: Place; to: Place } | null {
  const silent = silentFlows(flows);
  const places = new Map<PlacedStep, Place>(
    [...flows].flatMap(([flow, { steps }]) => steps.map((step) => [step, { flow, step }] as const)),
  );
  const state = new Map<PlacedStep, 'open' | 'done'>();
  for (const start of places.values()) {
    if (state.has(start.step)) continue;
    const path = [{ place: start, left: waysFrom(start, flows, silent) }];
    state.set(start.step, 'open');
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const to = top.left.pop();
      if (to === undefined) {
        state.set(top.place.step, 'done');
        path.pop();
      } else if (state.get(to.step) === 'open') return { from: top.place, to };
      else if (!state.has(to.step)) {
        state.set(to.step, 'open');
        path.push({ place: to, left: waysFrom(to, flows, silent) });
      }
    }
  }
  return null;
}

function waysFrom({ flow, step: placed }: Place, flows: ReadonlyMap<string, LaidOut>, silent: ReadonlySet<string>): Place[] {
  const { step } = placed;
  if (step.ask !== undefined || step.end !== undefined) return [];
  const entered = step.call ?? step.goto;
  const first = entered === undefined ? undefined : flows.get(entered)?.steps[0];
  const into = entered === undefined || first === undefined ? [] : [{ flow: entered, step: first }];
  const passes = entered === undefined || (step.call !== undefined && silent.has(step.call));
  const own = flows.get(flow)?.steps ?? [];
  const onward = passes ? targetsOf(step).flatMap((id) => own.find((other) => other.id === id) ?? []) : [];
  return [...into, ...onward.map((next) => ({ flow, step: next }))];
}

/** Flows that can run from the first step to their end without a wait. */
function silentFlows(flows: ReadonlyMap<string, LaidOut>): Set<string> {
  const silent = new Set<string>();
  for (let grown = true; grown;) {
    grown = false;
    for (const [id, { steps }] of flows) {
      const stops = ({ step }: PlacedStep): boolean =>
        step.ask !== undefined ||
        step.goto !== undefined ||
        step.end !== undefined ||
        (step.call !== undefined && flows.has(step.call) && !silent.has(step.call));
      if (silent.has(id) || !passesThrough(steps, stops)) continue;
      silent.add(id);
      grown = true;
    }
  }
  return silent;
}

/** Leads to the end instead. A step that leaves for another flow becomes the end itself. */
function cut({ flow, step: placed }: Place, to: Place): void {
  const { step } = placed;
  const within = flow === to.flow && targetsOf(step).includes(to.step.id);
  if (within) placed.step = mapTargets(step, (id) => (id === to.step.id ? END : id));
  else placed.step = { ...(step.id === undefined ? {} : { id: step.id }), end: 'silent' };
}
