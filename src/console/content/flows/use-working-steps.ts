// The steps that somebody is changing, by flow, kept as long as the page lives: nothing typed is lost when another step, another view or
// another page is opened. Used by flow-editor-page.tsx; whoever closes the browser is asked first.
import { useEffect, useState } from 'react';
import type { EditedFlow } from './edited-flow.ts';
import { stepOf } from './edited-flow.ts';
import { sameValue, setInRecord, type JsonRecord, type JsonValue, type Path } from './json-path.ts';
import { isChanged, type WorkingStep } from './working-step.ts';

export interface WorkingSteps {
  /** A step as its form shows it: with what is not saved, or as it stands. */
  of(id: string): WorkingStep | null;
  /** Ids of steps with something unsaved. */
  unsaved: ReadonlySet<string>;
  set(id: string, path: Path, value: JsonValue | undefined): void;
  replace(id: string, raw: JsonRecord): void;
  /** `revision`: with which the text was read. */
  setText(id: string, address: string, value: JsonValue | undefined, revision: number): void;
  begin(step: WorkingStep): void;
  drop(id: string): void;
  /** It was saved as it was then. What was typed since stays unsaved. */
  settle(saved: WorkingStep): void;
}

/** By content and flow. */
const kept = new Map<string, ReadonlyMap<string, WorkingStep>>();

export function useWorkingSteps(source: string, flow: EditedFlow, revisionOf: (step: string) => number): WorkingSteps {
  const key = `${source}/${flow.id}`;
  const [, setCount] = useState(0);
  const steps = kept.get(key) ?? new Map<string, WorkingStep>();
  const keep = (next: ReadonlyMap<string, WorkingStep>): void => {
    kept.set(key, next);
    setCount((count) => count + 1);
  };
  const asItStands = (id: string): WorkingStep | null => {
    const step = stepOf(flow, id);
    if (step === undefined) return null;
    return { id, raw: step.raw, texts: new Map(), opened: step.raw, expects: new Map(), after: null };
  };
  const change = (id: string, make: (step: WorkingStep) => WorkingStep): void => {
    const all = kept.get(key) ?? new Map<string, WorkingStep>();
    const before = all.get(id) ?? asItStands(id);
    if (before === null) return;
    const opened = all.has(id) || before.opened === null ? before : { ...before, expects: new Map([[STEP, revisionOf(id)]]) };
    const step = make(opened);
    keep(isChanged(step) ? new Map(all).set(id, step) : without(all, id));
  };
  useWarningBeforeClosing();
  return {
    of: (id) => steps.get(id) ?? asItStands(id),
    unsaved: new Set(steps.keys()),
    set: (id, path, value) => change(id, (step) => ({ ...step, raw: setInRecord(step.raw, path, value) })),
    replace: (id, raw) => change(id, (step) => ({ ...step, raw })),
    setText: (id, address, value, revision) =>
      change(id, (step) => ({
        ...step,
        texts: new Map(step.texts).set(address, value),
        expects: step.expects.has(address) ? step.expects : new Map(step.expects).set(address, revision),
      })),
    begin: (step) => keep(new Map(kept.get(key)).set(step.id, step)),
    drop: (id) => keep(without(kept.get(key) ?? new Map(), id)),
    settle(saved) {
      const all = kept.get(key) ?? new Map<string, WorkingStep>();
      const now = all.get(saved.id);
      const left = now === undefined || now === saved || saved.opened === null ? null : typedSince(now, saved);
      keep(left !== null && isChanged(left) ? new Map(all).set(saved.id, left) : without(all, saved.id));
    },
  };
}

/** What the step in hand has beyond what was saved. With which revision it goes on is known when it is saved next. */
function typedSince(now: WorkingStep, saved: WorkingStep): WorkingStep {
  const texts = new Map(
    [...now.texts].filter(([address, value]) => !saved.texts.has(address) || !sameValue(saved.texts.get(address), value)),
  );
  return { ...now, texts, opened: saved.raw, expects: new Map() };
}

/** Under which the revision of the step itself is kept among `expects`. */
export const STEP = 'step';

function without(steps: ReadonlyMap<string, WorkingStep>, id: string): Map<string, WorkingStep> {
  const rest = new Map(steps);
  rest.delete(id);
  return rest;
}

function useWarningBeforeClosing(): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent): void => {
      if ([...kept.values()].some((steps) => steps.size > 0)) event.preventDefault();
    };
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, []);
}
