// What the schema of flow files says about an author's slips.
import { describe, expect, it } from 'vitest';
import { Flow } from '../../src/engine/flow.ts';
import { suggest } from '../../src/engine/suggest.ts';

const faults = (flow: unknown): string[] => {
  const parsed = Flow.safeParse(flow);
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
};
const inStep = (step: unknown): string[] => faults({ steps: [step] });

describe('a step', () => {
  it('of an unknown type is named, with the known types and the likely one', () => {
    expect(inStep({ sya: 'x' })).toEqual([
      expect.stringMatching(/^steps\.0\.sya: unknown step type "sya" \(did you mean "say"\?\); known types: say, ask, answer, /),
    ]);
    expect(inStep({ foo: 'x', id: 'a' })).toEqual([expect.stringContaining('unknown step type "foo"; known types')]);
  });

  it('has exactly one type', () => {
    expect(inStep({ say: 'x', ask: 'y' })).toEqual([
      'steps.0.ask: a step has one type, but this one has say and ask; make two steps of it',
    ]);
    expect(inStep({ id: 'a' })).toEqual([expect.stringContaining('a step needs a type; known types: say')]);
    expect(inStep('say')).toEqual([expect.stringContaining('a step is a mapping with a type key')]);
  });

  it('has only known keys, which the message lists', () => {
    expect(inStep({ say: 'x', colour: 'red' })).toEqual([
      'steps.0: unknown key "colour" in a say step; known keys: say, params, id, when, next, timeout, on_misunderstood',
    ]);
  });

  it.each([
    [{ ask: 'age' }, 'an ask needs choices, or a type'],
    [{ ask: 'age', type: 'choice' }, 'a choice needs choices'],
    [{ ask: 'age', type: 'text', choices: ['a'] }, 'an ask of type text has no choices'],
    [{ ask: 'age', choices: ['a', 'a'] }, 'the same choice stands twice'],
    [{ ask: 'age', choices: [1, 2] }, 'write it in quotes'],
    [{ ask: 'age', choices: ['default'] }, '"default" is not a choice'],
    [{ ask: 'age', choices: ['skip'], optional: true }, '"skip" is added by optional'],
    [{ ask: 'age', type: 'text', min: 3 }, 'only for type: number'],
    [{ ask: 'age', type: 'number', min: 3, max: 1 }, 'max is below min'],
    [{ ask: 'age', type: 'number', max_chars: 3 }, 'only for type: text'],
    [{ ask: 'system:helped', choices: ['a'] }, 'cannot be the name of an answer; add save'],
    [{ ask: 'age', type: 'colour' }, 'Invalid option'],
    [{ say: 'a b' }, 'must be a text key'],
    [{ say: 'a', next: [3] }, 'next must be a step id, a map'],
    [{ say: 'a', id: 'end' }, '"end" is reserved'],
    [{ say: 'a', id: 'Big Id' }, 'an id is lower-case letters'],
    [{ answer: 'q4' }, 'must be the id of an entry (Q04)'],
    [{ answer: { find: 'x' } }, 'answer must be the id of an entry'],
    [{ end: 'finished' }, 'end must be one of answered'],
    [{ log: { outcome: 'great' } }, 'must be one of answered, referred'],
    [{ log: { caller: 'x' } }, 'unknown field "caller"; known fields: topic'],
    [{ log: { barrier: 'my story is long' } }, 'must be a code'],
    [{ consent: 'Keep it' }, 'must be a purpose'],
    [{ wait: { seconds: 1 } }, 'Too small'],
    [{ goto: 'A flow' }, 'must be the id of a flow'],
  ])('%j → %s', (step, message) => {
    expect(inStep(step).join('\n')).toContain(message);
  });

  it('is read with its type as kind', () => {
    expect(Flow.parse({ steps: [{ answer: 'Q04' }, { ask: 'a', choices: ['x'] }] }).steps.map(({ kind }) => kind)).toEqual([
      'answer',
      'ask',
    ]);
  });
});

describe('a flow', () => {
  it('is a mapping with at least one step and only known keys', () => {
    expect(faults([])).toEqual([': a flow file is a mapping with steps']);
    expect(faults({ steps: [] })).toEqual(['steps: a flow needs at least one step']);
    expect(faults({ stepz: [] })).toEqual([
      'steps: steps must be a list of steps',
      ': unknown key "stepz" in a flow; known keys: topic, objectives, private, triggers, steps',
    ]);
    expect(faults({ topic: 'school', steps: [{ say: 'a' }] })).toHaveLength(1);
  });
});

describe('suggest', () => {
  it('finds the near name, swaps included, and stays silent when nothing is near', () => {
    expect(suggest('sya', ['say', 'ask'])).toBe('say');
    expect(suggest('helpd', ['school', 'helped'])).toBe('helped');
    expect(suggest('zzzz', ['say', 'ask'])).toBe(null);
  });
});
