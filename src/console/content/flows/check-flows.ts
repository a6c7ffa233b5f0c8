// Checks flows while they are edited, in the page: the engine's own compile step over what the editor holds. Used by the problems panel,
// by the form for what is wrong with a step, and by the graph, which draws the compiled flow. What only the whole release can tell is the
// service's check. Pure.
import { compileFlows, type FlowSource, type KnownContent } from '../../../engine/compile.ts';
import { flowKeys, Step, type Flow } from '../../../engine/flow.ts';
import type { Program } from '../../../engine/program.ts';
import { z } from 'zod';
import type { EditedFlow, EditedStep } from './edited-flow.ts';
import type { JsonRecord, Path } from './json-path.ts';

/** Something to mend, and where: in a step, or in the flow itself. */
export interface FlowFault {
  severity: 'error' | 'warning';
  /** `dangling_next`, `unreachable_step` … as the engine's checks are called; `schema`; `empty_flow`. */
  code: string;
  /** The engine's words, in English. */
  message: string;
  flow: string;
  step: string | null;
  /** Within the step; within the head where there is no step. */
  path: Path;
  /** Of the schema: which rule, and what it asks for. */
  rule?: string;
  limit?: number;
}

export interface CheckedFlows {
  program: Program;
  faults: readonly FlowFault[];
}

/** What the flows may rely on; a text is asked for by its full key. */
export type Known = Pick<KnownContent, 'entryFlow' | 'menuFlow' | 'texts' | 'topics' | 'answers'>;

const Head = z.strictObject(flowKeys);
/** Stands for a step that cannot be read, so that all others can be checked. */
const STAND_IN = 'system:not_understood';

/** Checks all flows together: they call each other. */
export function checkFlows(flows: Iterable<EditedFlow>, known: Known): CheckedFlows {
  const faults: FlowFault[] = [];
  const places = new Map<string, Path[]>();
  const edited = new Map<string, EditedFlow>();
  const sources: FlowSource[] = [];
  for (const flow of flows) {
    edited.set(flow.id, flow);
    const asked: Path[] = [];
    places.set(flow.id, asked);
    const at: FlowSource['at'] = (path) => ({ file: flow.id, line: asked.push(path) - 1, column: 0 });
    sources.push({ id: flow.id, flow: toFlow(flow, faults), at });
  }
  const { program, problems } = compileFlows(sources, {
    ...known,
    texts: (key) => key === STAND_IN || known.texts(key),
    release: 0,
    timezone: 'UTC',
    complaintAnswerDays: 1,
    sensitiveAnswerDays: 1,
  });
  for (const { severity, code, message, file, line } of problems) {
    const flow = edited.get(file);
    const path = places.get(file)?.[line] ?? [];
    if (flow) faults.push({ severity, code, message, flow: file, ...placeIn(flow, path) });
  }
  return { program, faults };
}

/** What the schema says about one step. */
export function faultsOfStep(flow: string, step: string, raw: JsonRecord): FlowFault[] {
  const parsed = parseStep(raw);
  return parsed.success ? [] : parsed.error.issues.map((issue) => toFault(issue, flow, step));
}

type ParsedStep = ReturnType<typeof Step.safeParse>;
const parsedSteps = new WeakMap<JsonRecord, ParsedStep>();

/** Steps are never changed, only made anew: each is read once. */
function parseStep(raw: JsonRecord): ParsedStep {
  let parsed = parsedSteps.get(raw);
  if (parsed === undefined) {
    parsed = Step.safeParse(raw);
    parsedSteps.set(raw, parsed);
  }
  return parsed;
}

/** The flow as the engine takes it. Every step has its id written out: so it is known by wherever it stands. */
function toFlow({ id, head, steps }: EditedFlow, faults: FlowFault[]): Flow {
  const parsedHead = Head.safeParse(head);
  if (!parsedHead.success) faults.push(...parsedHead.error.issues.map((issue) => toFault(issue, id, null)));
  if (steps.length === 0)
    faults.push({ severity: 'error', code: 'empty_flow', message: 'a flow needs at least one step', flow: id, step: null, path: [] });
  const parsed = steps.map((step) => toStep(id, step, faults));
  return { ...(parsedHead.success ? parsedHead.data : { private: false }), steps: parsed.length === 0 ? [standIn('start')] : parsed };
}

function toStep(flow: string, { id, raw }: EditedStep, faults: FlowFault[]): Step {
  const parsed = parseStep(raw);
  if (parsed.success) return { ...parsed.data, id };
  faults.push(...parsed.error.issues.map((issue) => toFault(issue, flow, id)));
  return standIn(id);
}

function standIn(id: string): Step {
  return { kind: 'say', id, say: STAND_IN };
}

function toFault(issue: z.core.$ZodIssue, flow: string, step: string | null): FlowFault {
  const fault: FlowFault = {
    severity: 'error',
    code: 'schema',
    message: issue.message,
    flow,
    step,
    path: issue.path.map((key) => (typeof key === 'symbol' ? String(key) : key)),
    rule: issue.code,
  };
  if (issue.code === 'too_small') fault.limit = Number(issue.minimum);
  if (issue.code === 'too_big') fault.limit = Number(issue.maximum);
  if (issue.code === 'invalid_type' && issue.input === undefined) fault.rule = 'missing';
  return fault;
}

function placeIn({ steps }: EditedFlow, path: readonly (string | number)[]): { step: string | null; path: Path } {
  const [top, index, ...inner] = path;
  if (top !== 'steps') return { step: null, path };
  const step = typeof index === 'number' ? steps[index]?.id : undefined;
  return { step: step ?? null, path: inner };
}
