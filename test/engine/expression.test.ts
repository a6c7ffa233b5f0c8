// Expressions: what is allowed, what they give, and what an unanswered question means in them.
import { describe, expect, it } from 'vitest';
import { createExpressionReader, type Expression, type Scope } from '../../src/engine/expression.ts';
import type { Value } from '../../src/domain/session.ts';

const reader = createExpressionReader(
  new Map([
    ['need', 'string'],
    ['ok', 'bool'],
    ['age', 'double'],
    ['where', 'dyn'],
    ['date', 'string'],
  ] as const),
  new Map([['need', ['a', 'b']]]),
);
const scope = (answers: Record<string, Value>): Scope => ({
  answers: { need: null, ok: null, age: null, where: null, date: null, ...answers },
  facts: { locality: null, topic: 'EDU.ENR', private: false },
  channel: 'sms',
  language: 'es',
  hour: 9n,
  today: '2026-11-23',
  desk: { open: true, staffed: false },
});
const fault = (source: string, want: 'bool' | 'value' = 'bool'): string => {
  const read = reader.read(source, want);
  return 'fault' in read ? read.fault : '';
};
const value = (source: string, answers: Record<string, Value> = {}): Value =>
  (reader.read(source, 'value') as Expression).evaluate(scope(answers));

describe('expressions', () => {
  it.each<[string, Record<string, Value>, Value]>([
    ['answers.need == "a"', { need: 'a' }, true],
    ['answers.need in ["a", "b"]', { need: 'b' }, true],
    ['answers.age >= 18', { age: 18 }, true],
    ['answers.age == 20', { age: 20 }, true],
    ['answers.age + 1', { age: 20 }, 21],
    ['!answers.ok', { ok: false }, true],
    ['hour >= 9 && desk.open && !desk.staffed', {}, true],
    ['facts.locality == null', {}, true],
    ['facts.topic == "EDU.ENR"', {}, true],
    ['facts.locality != null && facts.locality.startsWith("ES")', {}, false],
    ['answers.ok ? "x" : "y"', { ok: true }, 'x'],
    ['channel == "sms" && language == "es"', {}, true],
    ['daysBetween(today, answers.date) <= 7', { date: '2026-11-30' }, true],
    ['size(answers.need)', { need: 'a' }, 1],
  ])('%s', (source, answers, expected) => {
    expect(value(source, answers)).toBe(expected);
  });

  it('treat what was not answered as null: equal to nothing else, never more or less, no fault', () => {
    for (const source of [
      'answers.need == "a"',
      'answers.age >= 18',
      'answers.age < 18',
      '18 > answers.age',
      'answers.need in ["a"]',
      'answers.need.startsWith("a")',
    ])
      expect(value(source)).toBe(false);
    expect(value('answers.need == null')).toBe(true);
    expect(value('answers.need != "a"')).toBe(true);
    for (const source of ['!answers.ok', 'answers.age + 1', 'daysBetween(today, answers.date) <= 7']) expect(value(source)).toBe(null);
  });

  it('are refused when wrong in type or name', () => {
    expect(fault('answers.ok == "yes"')).toContain('no such overload: bool == string');
    expect(fault('answers.nothing == 1')).toBe(
      'unknown answer "nothing" in "answers.nothing == 1"; this flow\'s answers are need, ok, age, where, date',
    );
    expect(fault('answers.need == "c"')).toBe('answers.need is never "c"; its choices are a, b');
    expect(fault('answers.need in ["a", "c"]')).toContain('never "c"');
    expect(fault('nope == 1')).not.toBe('');
    expect(fault('answers.need')).toBe('a condition must be true or false, but "answers.need" gives a string');
    expect(fault('answers', 'value')).toContain('a text, number or yes/no is needed');
    expect(fault('answers.need ==')).not.toBe('');
  });

  it.each([
    'answers.need.matches("a+")',
    'has(answers.need)',
    '[1, 2].exists(x, x > 1)',
    '[1].all(x, x > 0)',
    'cel.bind(x, 1, x) == 1',
    '[1].map(x, x)[0] == 1',
    '[1].filter(x, x > 0)[0] == 1',
  ])('are refused with macros or matches: %s', (source) => {
    expect(fault(source)).toContain('is not allowed');
  });

  it('are limited in size and depth, and see nothing of the machine', () => {
    expect(fault(Array(300).fill('1').join('+') + ' > 1')).not.toBe('');
    expect(fault(`${'('.repeat(60)}true${')'.repeat(60)}`)).not.toBe('');
    expect(fault('this.constructor == null')).not.toBe('');
    expect(fault('answers.__proto__ == null')).not.toBe('');
    expect(fault('answers.constructor == null')).not.toBe('');
  });
});
