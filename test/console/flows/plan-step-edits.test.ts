// What the editor writes when steps are added, moved, removed, renamed or replaced, and that the flow is still sound afterwards.
import { describe, expect, it } from 'vitest';
import { checkFlows } from '../../../src/console/content/flows/check-flows.ts';
import { readEditedFlows, type EditedFlow } from '../../../src/console/content/flows/edited-flow.ts';
import type { JsonValue } from '../../../src/console/content/flows/json-path.ts';
import {
  leadsTo,
  planAddSteps,
  planMoveStep,
  planRemoveStep,
  planRenameStep,
  planReplaceStep,
  type PlannedEdit,
} from '../../../src/console/content/flows/plan-step-edits.ts';
import { flowOf, KNOWN } from './flows.ts';

const flow = flowOf('one', [
  { ask: 'age', choices: ['young', 'old'], next: { young: 'school', default: 'work' } },
  { id: 'school', say: 'school', next: 'bye' },
  { id: 'work', say: 'work' },
  { say: 'bye' },
]);
const none = new Map<string, JsonValue>();

/** The flow as it is after the edits. */
function apply(before: EditedFlow, edits: readonly PlannedEdit[]): EditedFlow {
  const file = `flows/${before.id}.yaml`;
  const values = new Map<string, JsonValue>([
    ...Object.entries(before.head).map(([key, value]) => [`${file}#head/${key}`, value] as const),
    ...before.steps.map(({ id, raw }) => [`${file}#steps/${id}`, raw] as const),
    [`${file}#order`, before.steps.map(({ id }) => id)],
  ]);
  for (const { address, value } of edits) {
    if (value === undefined) values.delete(address);
    else values.set(address, value);
  }
  const entries = [...values].map(([address, value]) => ({
    address,
    kind: 'flow_step' as const,
    value,
    change: null,
    revision: 0,
    by: null,
    at: null,
  }));
  const after = readEditedFlows(entries).get(before.id);
  if (after === undefined) throw new RangeError('The flow is gone.');
  return after;
}
const ids = ({ steps }: EditedFlow): string[] => steps.map(({ id }) => id);
const rawOf = (one: EditedFlow, id: string): unknown => one.steps.find((step) => step.id === id)?.raw;
const codes = (one: EditedFlow): string[] => checkFlows([one], KNOWN).faults.map(({ code }) => code);

describe('adding steps', () => {
  it('puts them behind a step, between it and where it led, with their texts in the same save', () => {
    const texts = new Map([['locales/en/one.json#more', 'More about it.']]);
    const edits = planAddSteps(flow, 'school', [{ id: 'more', raw: { say: 'more' } }], texts);
    const after = apply(flow, edits);
    expect(edits).toContainEqual({ address: 'locales/en/one.json#more', value: 'More about it.' });
    expect(ids(after)).toEqual(['age', 'school', 'more', 'work', 'bye']);
    expect(rawOf(after, 'school')).toEqual({ id: 'school', say: 'school' });
    expect(rawOf(after, 'more')).toEqual({ say: 'more', next: 'bye' });
    expect(codes(after)).toEqual([]);
  });

  it('leaves a step that leads by choice as it is, and stands before all others where that is asked', () => {
    expect(rawOf(apply(flow, planAddSteps(flow, 'age', [{ id: 'more', raw: { say: 'more' } }], none)), 'age')).toEqual(rawOf(flow, 'age'));
    expect(ids(apply(flow, planAddSteps(flow, null, [{ id: 'hello', raw: { say: 'hello' } }], none)))[0]).toBe('hello');
  });

  it('does not lead on from an end', () => {
    const after = apply(flow, planAddSteps(flow, 'school', [{ id: 'stop', raw: { id: 'stop', end: 'answered' } }], none));
    expect(rawOf(after, 'stop')).toEqual({ id: 'stop', end: 'answered' });
    expect(rawOf(after, 'school')).toEqual({ id: 'school', say: 'school', next: 'bye' });
  });
});

