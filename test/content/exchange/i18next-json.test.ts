// Texts as i18next JSON: whole, or one namespace alone; flat or nested; with states only when asked.
import { describe, expect, it } from 'vitest';
import { planImport } from '../../../src/content/exchange/apply-rows.ts';
import { readI18next, writeI18next } from '../../../src/content/exchange/i18next-json.ts';
import type { ReadResult } from '../../../src/content/exchange/read-result.ts';
import { bytesOf, exchange, row } from './real-texts.ts';

const texts = exchange(
  row('welcome:hello', 'Good morning', 'Bonjour', { state: 'reviewed' }),
  row('welcome:hello.ok', 'OK', null),
  row('welcome:hello.ok.synonyms', ['ok', 'fine'], ['oui'], { state: 'machine-drafted' }),
  row('welcome:no.synonyms', ['no'], null),
  row('menu:__proto__', 'Menu', 'Menu'),
);

function read(value: unknown, namespace?: string): ReadResult {
  return readI18next(bytesOf(typeof value === 'string' ? value : JSON.stringify(value)), namespace === undefined ? {} : { namespace });
}

function wordsOf(result: ReadResult): unknown {
  return result.ok ? Object.fromEntries(result.rows.map((one) => [one.key, one.target])) : result.problems;
}

describe('what is written', () => {
  it('has the texts by namespace and key, and empty ones where words are missing', () => {
    const json = JSON.parse(writeI18next(texts)) as Record<string, unknown>;
    expect(Object.keys(json)).toEqual(['welcome', 'menu']);
    expect(json['welcome']).toEqual({ hello: 'Bonjour', 'hello.ok': '', 'hello.ok.synonyms': ['oui'], 'no.synonyms': [] });
    expect(Object.entries(json['menu'] ?? {})).toEqual([['__proto__', 'Menu']]);
  });
  it('has states beside the texts only when asked', () => {
    expect(writeI18next(texts)).not.toContain('$');
    expect(JSON.parse(writeI18next(texts, { states: true }))).toMatchObject({
      $release: 12,
      $language: 'fr',
      $states: { 'welcome:hello': 'reviewed', 'welcome:hello.ok': 'missing', 'welcome:hello.ok.synonyms': 'machine-drafted' },
    });
  });
  it('can be one namespace alone', () => {
    const json = writeI18next(texts, { namespace: 'menu' });
    expect(json).toBe('{\n  "__proto__": "Menu"\n}\n');
    expect(wordsOf(read(json, 'menu'))).toEqual(Object.fromEntries([['menu:__proto__', 'Menu']]));
  });
});

describe('what is read', () => {
  it('changes only what differs', () => {
    const result = read({ welcome: { hello: 'Bonjour', 'hello.ok': 'Bien', 'hello.ok.synonyms': ['oui', ''], 'no.synonyms': ['non'] } });
    if (!result.ok) throw new Error('could not be read');
    expect([result.language, result.release]).toEqual([null, null]);
    const plan = planImport(texts, result, { overwriteReviewed: false });
    expect(plan.changes).toEqual([
      { key: 'welcome:hello.ok', target: 'Bien', state: 'drafted' },
      { key: 'welcome:no.synonyms', target: ['non'], state: 'drafted' },
    ]);
    expect(plan.skipped.map((skipped) => skipped.why)).toEqual(['unchanged', 'unchanged']);
  });
  it('joins nested keys by dots', () => {
    expect(wordsOf(read({ welcome: { hello: { ok: 'Bien', sms: { short: 'B' } } } }))).toEqual({
      'welcome:hello.ok': 'Bien',
      'welcome:hello.sms.short': 'B',
    });
  });
  it('takes a namespace from the name of the file, whether it stands inside as well or not', () => {
    expect(wordsOf(read({ hello: 'A', no: { synonyms: ['b'] } }, 'welcome'))).toEqual({
      'welcome:hello': 'A',
      'welcome:no.synonyms': ['b'],
    });
    expect(wordsOf(read({ welcome: { hello: 'A' } }, 'welcome'))).toEqual({ 'welcome:hello': 'A' });
  });
  it('has states, language and release where the file has them', () => {
    const result = read({
      $release: 3,
      $language: 'fr',
      $states: { 'w:a': 'stale' },
      $sourceHashes: { 'w:a': '01234567' },
      w: { a: 'x', b: 'y' },
    });
    expect(result).toEqual({
      ok: true,
      language: 'fr',
      release: 3,
      rows: [
        { key: 'w:a', target: 'x', state: 'stale', sourceHash: '01234567', source: null },
        { key: 'w:b', target: 'y', state: null, sourceHash: null, source: null },
      ],
      problems: [],
    });
  });
  it('does without states that it cannot make out', () => {
    expect(read({ $release: 'x', $states: { 'w:a': 'perfect' }, $sourceHashes: 7, w: { a: 'x' } })).toMatchObject({
      ok: true,
      release: null,
      rows: [{ key: 'w:a', state: null, sourceHash: null }],
    });
  });
  it('takes what is empty as missing', () => {
    expect(wordsOf(read({ w: { a: '', b: null, c: [], d: [''] } }))).toEqual({ 'w:a': null, 'w:b': null, 'w:c': null, 'w:d': null });
  });
  it('leaves out what is no text, and says where it stands', () => {
    const result = read('{\n"w": {\n"a": 1,\n"b": "x",\n"c": ["x", { "y": "z" }],\n"d": true } }');
    expect(wordsOf(result)).toEqual({ 'w:b': 'x' });
    expect(result.problems.map(({ code, key, line }) => [code, key, line])).toEqual([
      ['json.not_text', 'w:a', 3],
      ['json.not_text', 'w:c', 5],
      ['json.not_text', 'w:d', 6],
    ]);
  });
  it('leaves out a key that stands twice, once nested', () => {
    const result = read('{ "w": {\n"a.b": "x",\n"a": { "b": "y" },\n"c": "z" } }');
    expect(wordsOf(result)).toEqual({ 'w:c': 'z' });
    expect(result.problems).toMatchObject([{ severity: 'error', code: 'exchange.duplicate_key', key: 'w:a.b', line: 3 }]);
  });
  it.each([
    ['a key that stands twice', '{ "w": { "a": "x",\n"a": "y" } }', 'file.duplicate_key', 2],
    ['a file that was cut off', '{ "w": { "a": "x",\n', 'file.json', 2],
    ['a list', '[]', 'json.shape', 1],
    ['texts that name no namespace', '{\n"hello": "x" }', 'json.namespace', 2],
    ['endless nesting', `{ "w": ${'{"a":'.repeat(100_000)}`, 'file.json', 1],
    ['a text without end', `{ "w": { "a": "${'x'.repeat(9_000_000)}" } }`, 'json.too_long', undefined],
  ])('refuses %s', (_, text, code, line) => {
    const result = read(text);
    expect(result.ok).toBe(false);
    expect(result.problems.map((problem) => [problem.code, problem.line])).toEqual([[code, line]]);
  });
});
