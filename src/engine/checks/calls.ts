// Flows that call each other: never in a circle, never more than ten deep.
import type { Program, StepPath } from '../program.ts';
import { MAX_DEPTH } from '../run.ts';
import type { Report } from './report.ts';

interface Call {
  to: string;
  path: StepPath;
}

/** Checks how flows call each other. `goto` leaves the caller, so it neither deepens nor closes a circle. */
export function checkCalls(program: Program, reports: ReadonlyMap<string, Report>): void {
  const calls = new Map<string, Call[]>();
  for (const [id, flow] of program.flows) {
    calls.set(
      id,
      flow.steps.flatMap((step) =>
        (step.type.flows?.(step.config) ?? [])
          .filter(({ how, flow: to }) => how === 'call' && program.flows.has(to))
          .map(({ flow: to, path }) => ({ to, path: ['steps', step.index, ...path] })),
      ),
    );
  }
  const depths = new Map<string, number>();
  for (const id of calls.keys()) measure(id, [], calls, depths, reports);
}

/** Depth of the deepest chain of calls that begins with a flow, itself counted. */
function measure(
  id: string,
  above: readonly string[],
  calls: ReadonlyMap<string, Call[]>,
  depths: Map<string, number>,
  reports: ReadonlyMap<string, Report>,
): number {
  const known = depths.get(id);
  if (known !== undefined) return known;
  let depth = 1;
  for (const { to, path } of calls.get(id) ?? []) {
    if (to === id || above.includes(to)) {
      reports.get(id)!(
        'error',
        'recursive_call',
        path,
        `calling "${to}" from here goes round in a circle: ${[...above.slice(above.indexOf(to)), id, to].join(' → ')}`,
      );
      continue;
    }
    const below = 1 + measure(to, [...above, id], calls, depths, reports);
    if (below > MAX_DEPTH && depth <= MAX_DEPTH)
      reports.get(id)!('error', 'call_depth', path, `flows call each other more than ${MAX_DEPTH} deep from here`);
    depth = Math.max(depth, below);
  }
  depths.set(id, depth);
  return depth;
}
