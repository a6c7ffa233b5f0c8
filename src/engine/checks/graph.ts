// The ways a flow can go, step by step, as the checks see them: an over-approximation that no condition narrows.
import type { CompiledFlow, CompiledStep, StepPath } from '../program.ts';

/** A place in a step that names another step. */
interface Target {
  path: StepPath;
  to: string;
}

/** Every place in a step that names a step, `next` and `timeout` among them. */
export function targetsOf({ config, type }: CompiledStep): Target[] {
  const targets: Target[] = [...(type.targets?.(config) ?? [])];
  const { next, timeout, on_misunderstood: misunderstood } = config;
  if (typeof next === 'string') targets.push({ path: ['next'], to: next });
  else if (Array.isArray(next)) targets.push(...next.map(({ to }, i) => ({ path: ['next', i, 'to'], to })));
  else if (next) targets.push(...Object.entries(next).map(([choice, to]) => ({ path: ['next', choice], to })));
  if (timeout) targets.push({ path: ['timeout', 'next'], to: timeout.next });
  if (misunderstood !== undefined) targets.push({ path: ['on_misunderstood'], to: misunderstood });
  return targets;
}

/** Index of a step that a target names; the number of steps for the end; null when there is no such step. */
export function resolve(flow: CompiledFlow, to: string): number | null {
  return to === 'end' ? flow.steps.length : (flow.indexOf.get(to) ?? null);
}

/** Whether control may go on to the step that stands after this one. */
function fallsThrough({ config, type }: CompiledStep): boolean {
  const { next } = config;
  if (next === undefined) return type.continues !== false || config.when !== undefined;
  if (typeof next === 'string') return false;
  if (Array.isArray(next)) return next.every(({ if: condition }) => condition !== undefined);
  if (Object.hasOwn(next, 'default')) return false;
  const outcomes = type.outcomes?.(config) ?? [];
  return config.when !== undefined || outcomes.length === 0 || outcomes.some((outcome) => !Object.hasOwn(next, outcome));
}

/** Indices that may follow a step; the number of steps stands for the end of the flow. */
export function followers(flow: CompiledFlow, step: CompiledStep): number[] {
  const found = new Set<number>();
  for (const { to } of targetsOf(step)) {
    const index = resolve(flow, to);
    if (index !== null) found.add(index);
  }
  if (fallsThrough(step)) found.add(step.index + 1);
  return [...found];
}

/** Steps that can be reached from the first one. */
export function reachable(flow: CompiledFlow): Set<number> {
  const seen = new Set<number>([0]);
  const open = [0];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const step = flow.steps[index];
    if (!step) continue;
    for (const next of followers(flow, step)) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return seen;
}
