// Makes the imported flows fit for publishing, by the engine's own compiler: expressions that it refuses are taken out, circles are opened,
// what nothing leads to is removed. Called by read-rapidpro.ts once all flows of an export are translated.
// A flow that still has faults is refused as a whole; nothing half imported is left.
import { compileFlows, type FlowProblem, type FlowSource } from '../../engine/compile.ts';
import { Flow } from '../../engine/flow.ts';
import { addEntrances, mendCalls } from './mend-calls.ts';
import { mendLoops } from './mend-loops.ts';
import type { LaidOut, PlacedStep } from './lay-out.ts';
import { END, mapTargets, targetsOf, type RawStep } from './raw-step.ts';
import type { NoteCode } from './report.ts';

interface Mended {
  /** Flows that could not be mended, with the compiler's words. */
  refused: Map<string, string>;
  /** Flows that were added in front of others: flow → its entrance. */
  entrances: Map<string, string>;
}

/** Notes a change for the nodes of a step. */
type NoteChange = (flow: string, nodes: readonly string[], code: NoteCode) => void;

/** A flow that stands for the hotline's own, where the compiler needs an entrance and a menu. */
const STAND_IN = 'stand_in';

/** Mends the flows in place. `taken` are ids that are in use. */
export function mendFlows(flows: Map<string, LaidOut>, taken: ReadonlySet<string>, note: NoteChange): Mended {
  const entrances = new Map<string, string>();
  const refused = new Map<string, string>();
  // Each round takes out an expression or a flow, so the rounds come to an end.
  for (;;) {
    openCircles(flows, taken, note, entrances);
    for (const flow of flows.values()) removeUnreachable(flow);
    const problems = compile(flows);
    if (problems.length === 0) return { refused, entrances };
    const changed = problems.map(
      ({ flow, path, problem }) =>
        problem.code === 'expression' && dropExpression(flows.get(flow), path, (nodes) => note(flow, nodes, 'expression_left_out')),
    );
    for (const flow of flows.values()) takeOutDropped(flow);
    if (changed.some(Boolean)) continue;
    for (const { flow, problem } of problems) refused.set(flow, problem.message);
    for (const id of refused.keys()) flows.delete(id);
    for (const flow of flows.values()) forgetFlows(flow, refused);
  }
}

function openCircles(flows: Map<string, LaidOut>, taken: ReadonlySet<string>, note: NoteChange, entrances: Map<string, string>): void {
  for (;;) {
    mendCalls(flows, (flow, { nodes }) => note(flow, nodes, 'call_became_goto'));
    for (const flow of flows.values()) removeUnreachable(flow);
    const added = addEntrances(flows, taken, entrances);
    const looped = mendLoops(flows, (flow, { nodes }) => note(flow, nodes, 'loop_ended'));
    if (!added && !looped) return;
  }
}

function removeUnreachable(flow: LaidOut): void {
  const byId = new Map(flow.steps.map((placed) => [placed.id, placed]));
  const seen = new Set<string>();
  const open = [flow.steps[0]?.id ?? END];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const placed = byId.get(id);
    if (placed === undefined || seen.has(id)) continue;
    seen.add(id);
    open.push(...targetsOf(placed.step));
  }
  flow.steps = flow.steps.filter(({ id }) => seen.has(id));
}

interface Located {
  flow: string;
  path: (string | number)[];
  problem: Pick<FlowProblem, 'code' | 'message'>;
}

/** What the engine's compiler refuses, with the place of each. */
function compile(flows: ReadonlyMap<string, LaidOut>): Located[] {
  const unread: Located[] = [];
  const sources: FlowSource[] = [{ id: STAND_IN, flow: Flow.parse({ steps: [{ say: 'words' }] }), at: () => placeAt([STAND_IN]) }];
  for (const [id, { steps }] of flows) {
    const parsed = Flow.safeParse({ steps: steps.map(({ step }) => step) });
    if (parsed.success) sources.push({ id, flow: parsed.data, at: (path) => placeAt([id, ...path]) });
    else unread.push({ flow: id, path: [], problem: { code: 'schema', message: parsed.error.issues[0]?.message ?? '' } });
  }
  const anything = { has: () => true };
  const { problems } = compileFlows(sources, {
    release: 1,
    entryFlow: STAND_IN,
    menuFlow: STAND_IN,
    timezone: 'UTC',
    complaintAnswerDays: 1,
    sensitiveAnswerDays: 1,
    texts: () => true,
    topics: anything,
    answers: anything,
  });
  const found = problems.filter(({ severity }) => severity === 'error').map((problem) => ({ ...whereIs(problem.file), problem }));
  return unread.length > 0 ? unread : found;
}

