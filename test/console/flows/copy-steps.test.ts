// Copies of steps take their texts along in every language, get names of their own where theirs are taken, and still fit together.
import { describe, expect, it } from 'vitest';
import { checkFlows } from '../../../src/console/content/flows/check-flows.ts';
import { copySteps } from '../../../src/console/content/flows/copy-steps.ts';
import type { JsonValue } from '../../../src/console/content/flows/json-path.ts';
import { inSaves, planAddFlow, planCopyFlow, planRemoveFlow } from '../../../src/console/content/flows/plan-flow-edits.ts';
import { makeTemplate, TEMPLATES } from '../../../src/console/content/flows/templates.ts';
import { kindOfStep, type EditedFlow } from '../../../src/console/content/flows/edited-flow.ts';
import { flowOf, KNOWN } from './flows.ts';

const from = flowOf('school', [
  { ask: 'age', choices: ['early', 'adult'], next: { adult: 'words', default: 'places' } },
  { id: 'places', directory: { topic: 'EDU.ENR', near: 'answers.age' }, when: 'answers.age == "early"', next: 'end' },
  { id: 'words', say: 'words', params: { age: 'answers.age' } },
  { id: 'elsewhere', say: 'system:limits' },
]);
const texts = new Map<string, JsonValue>([
  ['locales/en/school.json#age', 'Who will study?'],
  ['locales/en/school.json#age.early', 'A small child'],
  ['locales/en/school.json#age.early.synonyms', ['baby']],
  ['locales/en/school.json#age.adult_whatsapp', 'An adult'],
  ['locales/fr/school.json#age', 'Qui va étudier ?'],
  ['locales/en/school.json#ages', 'Not of this step'],
  ['locales/en/school.json#words_sms', 'Short words'],
]);
const into = flowOf('work', [{ say: 'hello' }]);

describe('copying steps', () => {
  it('into another flow keeps names that are free, and brings all wordings in all languages', () => {
    const copied = copySteps({ from, steps: ['age', 'words'], into, texts, takenKeys: new Set(['hello']) });
    expect(copied.steps).toEqual([
      { id: 'age', raw: { ask: 'age', choices: ['early', 'adult'], next: { adult: 'words' } } },
      { id: 'words', raw: { say: 'words', params: { age: 'answers.age' } } },
    ]);
    expect(Object.fromEntries(copied.texts)).toEqual({
      'locales/en/work.json#age': 'Who will study?',
      'locales/en/work.json#age.early': 'A small child',
      'locales/en/work.json#age.early.synonyms': ['baby'],
      'locales/en/work.json#age.adult_whatsapp': 'An adult',
      'locales/fr/work.json#age': 'Qui va étudier ?',
      'locales/en/work.json#words_sms': 'Short words',
    });
  });

  it('within a flow gives everything a new name, and expressions follow', () => {
    const { steps, texts: copied } = copySteps({
      from,
      steps: ['age', 'places', 'words'],
      into: from,
      texts,
      takenKeys: new Set(['age', 'age.early', 'words']),
    });
    expect(steps.map(({ id }) => id)).toEqual(['age_2', 'places_2', 'words_2']);
    expect(steps[0]?.raw).toEqual({ ask: 'age_2', choices: ['early', 'adult'], next: { adult: 'words_2', default: 'places_2' } });
    expect(steps[1]?.raw).toMatchObject({ directory: { near: 'answers.age_2' }, when: 'answers.age_2 == "early"' });
    expect(steps[2]?.raw).toEqual({ say: 'words_2', params: { age: 'answers.age_2' } });
    expect(copied.get('locales/en/school.json#age_2.early')).toBe('A small child');
    const twice = [...from.steps, ...steps.map((step) => ({ ...step, kind: kindOfStep(step.raw), change: null }))];
    const known = { ...KNOWN, entryFlow: 'school', menuFlow: 'school' };
    expect(checkFlows([{ ...from, steps: twice }], known).faults.filter(({ code }) => code !== 'unreachable_step')).toEqual([]);
  });

  it('keeps what leads out of the group only within the flow', () => {
    const one = copySteps({ from, steps: ['age'], into: from, texts, takenKeys: new Set(['age']) }).steps[0];
    expect(one?.raw['next']).toEqual({ adult: 'words', default: 'places' });
    expect(copySteps({ from, steps: ['age'], into, texts, takenKeys: new Set() }).steps[0]?.raw['next']).toBeUndefined();
  });

  it('leaves shared texts where they are, and makes an id of a key that is none', () => {
    const shared = flowOf('a', [{ say: 'system:limits' }]);
    const { steps, texts: copied } = copySteps({ from: shared, steps: ['system:limits'], into, texts: new Map(), takenKeys: new Set() });
    expect(steps).toEqual([{ id: 'system_limits', raw: { id: 'system_limits', say: 'system:limits' } }]);
    expect(copied.size).toBe(0);
  });

  it('moves the texts of a consent with its id', () => {
    const consent = flowOf('a', [{ id: 'keep', consent: 'keep_messages' }]);
    const own = new Map<string, JsonValue>([
      ['locales/en/a.json#keep.ok', 'Yes'],
      ['locales/en/a.json#keep', 'May we?'],
    ]);
    const { steps, texts: copied } = copySteps({ from: consent, steps: ['keep'], into: consent, texts: own, takenKeys: new Set(['keep']) });
    expect(steps[0]?.raw).toEqual({ id: 'keep_2', consent: 'keep_messages' });
    expect([...copied.keys()].sort()).toEqual(['locales/en/a.json#keep_2', 'locales/en/a.json#keep_2.ok']);
  });
});

