// A flow as a graph: every step with the ways out of it and what leads along each of them. Made of the compiled flow, so that it shows the
// ways that the engine goes. Used by the drawn view, and by the outline for what each step says of where it leads. Pure.
import { followers, resolve, targetsOf } from '../../../engine/checks/graph.ts';
import type { CompiledFlow, CompiledStep, StepPath } from '../../../engine/program.ts';
import { getIn, type JsonValue } from './json-path.ts';
import { END } from './edited-flow.ts';

/** What leads along a way. */
export type WayReason =
  /** The usual way on. */
  | { type: 'next' }
  /** A choice, or an outcome such as yes or found; `key`: the text of its label, where it has one. */
  | { type: 'choice'; choice: string; key: string | null }
  /** Whatever is not led elsewhere. */
  | { type: 'otherwise' }
  | { type: 'condition'; source: string }
  | { type: 'timeout'; seconds: number }
  | { type: 'misunderstood' };

export interface Way {
  from: string;
  /** A step, or `end`. */
  to: string;
  reasons: readonly WayReason[];
}

export interface FlowGraph {
  /** Steps in their order. */
  steps: readonly string[];
  ways: readonly Way[];
  /** Whether any way leads to the end. */
  hasEnd: boolean;
}

/** The graph of a compiled flow. Ways that lead nowhere are left out: they are told as problems. */
export function graphOf(flow: CompiledFlow): FlowGraph {
  const ways = flow.steps.flatMap((step) => waysFrom(flow, step));
  return { steps: flow.steps.map(({ id }) => id), ways, hasEnd: ways.some(({ to }) => to === END) };
}

/** Ways out of one step, each target once. */
function waysFrom(flow: CompiledFlow, step: CompiledStep): Way[] {
  const reasons = new Map<number, WayReason[]>();
  const add = (to: number, reason: WayReason): void => void reasons.set(to, [...(reasons.get(to) ?? []), reason]);
  for (const { path, to } of targetsOf(step)) {
    const index = resolve(flow, to);
    if (index !== null) add(index, reasonAt(step, path));
  }
  const following = step.index + 1;
  if (followers(flow, step).includes(following) && !reasons.has(following)) add(following, passReason(step));
  return [...reasons].map(([index, why]) => ({ from: step.id, to: flow.steps[index]?.id ?? END, reasons: why }));
}

function reasonAt({ config }: CompiledStep, path: StepPath): WayReason {
  const [top, second] = path;
  if (top === 'timeout') return { type: 'timeout', seconds: config.timeout?.seconds ?? 0 };
  if (top === 'on_misunderstood') return { type: 'misunderstood' };
  if (top === 'found' || top === 'not_found') return { type: 'choice', choice: top, key: null };
  if (typeof second === 'number') {
    const source = getIn(config as unknown as JsonValue, [...path.slice(0, -1), 'if']);
    return typeof source === 'string' ? { type: 'condition', source } : { type: 'otherwise' };
  }
  if (typeof second === 'string')
    return second === 'default' ? { type: 'otherwise' } : { type: 'choice', choice: second, key: labelKey(config, second) };
  return { type: 'next' };
}

/** Why the following step is next though the step names others as well. */
function passReason(step: CompiledStep): WayReason {
  const { next } = step.config;
  if (targetsOf(step).every(({ path }) => path[0] === 'timeout' || path[0] === 'on_misunderstood')) return { type: 'next' };
  if (next === undefined || typeof next === 'string' || Array.isArray(next)) return { type: 'otherwise' };
  const left = (step.type.outcomes?.(step.config) ?? []).filter((outcome) => !Object.hasOwn(next, outcome));
  const [only] = left;
  return left.length === 1 && only !== undefined
    ? { type: 'choice', choice: only, key: labelKey(step.config, only) }
    : { type: 'otherwise' };
}

function labelKey(config: object, choice: string): string | null {
  const { ask, choices } = config as { ask?: unknown; choices?: unknown };
  return typeof ask === 'string' && Array.isArray(choices) && choices.includes(choice) ? `${ask}.${choice}` : null;
}