/** The compiler hands a place back as it got it: here it is the path itself. */
function placeAt(path: readonly (string | number)[]): { file: string; line: number; column: number } {
  return { file: path.join('\n'), line: 1, column: 1 };
}

function whereIs(file: string): { flow: string; path: (string | number)[] } {
  const [flow = '', ...path] = file.split('\n');
  return { flow, path: path.map((part) => (/^\d+$/.test(part) ? Number(part) : part)) };
}

/** Stands for a condition that is to be taken out once all of its step are known. */
const DROPPED = 'false && false';

/** Takes one expression out. @returns whether there was one */
function dropExpression(flow: LaidOut | undefined, path: readonly (string | number)[], tell: (nodes: readonly string[]) => void): boolean {
  const [, index, key, name] = path;
  const placed: PlacedStep | undefined = flow?.steps[Number(index)];
  if (placed === undefined || name === undefined) return false;
  const { step } = placed;
  if (key === 'params') placed.step = { ...step, params: { ...step.params, [name]: '""' } };
  else if (key === 'set') placed.step = { ...step, set: { ...step.set, [name]: null } };
  else if (key === 'branch')
    placed.step = { ...step, branch: (step.branch ?? []).map((one, at) => (at === name ? { ...one, if: DROPPED } : one)) };
  else if (key === 'next' && Array.isArray(step.next))
    placed.step = { ...step, next: step.next.map((one, at) => (at === name ? { ...one, if: DROPPED } : one)) };
  else return false;
  tell(placed.nodes);
  return true;
}

/** Takes the marked conditions out; a branch that has none left is passed over. */
function takeOutDropped(flow: LaidOut): void {
  const passed = new Map<string, string>();
  for (const placed of flow.steps) {
    const { step, id } = placed;
    const branch = step.branch?.filter((one) => one.if !== DROPPED);
    if (branch?.length === 0) passed.set(id, nextOf(step));
    else if (branch) placed.step = { ...step, branch };
    if (Array.isArray(step.next)) placed.step = { ...step, next: step.next.filter((one) => one.if !== DROPPED) };
  }
  passOver(flow, passed);
}

/** Passes over calls of flows that are not there; what would leave for one ends. */
function forgetFlows(flow: LaidOut, gone: ReadonlyMap<string, string>): void {
  const passed = new Map<string, string>();
  for (const placed of flow.steps) {
    const { step, id } = placed;
    if (step.call !== undefined && gone.has(step.call)) passed.set(id, nextOf(step));
    if (step.goto !== undefined && gone.has(step.goto)) placed.step = { id, end: 'silent' };
  }
  passOver(flow, passed);
}

const nextOf = ({ next }: RawStep): string => (typeof next === 'string' ? next : END);

/** Takes steps out of a flow; what led to one leads to what followed it. The flow then begins with what followed its first step. */
function passOver(flow: LaidOut, passed: ReadonlyMap<string, string>): void {
  if (passed.size === 0) return;
  const follow = (id: string): string => {
    let at = id;
    for (let count = 0; passed.has(at) && count <= passed.size; count += 1) at = passed.get(at) ?? END;
    return at;
  };
  const start = follow(flow.steps[0]?.id ?? END);
  const kept = flow.steps.filter(({ id }) => !passed.has(id));
  for (const placed of kept) placed.step = mapTargets(placed.step, follow);
  const first = kept.filter(({ id }) => id === start);
  const nothing: PlacedStep = { id: 'nothing', nodes: [], step: { id: 'nothing', set: { done: true }, next: END } };
  flow.steps = [...(first.length > 0 ? first : [nothing]), ...kept.filter(({ id }) => id !== start)];
}
