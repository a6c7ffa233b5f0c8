// What is offered while somebody types a condition.
import { describe, expect, it } from 'vitest';
import { completeCel } from '../../../src/console/content/flows/cel-completion.ts';
import type { AnswerKind } from '../../../src/engine/program.ts';

const answers = new Map<string, AnswerKind>([
  ['need', { type: 'choice', textKey: 'need', choices: ['food', 'water', 'work'] }],
  ['place', { type: 'locality' }],
  ['notice', { type: 'yes_no' }],
]);

/** Inserts of the suggestions where `|` stands, and what the first one makes. */
function at(marked: string): { offered: string[]; first: string | null } {
  const caret = marked.indexOf('|');
  const source = marked.replace('|', '');
  const found = completeCel(source, caret, answers);
  const [first] = found?.options ?? [];
  return {
    offered: (found?.options ?? []).map(({ insert }) => insert),
    first: found && first ? source.slice(0, found.from) + first.insert + source.slice(found.to) : null,
  };
}

describe('completing a condition', () => {
  it('begins with what there is', () => {
    expect(at('|').offered).toContain('answers.');
    expect(at('an|').offered).toEqual(['answers.']);
    expect(at('hour > 8 && f|').offered).toEqual(['facts.']);
    expect(at('hour > 8 |').offered).toEqual([]);
  });

  it('names the answers of the flow, facts and the desk', () => {
    expect(at('answers.|').offered).toEqual(['need', 'place', 'notice']);
    expect(at('answers.n|').offered).toEqual(['need', 'notice']);
    expect(at('!desk.|').offered).toEqual(['open', 'staffed']);
    expect(at('answers.need|').offered).toEqual([]);
  });

  it('offers the values that an answer can have, in quotes, also where a quote was typed or closed', () => {
    expect(at('answers.need == |').offered).toEqual(['"food"', '"water"', '"work"']);
    expect(at('answers.need == "w|').offered).toEqual(['"water"', '"work"']);
    expect(at('answers.need == "fo|"').first).toBe('answers.need == "food"');
    expect(at('answers.notice == |').offered).toEqual(['true', 'false']);
    expect(at('answers.place != |').offered).toEqual(['null']);
    expect(at('channel == "s|').first).toBe('channel == "sms"');
  });

  it('stays quiet within other texts', () => {
    expect(at('facts.locality == "an|').offered).toEqual([]);
    expect(at("answers.place == 'a|").offered).toEqual([]);
  });
});
