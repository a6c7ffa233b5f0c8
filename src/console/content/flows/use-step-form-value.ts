// What the fields of a step's form work on: reading and changing values of the step in hand, its texts, and what is wrong where.
// Used by step-form.tsx.
import { useMemo } from 'react';
import type { StepKind } from '../../../engine/steps/index.ts';
import { isBlank } from './blank-value.ts';
import { faultsOfStep, type FlowFault } from './check-flows.ts';
import type { EditorWork } from './editor.ts';
import { useFaultWords } from './fault-words.ts';
import { ShapeField } from './field-view.tsx';
import { beginsWith, getIn, type Path } from './json-path.ts';
import type { StepFormValue } from './step-form-context.ts';
import { addressOfText } from './step-texts.ts';
import { unsaidTexts, useStepFaults } from './use-step-faults.ts';
import type { WorkingStep } from './working-step.ts';

export interface FormState {
  value: StepFormValue;
  /** Whether it can be saved as it is right now: the schema takes it, and a new step has its words. */
  isSound: () => boolean;
}

/** `isTried`: somebody wanted to save; until then a new step is not blamed for what is still empty. */
export function useStepFormValue(editor: EditorWork, step: WorkingStep, kind: StepKind, isTried: boolean): FormState {
  const { faults, compiled } = useStepFaults(editor, step);
  const words = useFaultWords();
  const shown = useMemo(
    () => (isTried || step.opened !== null ? faults : faults.filter((fault) => !waits(fault, step))),
    [faults, isTried, step],
  );
  const { flow, working, texts, canEdit } = editor;
  const unsaid = unsaidTexts(flow.id, step, texts);
  const faultsAt = (path: Path): readonly FlowFault[] => shown.filter((fault) => beginsWith(fault.path, path));
  const address = (full: string): string => addressOfText(full, texts.language);
  return {
    isSound: () => faultsOfStep(flow.id, step.id, step.raw).length === 0 && unsaid.length === 0,
    value: {
      step,
      kind,
      compiled,
      isReadOnly: !canEdit,
      get: (path) => getIn(step.raw, path),
      set: (path, value) => working.set(step.id, path, value),
      replace: (raw) => working.replace(step.id, raw),
      faultsAt,
      wrongAt(path) {
        const [first] = faultsAt(path);
        if (first === undefined) return null;
        const { text, detail } = words(first);
        return detail === null ? text : `${text} ${detail}`;
      },
      textAt: (full) => (step.texts.has(address(full)) ? step.texts.get(address(full)) : texts.valueAt(address(full))),
      setText: (full, value) => working.setText(step.id, address(full), value, texts.revisionAt(address(full))),
      isUnsaid: (full) => (isTried && step.opened === null ? unsaid.includes(full) : null),
      Shape: ShapeField,
    },
  };
}

/** Empty: not wrong yet. */
function waits({ code, path }: FlowFault, { raw }: WorkingStep): boolean {
  return code === 'schema' && isBlank(getIn(raw, path));
}
