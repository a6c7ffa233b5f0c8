// Small pieces of the step form: values by their path, which of several kinds a value is of, ids made of words, who leads to a flow, what a step is about.
import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../../src/console/content/flows/about-step.ts';
import { blankValue, isBlank, optionOf } from '../../../src/console/content/flows/blank-value.ts';
import { kindOfStep } from '../../../src/console/content/flows/edited-flow.ts';
import { flowUses } from '../../../src/console/content/flows/flow-uses.ts';
import { fieldsOf } from '../../../src/console/content/flows/form-fields.ts';
import { getIn, sameValue, setIn, type JsonRecord } from '../../../src/console/content/flows/json-path.ts';
import { idFromText, uniqueId } from '../../../src/console/content/flows/new-id.ts';
import { ownFlows } from './flows.ts';

describe('values by their path', () => {
  it('are read, changed in a copy, and taken away', () => {
    const conditions: JsonRecord[] = [{ if: 'x', to: 'b' }, { to: 'c' }];
    const step: JsonRecord = { ask: 'a', next: conditions };
    expect(getIn(step, ['next', 1, 'to'])).toBe('c');
    expect(getIn(step, ['next', 'to'])).toBeUndefined();
    expect(setIn(step, ['next', 0, 'to'], 'd')).toEqual({ ask: 'a', next: [{ if: 'x', to: 'd' }, { to: 'c' }] });
    expect(setIn(step, ['next', 0], undefined)).toEqual({ ask: 'a', next: [{ to: 'c' }] });
    expect(setIn(step, ['timeout', 'seconds'], 60)).toMatchObject({ timeout: { seconds: 60 } });
    expect(Object.keys(setIn(step, ['ask'], 'b') as object)).toEqual(['ask', 'next']);
    expect(conditions).toHaveLength(2);
  });

  it('are the same whatever the order of their keys', () => {
    expect(sameValue({ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 })).toBe(true);
    expect(sameValue({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(sameValue([1, 2], [2, 1])).toBe(false);
  });
});

describe('a value of one of several kinds', () => {
  const [field] = fieldsOf('answer').own;
  const options = field?.shape.type === 'union' ? field.shape.options : [];

  it('is recognised, and begins empty', () => {
    expect([optionOf(options, 'Q04'), optionOf(options, { search: 'x' }), optionOf(options, 'pending')]).toEqual([0, 1, 2]);
    expect(options.map((option) => blankValue(option))).toEqual(['', { search: '' }, 'pending']);
    expect([isBlank(''), isBlank({}), isBlank([]), isBlank(0), isBlank(undefined)]).toEqual([true, true, true, false, true]);
  });
});

describe('an id', () => {
  it('is made of the first words in Latin letters, without marks and values', () => {
    expect(idFromText('¿Cómo puedo inscribir a mi hija en la escuela?')).toBe('como_puedo_inscribir_a');
    expect(idFromText('12 months in {{place}} or more')).toBe('months_in_or_more');
    expect(idFromText('مرحبا')).toBe('');
    expect(idFromText('Antidisestablishmentarianismsupercalifragilistic')).toHaveLength(32);
  });

  it('is never taken twice, and never means the end', () => {
    expect(uniqueId('age', (id) => ['age', 'age_2'].includes(id))).toBe('age_3');
    expect(uniqueId('age_2', (id) => id === 'age_2')).toBe('age_3');
    expect(uniqueId('end', () => false)).toBe('end_2');
  });
});

describe('what leads to a flow', () => {
  it('is found in steps and menus', () => {
    expect(flowUses(ownFlows(), 'school')).toEqual(['menu']);
    expect(flowUses(ownFlows(), 'was_this_helpful')).toContain('school');
    expect(flowUses(ownFlows(), 'menu')).toContain('school');
  });
});

describe('what a step is about', () => {
  const about = (raw: JsonRecord) => subjectOf({ id: 'x', raw, kind: kindOfStep(raw) });

  it('is its text, its answer, its topic, its notes or nothing', () => {
    expect(about({ ask: 'age', type: 'number' })).toEqual({ type: 'text', key: 'age' });
    expect(about({ answer: 'Q04' })).toEqual({ type: 'entry', id: 'Q04' });
    expect(about({ answer: { search: 'answers.q' } })).toEqual({ type: 'expression', source: 'answers.q' });
    expect(about({ log: { topic: 'EDU.ENR', helpful: true } })).toEqual({
      type: 'notes',
      notes: [
        ['topic', 'EDU.ENR'],
        ['helpful', 'true'],
      ],
    });
    expect(about({ handoff: {} })).toEqual({ type: 'priority', priority: 'normal' });
    expect(about({ nonsense: 1 })).toEqual({ type: 'nothing' });
  });
});
