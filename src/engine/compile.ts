// Makes a program of parsed flows and finds every mistake that can be found without running: see checks/.
// Called by release/ for publishing and by tests. Knows content only by what `known` tells of it.
import { checkCalls } from './checks/calls.ts';
import { checkContent } from './checks/content.ts';
import { checkEndings } from './checks/endings.ts';
import { checkLoops } from './checks/loops.ts';
import { checkReferences } from './checks/references.ts';
import type { FlowProblem, Report } from './checks/report.ts';
import { createExpressionReader, type Expression, type ExpressionReader, type ValueType } from './expression.ts';
import type { Flow } from './flow.ts';
import type { AnswerKind, CompiledFlow, CompiledStep, Program, StepPath, StepType } from './program.ts';
import { STEPS } from './steps/index.ts';
import { defaultStepId } from './step-id.ts';

/** One flow file: parsed, with the place of each of its parts. */
export interface FlowSource {
  id: string;
  flow: Flow;
  /** Where a part of the file stands, such as ['steps', 3, 'next']. Falls back to the nearest part that exists. */
  at(path: StepPath): { file: string; line: number; column: number };
}

/** What the flows may rely on. Ask for a text by its full key, `namespace:key`. */
export interface KnownContent {
  release: number;
  entryFlow: string;
  menuFlow: string;
  timezone: string;
  complaintAnswerDays: number;
  sensitiveAnswerDays: number;
  texts(key: string): boolean;
  topics: { has(code: string): boolean };
  answers: { has(id: string): boolean };
}

export type { FlowProblem } from './checks/report.ts';

/**
 * Compiles flows.
 * @returns the program, and all problems. With a problem of severity error the program must not be used.
 */
export function compileFlows(sources: FlowSource[], known: KnownContent): { program: Program; problems: FlowProblem[] } {
  const problems: FlowProblem[] = [];
  const flows = new Map<string, CompiledFlow>();
  const reports = new Map<string, Report>();
  for (const source of sources) {
    const report: Report = (severity, code, path, message) => problems.push({ severity, code, message, ...source.at(path) });
    reports.set(source.id, report);
    flows.set(source.id, compileFlow(source, report));
  }
  const program: Program = {
    release: known.release,
    entryFlow: known.entryFlow,
    menuFlow: known.menuFlow,
    timezone: known.timezone,
    complaintAnswerDays: known.complaintAnswerDays,
    sensitiveAnswerDays: known.sensitiveAnswerDays,
    flows,
  };
  checkReferences(program, reports);
  checkContent(program, known, reports);
  checkCalls(program, reports);
  checkLoops(program, reports);
  checkEndings(program, reports);
  return { program, problems };
}

function compileFlow({ id, flow }: FlowSource, report: Report): CompiledFlow {
  const answers = collectAnswers(flow, report);
  const reader = createExpressionReader(typesOf(answers), choicesOf(answers));
  const indexOf = new Map<string, number>();
  const steps = flow.steps.map((config, index): CompiledStep => {
    const type = STEPS[config.kind].type as unknown as StepType;
    const stepId = config.id ?? defaultStepId(config, index);
    if (indexOf.has(stepId))
      report('error', 'duplicate_id', ['steps', index], `two steps have the id "${stepId}"; give this one an id of its own`);
    else indexOf.set(stepId, index);
    return { id: stepId, index, kind: config.kind, config, type, expressions: compileExpressions(type, config, index, reader, report) };
  });
  return {
    id,
    topic: flow.topic ?? null,
    private: flow.private,
    keywords: flow.triggers?.keywords ?? false,
    menu: flow.triggers?.menu ?? null,
    steps,
    indexOf,
    answers,
  };
}

function collectAnswers(flow: Flow, report: Report): Map<string, AnswerKind> {
  const answers = new Map<string, AnswerKind>();
  for (const [index, config] of flow.steps.entries()) {
    for (const { path, name, kind } of (STEPS[config.kind].type as unknown as StepType).answers?.(config) ?? []) {
      const known = answers.get(name);
      const same = known === undefined || known.type === kind.type;
      if (!same)
        report(
          'error',
          'answer_type',
          ['steps', index, ...path],
          `"${name}" is a ${known.type} elsewhere in this flow and a ${kind.type} here; save it under another name`,
        );
      answers.set(name, merge(known, kind));
    }
  }
  return answers;
}

/** Two asks that save under one name: the choices of both count. */
function merge(known: AnswerKind | undefined, kind: AnswerKind): AnswerKind {
  if (known?.type !== 'choice' || kind.type !== 'choice') return known ?? kind;
  return { ...known, choices: [...new Set([...known.choices, ...kind.choices])] };
}

/** Types of answers in expressions. Computed values are typed from those that stand before them. */
function typesOf(answers: ReadonlyMap<string, AnswerKind>): Map<string, ValueType> {
  const types = new Map<string, ValueType>();
  for (const [name, kind] of answers) if (kind.type !== 'computed') types.set(name, typeOf(kind));
  for (const [name, kind] of answers) {
    if (kind.type !== 'computed') continue;
    const read = createExpressionReader(types, new Map()).read(kind.source, 'value');
    types.set(name, 'fault' in read ? 'dyn' : read.type);
  }
  return types;
}

function typeOf(kind: AnswerKind): ValueType {
  switch (kind.type) {
    case 'yes_no':
    case 'media':
      return 'bool';
    case 'number':
      return 'double';
    case 'location':
    case 'computed':
      return 'dyn';
    default:
      return 'string';
  }
}

function choicesOf(answers: ReadonlyMap<string, AnswerKind>): Map<string, readonly string[]> {
  const choices = new Map<string, readonly string[]>();
  for (const [name, kind] of answers) if (kind.type === 'choice') choices.set(name, kind.choices);
  return choices;
}

function compileExpressions(
  type: StepType,
  config: Flow['steps'][number],
  index: number,
  reader: ExpressionReader,
  report: Report,
): Map<string, Expression> {
  const compiled = new Map<string, Expression>();
  const uses: { path: StepPath; source: string; want: 'bool' | 'value' }[] = [...(type.expressions?.(config) ?? [])];
  if (config.when !== undefined) uses.push({ path: ['when'], source: config.when, want: 'bool' });
  if (Array.isArray(config.next))
    for (const [i, { if: source }] of config.next.entries())
      if (source !== undefined) uses.push({ path: ['next', i, 'if'], source, want: 'bool' });
  for (const { path, source, want } of uses) {
    const read = reader.read(source, want);
    if ('fault' in read) report('error', 'expression', ['steps', index, ...path], read.fault);
    else compiled.set(path.join('.'), read);
  }
  return compiled;
}
