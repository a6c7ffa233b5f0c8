// Printing and reading a choice's number must agree, whatever the length of the list.
import { expect, it } from 'vitest';
import { choiceIndex, choiceNumber } from '../../src/domain/choice-number.ts';

it('reads back every number that it prints', () => {
  for (let total = 1; total <= 30; total += 1) {
    for (let index = 0; index < total; index += 1) {
      expect(choiceIndex(Number(choiceNumber(index, total)), total)).toBe(index);
    }
  }
});

it('shows the tenth of ten as 0, so that each choice is one key press', () => {
  expect(choiceNumber(9, 10)).toBe('0');
  expect(choiceNumber(9, 11)).toBe('10');
  expect(choiceIndex(10, 10)).toBe(9);
});

it('reads no choice where there is none', () => {
  expect(choiceIndex(0, 3)).toBeNull();
  expect(choiceIndex(4, 3)).toBeNull();
  expect(choiceIndex(1.5, 3)).toBeNull();
});