describe('templates', () => {
  const words = {
    question: 'Q?',
    choice_one: 'One',
    choice_two: 'Two',
    answer_one: 'A1',
    answer_two: 'A2',
    place: 'Where?',
    person: 'P',
    person_after: 'PA',
    words: 'W',
  };
  const helped = flowOf('was_this_helpful', [{ ask: 'helped', type: 'yes_no' }]);

  it.each(TEMPLATES)('%s makes a flow without a fault, alone and at the end of another one, twice', (name) => {
    for (const hasHelpedFlow of [true, false]) {
      const template = makeTemplate(name, { words, language: 'en', topic: 'EDU.ENR', hasHelpedFlow });
      const said = new Set([...template.texts.keys()].map((address) => address.split('#')[1] ?? ''));
      let flow: EditedFlow = flowOf('one', [{ say: 'hello' }]);
      for (let times = 0; times < 2; times += 1) {
        const { steps, texts: copied } = copySteps({
          from: template.flow,
          steps: template.flow.steps.map(({ id }) => id),
          into: flow,
          texts: template.texts,
          takenKeys: times === 0 ? new Set() : said,
        });
        expect(copied.size).toBe(template.texts.size);
        flow = { ...flow, steps: [...flow.steps, ...steps.map((step) => ({ ...step, kind: kindOfStep(step.raw), change: null }))] };
      }
      expect(
        checkFlows([flow, ...(hasHelpedFlow ? [helped] : [])], KNOWN).faults.filter(({ code }) => code !== 'unreachable_step'),
      ).toEqual([]);
    }
  });
});

describe('whole flows', () => {
  const flow = { ...from, head: { topic: 'EDU.ENR', triggers: { keywords: true, menu: 'menu' } } };
  const all = new Map<string, JsonValue>([...texts, ['locales/en/school.json#keywords', ['school']]]);

  it('are copied with steps and texts, without what begins them', () => {
    const edits = planCopyFlow(flow, 'course', all);
    expect(edits.at(-1)).toEqual({ address: 'flows/course.yaml#order', value: ['age', 'places', 'words', 'elsewhere'] });
    expect(edits).toContainEqual({ address: 'flows/course.yaml#head/topic', value: 'EDU.ENR' });
    expect(edits).toContainEqual({ address: 'locales/fr/course.json#age', value: 'Qui va étudier ?' });
    expect(edits.filter(({ address }) => address.includes('triggers') || address.includes('keywords'))).toEqual([]);
  });

  it('are removed with everything that is theirs', () => {
    const edits = planRemoveFlow(flow, all.keys());
    expect(edits).toHaveLength(4 + 1 + 2 + all.size);
    expect(edits.every(({ value }) => value === undefined)).toBe(true);
  });

  it('are written in one save where they fit, else texts first', () => {
    const many = new Map(Array.from({ length: 700 }, (_, index) => [`locales/en/big.json#t${index}`, 'x'] as const));
    const edits = planAddFlow('big', {}, [{ id: 'a', raw: { say: 'a' } }], many);
    expect(inSaves(edits).map((save) => save.length)).toEqual([500, 200, 2]);
    expect(inSaves(edits.slice(0, 400))).toHaveLength(1);
  });
});
