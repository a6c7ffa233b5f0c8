// Flows of RapidPro may call each other in circles and as deep as they like; ours may not. A call that closes a circle or goes too deep
// becomes a goto. A flow that is entered by goto must not end without a word: it is entered through a small flow that may.
// Called by mend.ts. Mirrors what engine/checks/calls.ts and endings.ts refuse.
import { MAX_DEPTH } from '../../engine/run.ts';
import { createNameGiver } from './names.ts';
import type { LaidOut, PlacedStep } from './lay-out.ts';
import { END, targetsOf } from './raw-step.ts';

/** Room for the flows that call an imported one. */
const DEEPEST = MAX_DEPTH - 2;

/** Tells of a step that was changed. */
export type TellChange = (flow: string, step: PlacedStep) => void;

/** Makes gotos of calls that would go round or too deep. */
export function mendCalls(flows: ReadonlyMap<string, LaidOut>, tell: TellChange): void {
  const called = new Set([...flows.values()].flatMap(({ steps }) => steps.flatMap(({ step }) => step.call ?? [])));
  const depths = new Map<string, number>();
  const roots = [...flows.keys()].filter((id) => !called.has(id));
  for (const id of [...roots, ...flows.keys()]) measure(id, new Set(), flows, depths, tell);
}

function measure(
  id: string,
  above: ReadonlySet<string>,
  flows: ReadonlyMap<string, LaidOut>,
  depths: Map<string, number>,
  tell: TellChange,
): number {
  const known = depths.get(id);
  if (known !== undefined) return known;
  const path = new Set([...above, id]);
  let depth = 1;
  for (const placed of flows.get(id)?.steps ?? []) {
    const to = placed.step.call;
    if (to === undefined) continue;
    const below = path.has(to) ? Infinity : 1 + measure(to, path, flows, depths, tell);
    if (below <= DEEPEST) {
      depth = Math.max(depth, below);
      continue;
    }
    placed.step = { ...(placed.step.id === undefined ? {} : { id: placed.step.id }), goto: to };
    tell(id, placed);
  }
  depths.set(id, depth);
  return depth;
}

/**
 * Adds a flow in front of each that is entered by goto and may end without a word.
 * @param entrances flow → the flow in front of it; grows
 * @returns whether any was added
 */
export function addEntrances(flows: Map<string, LaidOut>, taken: ReadonlySet<string>, entrances: Map<string, string>): boolean {
  const mute = muteFlows(flows);
  const names = createNameGiver([...flows.keys(), ...taken]);
  const before = entrances.size;
  for (const { steps } of flows.values())
    for (const placed of steps) {
      const to = placed.step.goto;
      if (to === undefined || !mute.has(to)) continue;
      const entrance = entrances.get(to) ?? names.take(`${to.slice(0, 33)}_alone`);
      entrances.set(to, entrance);
      placed.step = { ...placed.step, goto: entrance };
    }
  for (const [to, entrance] of entrances) {
    if (flows.has(entrance)) continue;
    const call: PlacedStep = { id: 'run', nodes: [], step: { id: 'run', call: to, next: 'over' } };
    flows.set(entrance, { steps: [call, { id: 'over', nodes: [], step: { id: 'over', end: 'silent' } }] });
  }
  return entrances.size > before;
}

/** Flows that can come to their end without a word. */
function muteFlows(flows: ReadonlyMap<string, LaidOut>): Set<string> {
  const mute = new Set<string>();
  for (let grown = true; grown;) {
    grown = false;
    for (const [id, flow] of flows) {
      if (mute.has(id) || !canEndMute(flow, mute)) continue;
      mute.add(id);
      grown = true;
    }
  }
  return mute;
}

function canEndMute({ steps }: LaidOut, mute: ReadonlySet<string>): boolean {
  return passesThrough(
    steps,
    ({ step }) =>
      step.say !== undefined ||
      step.ask !== undefined ||
      step.handoff !== undefined ||
      step.goto !== undefined ||
      step.end !== undefined ||
      (step.call !== undefined && !mute.has(step.call)),
  );
}

/** Whether there is a way from the first step to the end of the flow on which no step stops. */
export function passesThrough(steps: readonly PlacedStep[], stops: (placed: PlacedStep) => boolean): boolean {
  const byId = new Map(steps.map((placed) => [placed.id, placed]));
  const seen = new Set<string>();
  const open = [steps[0]?.id ?? END];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const placed = byId.get(id);
    if (placed === undefined) return true;
    if (seen.has(id)) continue;
    seen.add(id);
    if (!stops(placed)) open.push(...targetsOf(placed.step));
  }
  return false;
}
