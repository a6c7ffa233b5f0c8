// What the fields of a step's form share: the step as it is in somebody's hands, how a value is changed, and what is wrong where. Made by
// step-form.tsx; read by every field below it.
import { createContext, useContext, type ComponentType } from 'react';
import type { CompiledFlow } from '../../../engine/program.ts';
import type { StepKind } from '../../../engine/steps/index.ts';
import type { FlowFault } from './check-flows.ts';
import type { JsonRecord, JsonValue, Path } from './json-path.ts';
import type { ShapeProps } from './shape-props.ts';
import type { WorkingStep } from './working-step.ts';

export interface StepFormValue {
  step: WorkingStep;
  kind: StepKind;
  isReadOnly: boolean;
  /** The flow with this step in it; null while it is not checked yet. */
  compiled: CompiledFlow | null;
  get(path: Path): JsonValue | undefined;
  /** Undefined takes away what stands there. */
  set(path: Path, value: JsonValue | undefined): void;
  /** The whole step anew. */
  replace(raw: JsonRecord): void;
  /** What is wrong at a place or within it. */
  faultsAt(path: Path): readonly FlowFault[];
  /** A sentence for the first thing that is wrong there; null where all is well. */
  wrongAt(path: Path): string | null;
  /** A text in the source language as it is in the form, by its full key. */
  textAt(full: string): JsonValue | undefined;
  setText(full: string, value: JsonValue | undefined): void;
  /** Whether a text lacks its words, once somebody wanted to save the new step; null before, and for steps that are there. */
  isUnsaid(full: string): boolean | null;
  /** Draws a value within a value. */
  Shape: ComponentType<ShapeProps>;
}

const StepFormContext = createContext<StepFormValue | null>(null);
export const StepFormProvider = StepFormContext.Provider;

export function useStepForm(): StepFormValue {
  const form = useContext(StepFormContext);
  if (form === null) throw new RangeError('This field stands outside of the form of a step.');
  return form;
}
