// A loop in which nobody is asked and no time passes would run for ever in one turn: it is refused here.
// Seen across flows: goto and call lead into the other flow, its end leads back behind the call.
import type { CompiledFlow, CompiledStep, Program } from '../program.ts';
import { followers } from './graph.ts';
import type { Report } from './report.ts';

type Node = `${string}#${number}`;
const nodeOf = (flow: string, index: number): Node => `${flow}#${index}`;

/** Checks that every loop waits somewhere. A conditional step may be passed over, so it does not count as a wait. */
export function checkLoops(program: Program, reports: ReadonlyMap<string, Report>): void {
  const silent = silentFlows(program);
  const edges = new Map<Node, Node[]>();
  for (const flow of program.flows.values())
    for (const step of flow.steps) edges.set(nodeOf(flow.id, step.index), edgesOf(program, flow, step, silent));
  const state = new Map<Node, 'open' | 'done'>();
  for (const start of edges.keys()) visit(start, edges, state, program, reports);
}

const alwaysWaits = (step: CompiledStep): boolean => step.type.waits && step.config.when === undefined;

function edgesOf(program: Program, flow: CompiledFlow, step: CompiledStep, silent: ReadonlySet<string>): Node[] {
  if (alwaysWaits(step)) return [];
  const uses = (step.type.flows?.(step.config) ?? []).filter(({ flow: to }) => program.flows.has(to));
  const into = uses.map(({ flow: to }) => nodeOf(to, 0));
  const passes = uses.length === 0 || step.config.when !== undefined || uses.some(({ flow: to, how }) => how === 'call' && silent.has(to));
  return [...into, ...(passes ? followers(flow, step).map((index) => nodeOf(flow.id, index)) : [])];
}

/** Flows that can run from first step to end without a wait. Grown until nothing changes, as flows call each other. */
function silentFlows(program: Program): Set<string> {
  const silent = new Set<string>();
  for (let grown = true; grown;) {
    grown = false;
    for (const flow of program.flows.values()) {
      if (silent.has(flow.id) || !runsThrough(program, flow, silent)) continue;
      silent.add(flow.id);
      grown = true;
    }
  }
  return silent;
}

function runsThrough(program: Program, flow: CompiledFlow, silent: ReadonlySet<string>): boolean {
  const seen = new Set([0]);
  const open = [0];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const step = flow.steps[index];
    if (!step) return true;
    if (alwaysWaits(step)) continue;
    const calls = (step.type.flows?.(step.config) ?? []).filter(({ how }) => how === 'call');
    if (calls.some(({ flow: to }) => program.flows.has(to) && !silent.has(to)) && step.config.when === undefined) continue;
    for (const next of followers(flow, step)) {
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return false;
}

/** Depth-first search; an edge to a node that is still open closes a loop. */
function visit(
  start: Node,
  edges: ReadonlyMap<Node, Node[]>,
  state: Map<Node, 'open' | 'done'>,
  program: Program,
  reports: ReadonlyMap<string, Report>,
): void {
  if (state.has(start)) return;
  const path: { node: Node; next: number }[] = [{ node: start, next: 0 }];
  state.set(start, 'open');
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const to = edges.get(top.node)?.[top.next++];
    if (to === undefined) {
      state.set(top.node, 'done');
      path.pop();
    } else if (state.get(to) === 'open') {
      tell(path.map(({ node }) => node).slice(path.findIndex(({ node }) => node === to)), program, reports);
    } else if (!state.has(to) && edges.has(to)) {
      state.set(to, 'open');
      path.push({ node: to, next: 0 });
    }
  }
}

function tell(loop: Node[], program: Program, reports: ReadonlyMap<string, Report>): void {
  const steps = loop.map((node) => {
    const [flow, index] = node.split('#') as [string, string];
    return { flow, index: Number(index), id: program.flows.get(flow)?.steps[Number(index)]?.id ?? '' };
  });
  const last = steps.at(-1)!;
  const names = [...steps, steps[0]!].map(({ flow, id }) => (steps.every((step) => step.flow === flow) ? id : `${flow}/${id}`));
  reports.get(last.flow)!(
    'error',
    'loop_without_wait',
    ['steps', last.index],
    `this loop never waits for the person: ${names.join(' → ')}; put an ask or a wait into it`,
  );
}
