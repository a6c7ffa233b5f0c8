// Names that must lead somewhere: steps, flows, choices of `next`; and steps that nothing leads to.
import type { CompiledFlow, CompiledStep, Program } from '../program.ts';
import { suggest } from '../suggest.ts';
import { reachable, resolve, targetsOf } from './graph.ts';
import type { Report } from './report.ts';

/** Steps a flow may have. */
const MAX_FLOW_STEPS = 1000;

/** Checks the references of all flows. */
export function checkReferences(program: Program, reports: ReadonlyMap<string, Report>): void {
  for (const [id, flow] of program.flows) {
    const report = reports.get(id)!;
    if (flow.steps.length > MAX_FLOW_STEPS)
      report(
        'error',
        'too_many_steps',
        ['steps'],
        `a flow has at most ${MAX_FLOW_STEPS} steps, this one has ${flow.steps.length}; move some into a flow of their own`,
      );
    for (const step of flow.steps) {
      checkTargets(flow, step, report);
      checkChoices(step, report);
      checkFlows(program, step, report);
      checkQuestionKeys(step, report);
    }
    checkMenu(program, flow, report);
    checkReachable(flow, report);
  }
  for (const [what, id] of [
    ['entry flow', program.entryFlow],
    ['menu flow', program.menuFlow],
  ] as const) {
    if (program.flows.has(id)) continue;
    reports
      .values()
      .next()
      .value?.('error', 'unknown_flow', [], `the settings name "${id}" as the ${what}, but there is no flows/${id}.yaml`);
  }
}

const didYouMean = (wrong: string, known: readonly string[]): string => {
  const guess = suggest(wrong, known);
  return guess === null ? '' : `; did you mean "${guess}"?`;
};

function checkTargets(flow: CompiledFlow, step: CompiledStep, report: Report): void {
  for (const { path, to } of targetsOf(step)) {
    if (resolve(flow, to) !== null) continue;
    report(
      'error',
      'dangling_next',
      ['steps', step.index, ...path],
      `there is no step "${to}" in this flow${didYouMean(to, [...flow.indexOf.keys()])}`,
    );
  }
}

function checkChoices(step: CompiledStep, report: Report): void {
  const { next } = step.config;
  if (next === undefined || typeof next === 'string' || Array.isArray(next)) return;
  const outcomes = step.type.outcomes?.(step.config) ?? [];
  for (const choice of Object.keys(next)) {
    if (choice === 'default' || outcomes.includes(choice)) continue;
    const allowed =
      outcomes.length > 0 ? `; its outcomes are ${outcomes.join(', ')} and default` : '; it has no outcomes, use default or a single step';
    report(
      'error',
      'unknown_choice',
      ['steps', step.index, 'next', choice],
      `"${choice}" is no outcome of this ${step.kind} step${allowed}`,
    );
  }
}

function checkFlows(program: Program, step: CompiledStep, report: Report): void {
  for (const { path, flow } of step.type.flows?.(step.config) ?? []) {
    if (program.flows.has(flow)) continue;
    report(
      'error',
      'unknown_flow',
      ['steps', step.index, ...path],
      `there is no flow "${flow}"${didYouMean(flow, [...program.flows.keys()])}`,
    );
  }
}

/** Keys that only mean something where a question is put. */
function checkQuestionKeys(step: CompiledStep, report: Report): void {
  if (step.type.question) return;
  for (const key of ['timeout', 'on_misunderstood'] as const) {
    if (step.config[key] === undefined) continue;
    report('error', 'useless_key', ['steps', step.index, key], `a ${step.kind} step asks nothing, so ${key} means nothing here; remove it`);
  }
}

/** A flow that says which menu shows it must be shown there. */
function checkMenu(program: Program, flow: CompiledFlow, report: Report): void {
  if (flow.menu === null) return;
  const menu = program.flows.get(flow.menu);
  const shown = menu?.steps.some(({ type, config }) => type.flows?.(config).some((use) => use.flow === flow.id));
  if (!menu)
    report(
      'error',
      'unknown_flow',
      ['triggers', 'menu'],
      `there is no flow "${flow.menu}"${didYouMean(flow.menu, [...program.flows.keys()])}`,
    );
  else if (!shown)
    report(
      'error',
      'not_in_menu',
      ['triggers', 'menu'],
      `the flow "${flow.menu}" has no goto or call to "${flow.id}"; add it there or leave menu out here`,
    );
}

function checkReachable(flow: CompiledFlow, report: Report): void {
  const seen = reachable(flow);
  for (const step of flow.steps) {
    if (!seen.has(step.index))
      report('error', 'unreachable_step', ['steps', step.index], `no way leads to step "${step.id}"; lead to it or remove it`);
  }
}
