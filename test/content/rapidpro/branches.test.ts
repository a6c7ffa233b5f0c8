// Nodes that decide on what is kept become branches; what cannot be decided here goes the way of all others, and is told.
import { describe, expect, it } from 'vitest';
import { decide, flow, node, noteOf, play, send, setField, setResult, stepsOf, take, wait } from './small-flows.ts';

type Cases = Parameters<typeof decide>[2];
const end = (uuid: string, text: string) => node(uuid, [send(text)]);
const ENDS = [end('a', 'A.'), end('b', 'B.')];

/** A flow that keeps a value, decides on it, and says A or B. */
function deciding(value: string, operand: string, cases: Cases) {
  return take([
    flow('Deciding', [
      node('keep', [setField('value', value), setResult('Other One', '7')], 'decide'),
      decide('decide', operand, cases, 'b'),
      ...ENDS,
    ]),
  ]);
}

describe('a value that is known', () => {
  it.each<[string, string, string[], string]>([
    ['yes', 'has_any_word', ['yes yep'], 'A'],
    ['oh yes', 'has_any_word', ['yes yep'], 'A'],
    ['nope', 'has_any_word', ['yes yep'], 'B'],
    ['red and blue', 'has_all_words', ['blue red'], 'A'],
    ['red', 'has_all_words', ['blue red'], 'B'],
    ['the red car', 'has_phrase', ['red car'], 'A'],
    ['the car is red', 'has_phrase', ['red car'], 'B'],
    ['Red, car', 'has_only_phrase', ['red car'], 'A'],
    ['red cars', 'has_only_phrase', ['red car'], 'B'],
    ['Redder', 'has_beginning', ['red'], 'A'],
    ['not_expired', 'has_only_text', ['not_expired'], 'A'],
    ['Not_Expired', 'has_only_text', ['not_expired'], 'B'],
    ['x', 'has_text', [], 'A'],
    ['', 'has_text', [], 'B'],
    ['12', 'has_number', [], 'A'],
    ['12', 'has_number_eq', ['12'], 'A'],
    ['12', 'has_number_lt', ['12'], 'B'],
    ['12', 'has_number_lte', ['12'], 'A'],
    ['12', 'has_number_gt', ['11.5'], 'A'],
    ['12', 'has_number_gte', ['13'], 'B'],
    ['12', 'has_number_between', ['10', '12'], 'A'],
    ['some', 'has_number_gt', ['0'], 'B'],
    ['x', 'has_error', [], 'B'],
  ])('"%s" and %s %j: %s', async (value, type, args, way) => {
    const result = deciding(value, '@fields.value', [[type, args, 'Yes', 'a']]);
    expect((await play(result, 'deciding'))[0]).toContain(`${way}.`);
    expect(noteOf(result, 'decide')?.outcome).toBe('taken_over');
  });

  it('of several kinds is compared without a fault', async () => {
    const nodes = [
      node('ask', [send('¿Cuántos?')], 'hear'),
      wait('hear', [['has_number', [], 'Number', 'decide']], 'word', { result: 'Amount' }),
      node('word', [setResult('Amount', 'none')], 'decide'),
      decide(
        'decide',
        '@results.amount',
        [
          ['has_number_gt', ['3'], 'Many', 'a'],
          ['has_any_word', ['none'], 'None', 'none'],
        ],
        'b',
      ),
      end('none', 'N.'),
      ...ENDS,
    ];
    const result = take([flow('Amounts', nodes)]);
    expect((await play(result, 'amounts', ['5']))[1]).toContain('A.');
    expect((await play(result, 'amounts', ['2']))[1]).toContain('B.');
    expect((await play(result, 'amounts', ['qué sé yo']))[1]).toContain('N.');
  });
});

describe('a choice that was kept', () => {
  const nodes = [
    node('ask', [send('¿Té?', { buttons: ['Claro', 'Nunca'] })], 'hear'),
    wait(
      'hear',
      [
        ['has_any_word', ['claro'], 'Likes', 'decide'],
        ['has_any_word', ['nunca'], 'Hates', 'decide'],
      ],
      'ask',
      { result: 'tea' },
    ),
  ];

  it('is told by the words that a person would have written', async () => {
    const result = take([
      flow('Kept', [...nodes, decide('decide', '@results.tea', [['has_only_phrase', ['claro'], 'Yes', 'a']], 'b'), ...ENDS]),
    ]);
    expect(stepsOf(result, 'kept')[1]).toEqual({ id: 'by_results_tea', branch: [{ if: 'answers.tea == "likes"', to: 'a' }], next: 'b' });
    expect((await play(result, 'kept', ['Nunca']))[1]).toContain('B.');
  });

  it('is told by its category', async () => {
    const result = take([
      flow('Kept', [...nodes, decide('decide', '@results.tea.category', [['has_only_text', ['Hates'], 'No', 'a']], 'b'), ...ENDS]),
    ]);
    expect((await play(result, 'kept', ['Nunca']))[1]).toContain('A.');
    expect((await play(result, 'kept', ['Claro']))[1]).toContain('B.');
  });
});

