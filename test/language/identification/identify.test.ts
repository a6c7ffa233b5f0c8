// The language identification that this program comes with, on messages that it never learned from, and on whatever else may come.
import { readdirSync, readFileSync } from 'node:fs';
import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identifyLanguage } from '../../../src/content/language-model.ts';
import { LANGUAGE_SOURCES } from '../../../src/content/language-sources.ts';
import { measureIdentification, total, type MeasuredText } from '../../../src/language/identification/measure.ts';

const folder = new URL('../messages/', import.meta.url);
const supported = LANGUAGE_SOURCES.filter(({ family }) => family === null).map(({ tag }) => tag);
const messages: MeasuredText[] = readdirSync(folder)
  .filter((file) => file.endsWith('.tsv'))
  .flatMap((file) =>
    readFileSync(new URL(file, folder), 'utf8')
      .trim()
      .split('\n')
      .map((line) => ({ language: file.replace('.tsv', ''), kind: 'message', text: line.split('\t')[1]! })),
  );

describe('messages in all languages', () => {
  const report = measureIdentification(identifyLanguage, messages, new Set(supported));
  it('are there for every supported language', () => {
    expect(supported).toHaveLength(27);
    expect([...report.scores.get('message')!.keys()].toSorted()).toEqual(supported.toSorted());
  });
  it('are told right, in every language', () => {
    const byLanguage = [...report.scores.get('message')!].filter(([, { right, texts }]) => right / texts < 0.95);
    expect(byLanguage).toEqual([]);
    expect(report.macro.get('message')).toBeGreaterThan(0.985);
  });
  it('are right where the model is sure', () => {
    const { sure, sureRight, texts } = total(report.scores.get('message')!);
    expect(sure / texts).toBeGreaterThan(0.9);
    expect(sureRight / sure).toBeGreaterThan(0.995);
  });
});

it.each([
  ['konnichiwa は元気ですか', 'Kana'],
  ['Здравствуйте', 'Cyrl'],
  ['ሰላም', 'Ethi'],
])('%s is in the script %s', (text, script) => expect(identifyLanguage(text).script).toBe(script));

it('tells Japanese from Chinese, and offers no language for it', () =>
  expect(identifyLanguage('これは日本語の文章です').languages).toEqual([]));

it.each([
  ['bhai mujhe madad chahiye jaldi', 'hi-Latn'],
  ['ana mesh fahem 7aga law sama7t', 'ar-Latn'],
])('romanised writing is told beside the languages: %s', (text, tag) => {
  expect(
    identifyLanguage(text)
      .others.slice(0, 2)
      .map(({ language }) => language),
  ).toContain(tag);
});

it('restricting to a hotline’s languages leaves out the others', () => {
  const { languages } = identifyLanguage('obrigado pela ajuda', { prior: (tag) => (tag === 'pt' ? 0 : 1) });
  expect(languages.map(({ language }) => language)).not.toContain('pt');
});

describe('whatever comes', () => {
  it.each([
    '',
    ' ',
    '\u0000\u0007',
    '👍',
    '12345',
    'a'.repeat(10_000),
    'abc'.repeat(4000),
    'aGVsbG8gd29ybGQ='.repeat(50),
    '\uD800',
    'a\uDC00b',
    'hola привет مرحبا 你好',
  ])('is read without a fault', (text) => {
    const { languages, others } = identifyLanguage(text);
    const sum = [...languages, ...others].reduce((all, { chance }) => all + chance, 0);
    expect(sum).toBeLessThanOrEqual(1.0001);
  });
  it('never throws, and says the same every time', () => {
    assert(
      property(
        string({ unit: 'binary', maxLength: 300 }),
        (text) => JSON.stringify(identifyLanguage(text)) === JSON.stringify(identifyLanguage(text)),
      ),
    );
  });
});
