// The head of a flow as its form shows it, and that only what was changed is written.
import { describe, expect, it } from 'vitest';
import { headEdits, readHead } from '../../../src/console/content/flows/flow-head.ts';

const head = { topic: 'EDU.ENR', objectives: [15, 16], triggers: { keywords: true, menu: 'menu' } };
const texts = {
  language: 'en',
  valueAt: (address: string) => (address === 'locales/en/school.json#keywords' ? ['school', 'class'] : undefined),
};
const read = readHead({ id: 'school', head }, texts);

describe('the head of a flow', () => {
  it('is read with the words that begin the flow', () => {
    expect(read).toEqual({
      topic: 'EDU.ENR',
      objectives: [15, 16],
      isPrivate: false,
      keywords: true,
      menu: 'menu',
      words: 'school\nclass',
    });
    expect(readHead({ id: 'x', head: {} }, texts)).toEqual({
      topic: '',
      objectives: [],
      isPrivate: false,
      keywords: false,
      menu: '',
      words: '',
    });
  });

  it('writes only what differs, and takes away what is empty', () => {
    expect(headEdits('school', 'en', read, read)).toEqual([]);
    expect(headEdits('school', 'en', read, { ...read, words: ' school \n\nclass' })).toEqual([]);
    expect(
      headEdits('school', 'en', read, { ...read, topic: '', keywords: false, menu: '', words: '', isPrivate: true, objectives: [1] }),
    ).toEqual([
      { address: 'flows/school.yaml#head/topic', value: undefined },
      { address: 'flows/school.yaml#head/objectives', value: [1] },
      { address: 'flows/school.yaml#head/private', value: true },
      { address: 'flows/school.yaml#head/triggers', value: undefined },
      { address: 'locales/en/school.json#keywords', value: undefined },
    ]);
  });
});
