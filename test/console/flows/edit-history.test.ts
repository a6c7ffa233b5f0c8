// What was taken back is recognised by what stands there, and can be done again until something else is saved.
import { describe, expect, it } from 'vitest';
import { standing, withSave, type SavedEdits } from '../../../src/console/content/flows/edit-history.ts';
import type { JsonValue } from '../../../src/console/content/flows/json-path.ts';

const save = (address: string, before: JsonValue | undefined, value: JsonValue | undefined): SavedEdits => ({
  edits: [{ address, value }],
  before: new Map([[address, before]]),
});
const history = [save('a', 1, 2), save('a', 2, 3), save('b', undefined, 1)];
const now = (values: Record<string, JsonValue | null>) => (address: string) => values[address];

describe('the history of edits', () => {
  it('tells how many saves still stand', () => {
    expect(standing(history, now({ a: 3, b: 1 }))).toBe(3);
    expect(standing(history, now({ a: 3 }))).toBe(2);
    expect(standing(history, now({ a: 2 }))).toBe(1);
    expect(standing(history, now({ a: 1 }))).toBe(0);
    expect(standing([], now({}))).toBe(0);
  });

  it('does nothing again where somebody else changed the same, and does not mind what is not read', () => {
    expect(standing(history, now({ a: 9 }))).toBe(3);
    expect(standing(history, now({ a: 2, b: null }))).toBe(1);
  });

  it('forgets what was taken back when something else is saved', () => {
    expect(withSave(history, 1, save('c', 1, 2)).map(({ edits }) => edits[0]?.address)).toEqual(['a', 'c']);
  });
});
