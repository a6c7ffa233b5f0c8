// Danger in all languages, on messages of people who saw neither patterns nor examples (test/language/messages, see the card there), and
// on everyday lines that nobody wrote with danger in mind.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { identifyLanguage } from '../../src/content/language-model.ts';
import { DangerExamples } from '../../src/language/danger-examples.ts';
import { createEmergencyFinder } from '../../src/language/emergency.ts';
import { Vocabulary } from '../../src/language/vocabulary.ts';

const locales = new URL('../../locales/', import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, locales), 'utf8'));
const tags = readdirSync(locales).filter((tag) => existsSync(new URL(`${tag}/language.json`, locales)));
const finder = createEmergencyFinder({
  vocabularies: Object.fromEntries(tags.map((tag) => [tag, Vocabulary.parse(read(`${tag}/language.json`))])),
  examples: Object.fromEntries(tags.map((tag) => [tag, DangerExamples.parse(read(`${tag}/danger.json`))])),
  identify: identifyLanguage,
});
const messagesOf = (tag: string): { kind: string; text: string }[] =>
  readFileSync(new URL(`messages/${tag}.tsv`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => ({ kind: line.split('\t')[0]!, text: line.split('\t')[1]! }));

it('there are words and examples of danger for 27 languages', () => expect(tags).toHaveLength(27));

describe.each(tags)('in %s', (tag) => {
  const messages = messagesOf(tag);
  const danger = messages.filter(({ kind }) => kind !== 'ordinary');
  const ordinary = messages.filter(({ kind }) => kind === 'ordinary');
  it('danger is found in first messages', () => {
    const missed = danger.filter(({ text }) => finder.find(text) === null);
    expect(missed.length / danger.length).toBeLessThan(0.3);
  });
  it('danger is found in a conversation in another language', () => {
    const missed = danger.filter(({ text }) => finder.find(text, tag === 'en' ? 'es' : 'en') === null);
    expect(missed.length / danger.length).toBeLessThan(0.3);
  });
  it('ordinary messages that come close are mostly left alone', () => {
    const flagged = ordinary.filter(({ text }) => finder.find(text) !== null);
    expect(flagged.length / ordinary.length).toBeLessThan(0.12);
  });
});

it('over all languages at least 96 of 100 are found, and at most 5 of 100 that only come close are taken for danger', () => {
  const all = tags.flatMap(messagesOf);
  const danger = all.filter(({ kind }) => kind !== 'ordinary');
  const ordinary = all.filter(({ kind }) => kind === 'ordinary');
  expect(danger.filter(({ text }) => finder.find(text) !== null).length / danger.length).toBeGreaterThan(0.96);
  expect(ordinary.filter(({ text }) => finder.find(text) !== null).length / ordinary.length).toBeLessThan(0.05);
});

it('a word or two are judged by patterns alone', () => {
  expect(finder.find('socorro')).toBe('danger');
  expect(finder.find('comida')).toBeNull();
});

it('patterns of another language do not count where the message is not in it', () => {
  expect(finder.find('contract', 'en')).toBeNull();
  expect(finder.find('parto', 'es')).toBeNull();
});
