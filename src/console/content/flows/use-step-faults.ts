// What is wrong with a step as it is in somebody's hands, while they type: first what its schema says, then what the engine says of the flow
// with this step in it. Used by step-form.tsx. What other flows say to it is seen once it is saved.
import { useMemo } from 'react';
import type { CompiledFlow } from '../../../engine/program.ts';
import { checkFlows, faultsOfStep, type FlowFault } from './check-flows.ts';
import { kindOfStep, type EditedFlow, type EditedStep } from './edited-flow.ts';
import type { FlowEditor } from './editor.ts';
import { useSettled } from './use-settled.ts';
import type { LoadedTexts } from './use-loaded-texts.ts';
import { NEW_STEP, textRoot, type WorkingStep } from './working-step.ts';
import { addressOfText, textKeysOf } from './step-texts.ts';

export interface CheckedStep {
  faults: readonly FlowFault[];
  /** The flow with this step in it, for what can be named in conditions. */
  compiled: CompiledFlow | null;
}

/** Need the other flows. */
const ELSEWHERE = new Set(['unknown_flow', 'not_in_menu', 'recursive_call', 'call_depth', 'silent_end']);

/** Nobody waits so long for a letter, and a long flow is checked in less. */
const REST_MS = 150;
const WHEN_SAVED = new Set(['unreachable_step', 'missing_text']);

export function useStepFaults({ flow, content, texts }: FlowEditor, working: WorkingStep): CheckedStep {
  const step = useSettled(working, REST_MS);
  return useMemo(() => {
    const known = {
      ...content.known,
      entryFlow: flow.id,
      menuFlow: flow.id,
      texts: knowsText(step, texts),
    };
    const { faults, program } = checkFlows([flowWith(flow, step)], known);
    const schema = faultsOfStep(flow.id, step.id, step.raw);
    const others = schema.length > 0 ? [] : faults.filter((fault) => fault.step === step.id && !ELSEWHERE.has(fault.code));
    // A new step is led to, and its texts have their names, only once it stands in its place.
    const own = step.id === NEW_STEP ? others.filter(({ code }) => !WHEN_SAVED.has(code)) : others;
    return { faults: [...schema, ...own], compiled: program.flows.get(flow.id) ?? null };
  }, [flow, content, texts, step]);
}

/** Texts for which a new step has no words yet, by their full keys. */
export function unsaidTexts(flow: string, step: WorkingStep, texts: LoadedTexts): string[] {
  if (step.id !== NEW_STEP) return [];
  const has = knowsText(step, texts);
  return textKeysOf(flow, { id: textRoot(step), raw: step.raw }).filter((full) => !has(full));
}

/** Whether a text is there: as the form has it, or as it is saved. */
function knowsText(step: WorkingStep, texts: LoadedTexts): (full: string) => boolean {
  return (full) => hasText(step, full, addressOfText(full, texts.language)) ?? texts.has(full);
}

/** Whether the form changed a text; undefined where it did not touch it. */
function hasText({ texts }: WorkingStep, full: string, address: string): boolean | undefined {
  if (!texts.has(address)) return undefined;
  const value = texts.get(address);
  return full !== '' && value !== undefined && value !== '';
}

/** The flow as it would be with the step saved. */
export function flowWith(flow: EditedFlow, { id, raw, opened, after }: WorkingStep): EditedFlow {
  const step: EditedStep = { id, raw, kind: kindOfStep(raw), change: 'changed' };
  if (opened !== null) return { ...flow, steps: flow.steps.map((one) => (one.id === id ? step : one)) };
  const place = after === null ? 0 : flow.steps.findIndex((one) => one.id === after) + 1 || flow.steps.length;
  return { ...flow, steps: flow.steps.toSpliced(place, 0, step) };
}
