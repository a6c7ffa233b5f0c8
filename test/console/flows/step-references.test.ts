// Where a step leads is found whatever its type, and can be led elsewhere without leaving broken pieces behind.
import { describe, expect, it } from 'vitest';
import { changeReferences, referencesOf } from '../../../src/console/content/flows/step-references.ts';

describe('references of a step', () => {
  it('are found in next by step, by choice and by condition, in outcomes, waiting time and branches', () => {
    expect(referencesOf({ say: 'a', next: 'b' })).toEqual([{ path: ['next'], to: 'b' }]);
    expect(referencesOf({ ask: 'a', choices: ['x'], next: { x: 'b', default: 'c' }, timeout: { seconds: 60, next: 'd' } })).toEqual([
      { path: ['next', 'x'], to: 'b' },
      { path: ['next', 'default'], to: 'c' },
      { path: ['timeout', 'next'], to: 'd' },
    ]);
    expect(referencesOf({ answer: 'Q04', found: 'b', not_found: 'c', next: [{ if: 'true', to: 'd' }, { to: 'end' }] })).toEqual([
      { path: ['found'], to: 'b' },
      { path: ['not_found'], to: 'c' },
      { path: ['next', 0, 'to'], to: 'd' },
      { path: ['next', 1, 'to'], to: 'end' },
    ]);
    expect(referencesOf({ branch: [{ if: 'true', to: 'b' }] })).toEqual([{ path: ['branch', 0, 'to'], to: 'b' }]);
  });

  it('lead elsewhere, and nothing else of the step changes', () => {
    const step = { id: 'a', ask: 'a', choices: ['x'], next: { x: 'old', default: 'end' }, on_misunderstood: 'old' };
    expect(changeReferences(step, (to) => (to === 'old' ? 'new' : to))).toEqual({
      id: 'a',
      ask: 'a',
      choices: ['x'],
      next: { x: 'new', default: 'end' },
      on_misunderstood: 'new',
    });
  });

  it('are left out as a whole where there is nothing to lead to', () => {
    const none = (): null => null;
    expect(changeReferences({ say: 'a', next: 'b' }, none)).toEqual({ say: 'a' });
    expect(changeReferences({ ask: 'a', type: 'yes_no', next: { yes: 'b' } }, none)).toEqual({ ask: 'a', type: 'yes_no' });
    expect(changeReferences({ ask: 'a', type: 'text', timeout: { seconds: 60, next: 'b' } }, none)).toEqual({ ask: 'a', type: 'text' });
    expect(changeReferences({ say: 'a', next: [{ if: 'x', to: 'b' }, { if: 'y', to: 'b' }, { to: 'end' }] }, none)).toEqual({
      say: 'a',
      next: [{ to: 'end' }],
    });
    expect(changeReferences({ answer: 'Q04', found: 'b' }, none)).toEqual({ answer: 'Q04' });
  });

  it('of a branch with nothing left lead to the end, for a branch must lead somewhere', () => {
    expect(changeReferences({ branch: [{ if: 'true', to: 'b' }, { to: 'c' }] }, () => null)).toEqual({
      branch: [{ if: 'true', to: 'end' }],
    });
  });
});
