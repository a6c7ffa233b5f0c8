// Labels and synonyms pass the checks of a release: a choice that is named like a command keeps its words where both mean the same,
// and words that would be heard as something else are no synonyms.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Understand } from '../../../src/language/understand.ts';
import { compileWith } from '../../release/small-release.ts';
import { flow, node, noteOf, play, send, stepsOf, take, textsOf, wait } from './small-flows.ts';

let understand: Understand;
beforeAll(async () => {
  const { release } = await compileWith();
  if (!release) throw new Error('The sound release does not compile.');
  understand = release.understand;
});

type Cases = Parameters<typeof wait>[1];
const asking = (buttons: string[], cases: Cases, more: Record<string, unknown> = {}) =>
  take(
    [
      flow(
        'Asking',
        [
          node('ask', [send('¿Qué?', { uuid: 'q', buttons })], 'hear'),
          wait('hear', cases, 'ask'),
          node('a', [send('A.')]),
          node('b', [send('B.')]),
        ],
        more,
      ),
    ],
    { understand },
  );

describe('labels', () => {
  it('that are a command make it the name of their choice', async () => {
    const result = asking(
      ['Menú', 'Escuela'],
      [
        ['has_any_word', ['menu'], 'Inicio', 'a'],
        ['has_any_word', ['escuela'], 'Escuela', 'b'],
      ],
    );
    expect(stepsOf(result, 'asking')[0]?.choices).toEqual(['menu', 'escuela']);
    expect((await play(result, 'asking', ['Escuela']))[1]).toContain('B.');
  });

  it('that are a word of danger are told', () => {
    const result = asking(
      ['Me mata', 'Escuela'],
      [
        ['has_any_word', ['mata'], 'Danger', 'a'],
        ['has_any_word', ['escuela'], 'Escuela', 'b'],
      ],
    );
    expect(noteOf(result, 'hear')).toMatchObject({
      outcome: 'changed',
      why: 'label_taken',
      detail: expect.stringContaining('Me mata') as string,
    });
  });

  it('that are alike in a translation are left out of it, and told', () => {
    const localization = { ara: { q: { text: ['ماذا؟'], quick_replies: ['نفس الشيء', 'نفس الشيء'] } } };
    const result = asking(
      ['Uno', 'Otro'],
      [
        ['has_any_word', ['uno'], 'Uno', 'a'],
        ['has_any_word', ['otro'], 'Otro', 'b'],
      ],
      { localization },
    );
    expect(textsOf(result, 'asking', 'ar')).toEqual({ que: 'ماذا؟' });
    expect(noteOf(result, 'hear')).toMatchObject({ outcome: 'changed', why: 'translation_differs', detail: 'labels in ar' });
  });

  it('that a translation lacks are told', () => {
    const result = asking(['Claro'], [['has_any_word', ['claro'], 'Claro', 'a']], { localization: { ara: { q: { text: ['ماذا؟'] } } } });
    expect(noteOf(result, 'hear')).toMatchObject({ outcome: 'taken_over', why: 'translation_missing', detail: 'labels in ar' });
  });

  it('come from the category where the button is only a number and the text has no list', () => {
    const result = asking(
      ['1', '2'],
      [
        ['has_number_eq', ['1'], 'Trabajo', 'a'],
        ['has_number_eq', ['2'], 'Escuela', 'b'],
      ],
    );
    expect(textsOf(result, 'asking')).toMatchObject({ 'que.trabajo': 'Trabajo', 'que.escuela': 'Escuela' });
  });

  it('that are numbers in no order are asked as a number', () => {
    const result = asking(
      ['0', '5'],
      [
        ['has_number_eq', ['0'], '0', 'a'],
        ['has_number_eq', ['5'], '5', 'b'],
      ],
    );
    expect(stepsOf(result, 'asking')[0]).toMatchObject({ ask: 'que', type: 'number' });
    expect(noteOf(result, 'ask')).toMatchObject({ outcome: 'changed', why: 'quick_replies_left_out' });
  });
});

describe('synonyms', () => {
  it('are the words of the cases in every language, without commands, numbers and words of another choice', async () => {
    const localization = {
      ara: { q: { text: ['ماذا؟'], quick_replies: ['العمل هنا', 'المدرسة'] }, 'hear case 0': { arguments: ['شغل'] } },
    };
    const cases: Cases = [
      ['has_any_word', ['trabajo curro ayuda 7 cole'], 'Trabajo', 'a'],
      ['has_any_word', ['escuela cole aula'], 'Escuela', 'b'],
    ];
    const result = asking(['Trabajo', 'Escuela'], cases, { localization });
    expect(textsOf(result, 'asking')).toEqual({
      que: '¿Qué?',
      'que.trabajo': 'Trabajo',
      'que.escuela': 'Escuela',
      'que.trabajo.synonyms': ['curro'],
      'que.escuela.synonyms': ['aula'],
      a: 'A.',
      b: 'B.',
    });
    expect(textsOf(result, 'asking', 'ar')['que.trabajo.synonyms']).toEqual(['شغل']);
    expect((await play(result, 'asking', ['شغل'], 'ar'))[1]).toContain('A');
  });

  it('that no button shows lead nowhere any more, and are told', () => {
    const result = asking(
      ['Claro'],
      [
        ['has_any_word', ['claro'], 'Claro', 'a'],
        ['has_any_word', ['secreto'], 'Secreto', 'b'],
      ],
    );
    expect(stepsOf(result, 'asking')[0]?.choices).toEqual(['claro']);
    expect(noteOf(result, 'hear')).toMatchObject({ outcome: 'changed', why: 'words_left_out', detail: 'Secreto' });
  });
});