describe('an expression', () => {
  it.each<[string, Cases[number][0], string[], string]>([
    ['@(results.other_one + 1)', 'has_number_eq', ['8'], 'A'],
    ['@(results.other_one * 2 - 4)', 'has_number_gt', ['10'], 'B'],
    ['@(if(results.other_one >= 7, "big", "small"))', 'has_only_text', ['big'], 'A'],
    ['@(if(and(results.other_one > 7, true), "big", "small"))', 'has_only_text', ['big'], 'B'],
    ['@(if(or(results.other_one > 7, fields.value = "x"), "big", "small"))', 'has_only_text', ['big'], 'A'],
    ['@(fields.value & "-" & results.other_one)', 'has_only_text', ['x-7'], 'A'],
    ['@(upper(fields.value))', 'has_only_text', ['X'], 'A'],
    ['@(text_length(fields.value))', 'has_number_eq', ['1'], 'A'],
    ['@(word_count("a b c"))', 'has_number_eq', ['3'], 'A'],
    ['@(default(fields.value, "none"))', 'has_only_text', ['x'], 'A'],
    ['@(if(fields.value != "", 1, 2))', 'has_number_eq', ['1'], 'A'],
    ['@(if(is_error(results.other_one + 1), 1, 2))', 'has_number_eq', ['2'], 'A'],
    ['@contact.language', 'has_any_word', ['spa'], 'A'],
    ['@contact.language', 'has_any_word', ['ara'], 'B'],
  ])('%s with %s %j leads to %s', async (operand, type, args, way) => {
    const result = deciding('x', operand, [[type, args, 'Yes', 'a']]);
    expect((await play(result, 'deciding'))[0]).toContain(`${way}.`);
    expect(noteOf(result, 'decide')?.outcome).toBe('taken_over');
  });

  it('may be what a case compares with', async () => {
    const result = deciding('6', '@fields.value', [['has_number_lt', ['@results.other_one'], 'Less', 'a']]);
    expect((await play(result, 'deciding'))[0]).toContain('A.');
  });
});

describe('what cannot be decided', () => {
  it.each<[string, string, string[], string]>([
    ['@contact.groups', 'has_group', ['g', 'Group'], 'group_left_out'],
    ['@fields.value', 'has_pattern', ['^x$'], 'pattern_left_out'],
    ['@fields.value', 'has_top_intent', ['book', '0.9'], 'case_left_out'],
    ['@fields.value', 'has_district', ['Lima'], 'case_left_out'],
    ['@(json(fields.value))', 'has_text', [], 'expression_left_out'],
    ['@child.results.proceed', 'has_any_word', ['yes'], 'child_result'],
    ['@input.text', 'has_any_word', ['yes'], 'input_left_out'],
    ['@contact.first_name', 'has_text', [], 'name_removed'],
    ['@(fields.value + 1)', 'has_number_gt', ['1'], 'expression_left_out'],
  ])('%s with %s goes the way of all others', async (operand, type, args, why) => {
    const result = deciding('x', operand, [[type, args, 'Yes', 'a']]);
    expect((await play(result, 'deciding'))[0]).toContain('B.');
    expect(noteOf(result, 'decide')).toMatchObject({ step: null, outcome: 'not_supported', why });
    expect(noteOf(result, 'a')).toMatchObject({ why: 'not_reached' });
  });

  it('only because another flow keeps it stays a branch, with an empty value, and is told', async () => {
    const result = take([
      flow('Alone', [
        decide(
          'decide',
          '@fields.plan',
          [
            ['has_any_word', ['big'], 'Big', 'a'],
            ['has_number_gt', ['3'], 'More', 'a'],
          ],
          'b',
        ),
        ...ENDS,
      ]),
    ]);
    expect(stepsOf(result, 'alone').slice(0, 2)).toEqual([
      { id: 'begin', set: { plan: null } },
      {
        id: 'by_fields_plan',
        branch: [
          { if: 'answers.plan == "big"', to: 'a' },
          { if: 'answers.plan > 3', to: 'a' },
        ],
        next: 'b',
      },
    ]);
    expect(noteOf(result, 'decide')).toMatchObject({ outcome: 'changed', why: 'value_from_elsewhere', detail: 'fields.plan' });
    expect((await play(result, 'alone'))[0]).toContain('B.');
  });

  it('chance always takes the first way', async () => {
    const random = {
      uuid: 'roll',
      actions: [],
      router: {
        type: 'random',
        categories: [
          { uuid: 'c1', name: 'One', exit_uuid: 'e1' },
          { uuid: 'c2', name: 'Two', exit_uuid: 'e2' },
        ],
      },
      exits: [
        { uuid: 'e1', destination_uuid: 'a' },
        { uuid: 'e2', destination_uuid: 'b' },
      ],
    };
    const result = take([flow('Chance', [random, ...ENDS])]);
    expect((await play(result, 'chance'))[0]).toContain('A.');
    expect(noteOf(result, 'roll')).toMatchObject({ step: null, outcome: 'changed', why: 'random_first' });
  });

  it('a result that a router keeps is kept where it is asked for', async () => {
    const nodes = [
      node('keep', [setField('value', 'x')], 'decide'),
      decide('decide', '@fields.value', [['has_text', [], 'Yes', 'tell']], 'tell', { result: 'Found' }),
      end('tell', 'Es @results.found.'),
    ];
    expect((await play(take([flow('Result', nodes)]), 'result'))[0]).toContain('Es x.');
  });
});
