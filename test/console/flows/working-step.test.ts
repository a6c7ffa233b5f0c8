// A new step begins with what its type needs, and gets its id from the words that were written for it.
import { describe, expect, it } from 'vitest';
import { STEP_KINDS, kindOfStep } from '../../../src/console/content/flows/edited-flow.ts';
import { blankStep, isChanged, nameNewStep, NEW_STEP } from '../../../src/console/content/flows/working-step.ts';

const free = (): boolean => false;

describe('a new step', () => {
  it.each(STEP_KINDS)('of the type %s begins as one, unsaved', (kind) => {
    const working = blankStep(kind, null);
    expect(kindOfStep(working.raw)).toBe(kind);
    expect(isChanged(working)).toBe(true);
  });

  it('is named by its words, with its texts and what leads back to it', () => {
    const working = {
      ...blankStep('ask', 'age'),
      raw: { ask: 'new_step', choices: ['yes_please'], next: { yes_please: NEW_STEP, default: 'end' } },
      texts: new Map([
        ['locales/en/school.json#new_step', 'Do you have papers?'],
        ['locales/en/school.json#new_step.yes_please', 'Yes'],
        ['locales/en/school.json#new_step_sms', 'Papers?'],
      ]),
    };
    const named = nameNewStep(working, 'school', (name) => name === 'do_you_have_papers', 'en');
    expect(named.id).toBe('do_you_have_papers_2');
    expect(named.raw).toEqual({
      ask: 'do_you_have_papers_2',
      choices: ['yes_please'],
      next: { yes_please: 'do_you_have_papers_2', default: 'end' },
    });
    expect([...named.texts.keys()]).toEqual([
      'locales/en/school.json#do_you_have_papers_2',
      'locales/en/school.json#do_you_have_papers_2.yes_please',
      'locales/en/school.json#do_you_have_papers_2_sms',
    ]);
  });

  it('is named by its type, its answer or the flow that it leads to where it has no Latin words', () => {
    const arabic = { ...blankStep('say', null), texts: new Map([['locales/ar/a.json#new_step', 'مرحبا']]) };
    expect(nameNewStep(arabic, 'a', free, 'ar').id).toBe('say');
    expect(nameNewStep({ ...blankStep('goto', null), raw: { goto: 'health' } }, 'a', free, 'en')).toMatchObject({
      id: 'health',
      raw: { id: 'health', goto: 'health' },
    });
    expect(nameNewStep({ ...blankStep('answer', null), raw: { answer: 'Q04' } }, 'a', free, 'en').id).toBe('answer_q04');
    expect(nameNewStep(blankStep('end', null), 'a', free, 'en').id).toBe('end_2');
    expect(nameNewStep(blankStep('consent', null), 'a', free, 'en').raw['id']).toBe('consent');
  });
});
