// The form of a step is read from its schema: every step type of the registry has one, and known pieces are known by what they are.
import { describe, expect, it } from 'vitest';
import { STEP_KINDS } from '../../../src/console/content/flows/edited-flow.ts';
import { fieldsOf, isFieldUsed, type FieldShape, type FormField } from '../../../src/console/content/flows/form-fields.ts';

const field = (kind: (typeof STEP_KINDS)[number], key: string): FormField => {
  const { own, common } = fieldsOf(kind);
  const found = [...own, ...common].find((one) => one.key === key);
  if (found === undefined) throw new RangeError(`${kind} has no field ${key}`);
  return found;
};
const groupOf = (shape: FieldShape): readonly FormField[] => (shape.type === 'group' ? shape.fields : []);

describe('the fields of a step', () => {
  it.each(STEP_KINDS)('%s has a form without a single field that must be written by hand', (kind) => {
    const types: string[] = [];
    const visit = (shape: FieldShape): void => {
      types.push(shape.type);
      if (shape.type === 'group') for (const { shape: inner } of shape.fields) visit(inner);
      if (shape.type === 'union') shape.options.forEach(visit);
      if (shape.type === 'list') visit(shape.item);
      if (shape.type === 'map') visit(shape.value);
      if (shape.type === 'or_reference') visit(shape.of);
    };
    const { own, common } = fieldsOf(kind);
    for (const { shape } of [...own, ...common]) visit(shape);
    expect(own[0]?.key).toBe(kind);
    expect(types).not.toContain('raw');
  });

  it('knows texts, steps, flows, topics and expressions by their schemas, also where they were described anew', () => {
    expect(field('say', 'say').shape).toEqual({ type: 'text_key' });
    expect(field('call', 'call').shape).toEqual({ type: 'flow' });
    expect(field('ask', 'next').shape).toEqual({ type: 'next' });
    expect(field('ask', 'when').shape).toEqual({ type: 'cel', plain: false });
    expect(field('branch', 'branch').shape).toEqual({ type: 'conditions' });
    expect(groupOf(field('directory', 'directory').shape)).toMatchObject([
      { key: 'topic', shape: { type: 'topic' }, isRequired: true },
      { key: 'near', shape: { type: 'cel' }, isRequired: false },
      { key: 'limit', shape: { type: 'number', isWhole: true, min: 1, max: 10 }, isRequired: false, usual: 3 },
      { key: 'open_now', shape: { type: 'boolean' } },
      { key: 'women_only' },
      { key: 'female_staff' },
      { key: 'child_friendly' },
    ]);
  });

  it('offers an answer as an entry, as a search, or as the message that waited', () => {
    const { shape } = field('answer', 'answer');
    expect(shape.type === 'union' && shape.options.map(({ type }) => type)).toEqual(['entry', 'group', 'literal']);
  });

  it('takes a plain number or yes and no where an expression may stand, and an answer where a code may', () => {
    expect(field('set', 'set').shape).toEqual({ type: 'map', key: { type: 'name' }, value: { type: 'cel', plain: true } });
    const log = groupOf(field('log', 'log').shape);
    expect(log.find(({ key }) => key === 'helpful')?.shape).toEqual({ type: 'or_reference', of: { type: 'boolean' } });
    expect(log.find(({ key }) => key === 'rating')?.shape).toMatchObject({ type: 'or_reference', of: { type: 'number', min: 1, max: 5 } });
    expect(log.find(({ key }) => key === 'topic')?.shape).toEqual({ type: 'topic' });
    expect(log.find(({ key }) => key === 'outcome')?.shape).toMatchObject({ of: { type: 'enum' } });
  });

  it('keeps what is usual and the words of the schema', () => {
    const { shape } = field('handoff', 'handoff');
    expect(groupOf(shape).find(({ key }) => key === 'priority')).toMatchObject({ usual: 'normal', isRequired: false });
    expect(field('ask', 'optional').explained).toContain('prefer not to say');
  });

  it('asks for the smallest number only of a question for a number', () => {
    expect(isFieldUsed('ask', 'min', { ask: 'age', choices: ['a'] })).toBe(false);
    expect(isFieldUsed('ask', 'min', { ask: 'age', type: 'number' })).toBe(true);
    expect(isFieldUsed('ask', 'choices', { ask: 'age' })).toBe(true);
    expect(isFieldUsed('directory', 'found', {})).toBe(true);
  });
});
