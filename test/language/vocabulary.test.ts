// The shipped vocabularies are whole, and no word of one language stands for two commands.
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/domain/command.ts';
import { normalise } from '../../src/language/normalise.ts';
import { Vocabulary } from '../../src/language/vocabulary.ts';
import { LANGUAGES, readTexts, vocabularies } from './vocabularies.ts';

describe.each(LANGUAGES)('the vocabulary of %s', (language) => {
  const vocabulary = vocabularies[language]!;

  it('has words for every command, and each word has one command', () => {
    const phrases = COMMANDS.flatMap((command) => [...new Set(vocabulary.commands[command].map((phrase) => normalise(phrase)))]);
    expect(phrases.length - new Set(phrases).size).toBe(0);
    for (const command of COMMANDS) expect(vocabulary.commands[command].length).toBeGreaterThan(1);
  });
  it('obeys the words that every network knows', () => {
    expect(vocabulary.commands.stop).toContain('stop');
    expect(vocabulary.commands.start).toContain('start');
    expect(vocabulary.commands.help).toContain('help');
  });
  it('keeps yes, no and skip apart', () => {
    const words = ['yes', 'no', 'skip'].flatMap((key) => [
      ...new Set(vocabulary[key as 'yes' | 'no' | 'skip'].map((phrase) => normalise(phrase))),
    ]);
    expect(words.length - new Set(words).size).toBe(0);
  });
  it('counts from zero to twenty and in tens', () => {
    const wanted = [...Array.from({ length: 21 }, (_, number) => String(number)), '30', '40', '50', '60', '70', '80', '90', 'last'];
    expect(wanted.filter((number) => !vocabulary.numbers[number])).toEqual([]);
  });
  it('names every language that is shipped', () => expect(LANGUAGES.filter((tag) => !vocabulary.language_names[tag])).toEqual([]));
});

describe('a vocabulary file', () => {
  it('is refused with an unknown key, naming it', () => {
    const result = Vocabulary.safeParse({ ...readTexts('es', 'language'), greeting: ['hola'] });
    expect(result.error?.issues[0]).toMatchObject({ code: 'unrecognized_keys', keys: ['greeting'] });
  });
  it('is refused without a command, naming it', () => {
    const raw = structuredClone(readTexts('es', 'language')) as unknown as { commands: Record<string, string[]> };
    delete raw.commands['delete'];
    expect(Vocabulary.safeParse(raw).error?.issues[0]?.path).toEqual(['commands', 'delete']);
  });
});