describe('moving a step', () => {
  it('changes the order alone, and nothing at either end', () => {
    expect(planMoveStep(flow, 'work', -1)).toEqual([{ address: 'flows/one.yaml#order', value: ['age', 'work', 'school', 'bye'] }]);
    expect(planMoveStep(flow, 'age', -1)).toEqual([]);
    expect(planMoveStep(flow, 'bye', 1)).toEqual([]);
  });
});

describe('removing a step', () => {
  it('leads whoever led to it to where it led', () => {
    const after = apply(flow, planRemoveStep(flow, 'school', none));
    expect(rawOf(after, 'age')).toMatchObject({ next: { young: 'bye', default: 'work' } });
    expect(ids(after)).toEqual(['age', 'work', 'bye']);
    expect(codes(after)).toEqual([]);
  });

  it('keeps what fell through to it on its way', () => {
    const two = flowOf('one', [
      { say: 'a' },
      { say: 'b', next: 'd' },
      { ask: 'c', type: 'yes_no', next: { yes: 'd', no: 'a' } },
      { say: 'd' },
    ]);
    expect(rawOf(apply(two, planRemoveStep(two, 'b', none)), 'a')).toEqual({ say: 'a', next: 'd' });
    const byChoice = flowOf('one', [
      { ask: 'a', choices: ['x', 'y'], next: { x: 'c' } },
      { say: 'b', next: 'd' },
      { say: 'c' },
      { say: 'd' },
    ]);
    expect(rawOf(apply(byChoice, planRemoveStep(byChoice, 'b', none)), 'a')).toMatchObject({ next: { x: 'c', default: 'd' } });
    const byCondition = flowOf('one', [{ say: 'a', next: [{ if: 'true', to: 'c' }] }, { say: 'b', next: 'd' }, { say: 'c' }, { say: 'd' }]);
    expect(rawOf(apply(byCondition, planRemoveStep(byCondition, 'b', none)), 'a')).toMatchObject({
      next: [{ if: 'true', to: 'c' }, { to: 'd' }],
    });
  });

  it('leads to the end where it was the last, and takes its texts with it', () => {
    const edits = planRemoveStep(flow, 'bye', new Map([['locales/fr/one.json#bye', undefined]]));
    expect(rawOf(apply(flow, edits), 'school')).toMatchObject({ next: 'end' });
    expect(edits).toContainEqual({ address: 'locales/fr/one.json#bye', value: undefined });
    expect(leadsTo(flow, 'bye')).toEqual(['school']);
  });
});

describe('renaming a step', () => {
  it('renames it wherever the flow names it, and keeps its place', () => {
    const after = apply(flow, planRenameStep(flow, 'school', 'a_school', none));
    expect(ids(after)).toEqual(['age', 'a_school', 'work', 'bye']);
    expect(rawOf(after, 'age')).toMatchObject({ next: { young: 'a_school' } });
    expect(rawOf(after, 'a_school')).toEqual({ id: 'a_school', say: 'school', next: 'bye' });
    expect(codes(after)).toEqual([]);
  });

  it('writes no id where the text says it already, and follows a step that leads to itself', () => {
    const renamed = apply(flow, planRenameStep(flow, 'bye', 'last', none));
    expect(rawOf(renamed, 'last')).toEqual({ id: 'last', say: 'bye' });
    expect(rawOf(apply(renamed, planRenameStep(renamed, 'last', 'bye', none)), 'bye')).toEqual({ say: 'bye' });
    const loop = flowOf('one', [{ id: 'again', ask: 'more', type: 'yes_no', next: { yes: 'again', default: 'end' } }]);
    expect(rawOf(apply(loop, planRenameStep(loop, 'again', 'once_more', none)), 'once_more')).toMatchObject({ next: { yes: 'once_more' } });
  });
});

describe('replacing a step', () => {
  it('writes the step only where it says something else', () => {
    expect(planReplaceStep(flow, 'bye', { say: 'bye' }, new Map([['locales/en/one.json#bye', 'Bye.']]))).toEqual([
      { address: 'locales/en/one.json#bye', value: 'Bye.' },
    ]);
    expect(planReplaceStep(flow, 'bye', { say: 'bye', when: 'hour > 12' }, none)).toHaveLength(1);
  });
});
