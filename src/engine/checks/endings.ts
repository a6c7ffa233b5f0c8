// A flow that a person can enter must not end, on any way through it, without having told them anything.
// Flows that are only called may be silent; `end: silent` is meant.
import type { CompiledFlow, CompiledStep, Program } from '../program.ts';
import type { EndStep } from '../steps/end.ts';
import { followers } from './graph.ts';
import type { Report } from './report.ts';

/** Checks that flows which a person enters say something before they end. */
export function checkEndings(program: Program, reports: ReadonlyMap<string, Report>): void {
  const mute = muteFlows(program);
  for (const flow of program.flows.values()) {
    const entered = flow.keywords || flow.id === program.entryFlow || flow.id === program.menuFlow || isEntered(program, flow.id);
    if (!entered) continue;
    const step = muteEnd(flow, mute);
    if (step)
      reports.get(flow.id)!(
        'error',
        'silent_end',
        ['steps', step.index],
        `this flow can end at step "${step.id}" without having told the person anything; add a say`,
      );
  }
}

function isEntered(program: Program, id: string): boolean {
  for (const { steps } of program.flows.values())
    for (const { type, config } of steps) if (type.flows?.(config).some(({ flow, how }) => how === 'goto' && flow === id)) return true;
  return false;
}

/** Whether the person certainly hears something at a step, the flows it calls included. */
function speaks(step: CompiledStep, mute: ReadonlySet<string>): boolean {
  if (step.config.when !== undefined) return false;
  if (step.type.speaks(step.config)) return true;
  return (step.type.flows?.(step.config) ?? []).some(({ flow, how }) => how === 'goto' || !mute.has(flow));
}

function muteFlows(program: Program): Set<string> {
  const mute = new Set<string>();
  for (let grown = true; grown;) {
    grown = false;
    for (const flow of program.flows.values()) {
      if (mute.has(flow.id) || !muteEnd(flow, mute)) continue;
      mute.add(flow.id);
      grown = true;
    }
  }
  return mute;
}

/** The last step of a way through the flow on which nothing is said, or null. */
function muteEnd(flow: CompiledFlow, mute: ReadonlySet<string>): CompiledStep | null {
  const seen = new Set([0]);
  const open = [0];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    const step = flow.steps[index]!;
    if (speaks(step, mute)) continue;
    if (step.kind === 'end' && step.config.when === undefined) {
      if ((step as CompiledStep<EndStep>).config.end === 'silent') continue;
      return step;
    }
    for (const next of followers(flow, step)) {
      if (next >= flow.steps.length) return step;
      if (seen.has(next)) continue;
      seen.add(next);
      open.push(next);
    }
  }
  return null;
}
