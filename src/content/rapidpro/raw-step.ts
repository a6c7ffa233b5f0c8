// A step as it will stand in the flow's file, while its targets may still be names of blocks. Made by the parts that translate nodes,
// put in order by lay-out.ts, mended by mend.ts. The flow language itself is the engine's (engine/flow.ts), which checks what is written.

/** `if` and where to, as in `branch` and `next`. */
export interface RawCondition {
  if?: string;
  to: string;
}
type RawNext = string | Record<string, string> | RawCondition[];

export interface RawStep {
  id?: string;
  say?: string;
  ask?: string;
  type?: 'text' | 'number' | 'date' | 'phone' | 'email' | 'media' | 'location';
  choices?: string[];
  save?: string;
  store?: boolean;
  params?: Record<string, string>;
  set?: Record<string, string | number | boolean | null>;
  branch?: RawCondition[];
  call?: string;
  goto?: string;
  handoff?: { priority: 'normal' };
  end?: 'silent';
  timeout?: { seconds: number; next: string };
  on_misunderstood?: string;
  next?: RawNext;
}

/** A step with the nodes that it came from. */
export interface DraftStep {
  step: RawStep;
  nodes: string[];
  /** A name for its id, where its texts give none. */
  wish: string;
}

/** The place that means the end of the flow. */
export const END = 'end';

/** The same step with every target changed. */
export function mapTargets(step: RawStep, change: (target: string) => string): RawStep {
  const changed: RawStep = { ...step };
  if (step.branch) changed.branch = step.branch.map((condition) => ({ ...condition, to: change(condition.to) }));
  if (step.timeout) changed.timeout = { ...step.timeout, next: change(step.timeout.next) };
  if (step.on_misunderstood !== undefined) changed.on_misunderstood = change(step.on_misunderstood);
  if (typeof step.next === 'string') changed.next = change(step.next);
  else if (Array.isArray(step.next)) changed.next = step.next.map((condition) => ({ ...condition, to: change(condition.to) }));
  else if (step.next) changed.next = Object.fromEntries(Object.entries(step.next).map(([choice, to]) => [choice, change(to)]));
  return changed;
}

/** All targets of a step, each once, those that are commonly followed last. */
export function targetsOf(step: RawStep): string[] {
  const found: string[] = [];
  mapTargets(step, (target) => {
    found.push(target);
    return target;
  });
  return [...new Set(found)];
}
