// What changed between two releases is told entry by entry, part by part and word by word.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changedFields } from '../../src/release/changed-fields.ts';
import { diffEntries } from '../../src/release/diff.ts';
import { addressOf, kindOf, partsOf } from '../../src/release/entry.ts';
import type { Entries, Entry, Json } from '../../src/release/entry.ts';
import { pairLists } from '../../src/release/match-lists.ts';
import { sameJson } from '../../src/release/same-json.ts';
import { describeDifference, sayInEnglish } from '../../src/release/say-difference.ts';
import { diffWords } from '../../src/release/word-diff.ts';

const PLACES = 'flows/directory/places.yaml';

/** Entries by address, of the kinds that the addresses say. */
function entries(values: Record<string, Json>): Entries {
  return new Map(
    Object.entries(values).map(([address, value]): [string, Entry] => {
      const kind = kindOf(address);
      if (kind === null) throw new Error(`Nothing stands at ${address}`);
      return [address, { kind, ...partsOf(address), value }];
    }),
  );
}

function only(before: Record<string, Json>, after: Record<string, Json>) {
  const [difference] = diffEntries(entries(before), entries(after));
  if (difference === undefined) throw new Error('There is no difference');
  return describeDifference(difference);
}

describe('differences', () => {
  it('are what was added, changed and removed, in the order of the files', () => {
    const before = entries({
      'locales/es/a.json#x': 'X',
      'flows/answers/a.yaml#Q1': { id: 'Q1' },
      'flows/answers/a.yaml#Q2': { id: 'Q2', topic: 'A' },
    });
    const after = entries({
      'flows/answers/a.yaml#Q0': { id: 'Q0' },
      'flows/answers/a.yaml#Q2': { id: 'Q2', topic: 'B' },
      'locales/es/a.json#x': 'X',
      'locales/es/a.json#y': 'Y',
    });
    expect(diffEntries(before, after)).toEqual([
      { address: 'flows/answers/a.yaml#Q1', kind: 'answer', before: { id: 'Q1' } },
      { address: 'flows/answers/a.yaml#Q0', kind: 'answer', after: { id: 'Q0' } },
      { address: 'flows/answers/a.yaml#Q2', kind: 'answer', before: { id: 'Q2', topic: 'A' }, after: { id: 'Q2', topic: 'B' } },
      { address: 'locales/es/a.json#y', kind: 'text', after: 'Y' },
    ]);
  });

  it('are none where only the order of keys or of entries is another one', () => {
    const before = entries({ 'flows/answers/a.yaml#Q1': { id: 'Q1', topic: 'A' }, 'flows/answers/a.yaml#Q2': null });
    expect(diffEntries(before, entries({ 'flows/answers/a.yaml#Q2': null, 'flows/answers/a.yaml#Q1': { topic: 'A', id: 'Q1' } }))).toEqual(
      [],
    );
  });

  it('lead from one release to the other, whatever they are', () => {
    const some = fc
      .dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>)
      .map((values) =>
        entries(Object.fromEntries(Object.entries(values).map(([key, value]) => [addressOf('locales/es/x.json', key), value]))),
      );
    fc.assert(
      fc.property(some, some, (before, after) => {
        const result = new Map([...before].map(([address, { value }]) => [address, value]));
        for (const difference of diffEntries(before, after)) {
          expect(difference.before).toEqual(before.get(difference.address)?.value);
          if (difference.after === undefined) result.delete(difference.address);
          else result.set(difference.address, difference.after);
        }
        expect(result.size).toBe(after.size);
        for (const [address, { value }] of after) expect(sameJson(result.get(address), value)).toBe(true);
        expect(diffEntries(after, after)).toEqual([]);
      }),
    );
  });
});

describe('a description', () => {
  it('tells which parts changed, as deep as they lie', () => {
    const hours = (opens: string): Json => [{ byday: ['MO'], opens_at: opens, closes_at: '18:00' }];
    const described = only(
      { [`${PLACES}#clinic`]: { id: 'clinic', hours: hours('09:00'), phones: ['1', '2'], old: true } },
      { [`${PLACES}#clinic`]: { id: 'clinic', hours: hours('10:00'), phones: ['0', '1', '2'], url: 'x' } },
    );
    expect(described).toEqual({
      verb: 'changed',
      kind: 'place',
      file: PLACES,
      name: 'clinic',
      fields: [
        { path: 'hours.0.opens_at', before: '09:00', after: '10:00' },
        { path: 'phones.0', after: '0' },
        { path: 'old', before: true },
        { path: 'url', after: 'x' },
      ],
    });
    expect(sayInEnglish(described)).toBe(
      'changed place clinic (flows/directory/places.yaml): hours.0.opens_at from "09:00" to "10:00"; phones.0 added: "0"; old removed: true; url added: "x"',
    );
  });

  it.each<[string, Record<string, Json>, Record<string, Json>, object, string]>([
    [
      'a text',
      { 'locales/es/menu.json#need': 'Hola' },
      { 'locales/es/menu.json#need': 'Buenas' },
      { name: 'menu:need', language: 'es', fields: [{ path: '', before: 'Hola', after: 'Buenas' }] },
      'changed text menu:need in es: from "Hola" to "Buenas"',
    ],
    ['a new text', {}, { 'locales/es/menu.json#need': 'Hola' }, { verb: 'added', name: 'menu:need' }, 'added text menu:need in es: "Hola"'],
    [
      'a review',
      { 'locales/es/review.json#texts/menu:need': { state: 'drafted' } },
      {},
      { verb: 'removed', kind: 'review', name: 'menu:need', language: 'es' },
      'removed review of menu:need in es',
    ],
    [
      'the state of a language',
      { 'locales/es/review.json#default': 'drafted' },
      { 'locales/es/review.json#default': 'reviewed' },
      { name: 'default' },
      'changed review of default in es: from "drafted" to "reviewed"',
    ],
    [
      'words',
      { 'locales/ar/language.json#greetings': ['a'] },
      { 'locales/ar/language.json#greetings': ['a', 'b'] },
      { name: 'language:greetings', language: 'ar', fields: [{ path: '1', after: 'b' }] },
      'changed words language:greetings in ar: 1 added: "b"',
    ],
    [
      'a language',
      {},
      { 'locales/languages.yaml#eo': { tag: 'eo' } },
      { kind: 'language', name: 'eo', language: 'eo' },
      'added language eo (locales/languages.yaml)',
    ],
    [
      'a step',
      { 'flows/school.yaml#steps/age': { ask: 'age' } },
      { 'flows/school.yaml#steps/age': { ask: 'age', optional: true } },
      { name: 'age', flow: 'school', fields: [{ path: 'optional', after: true }] },
      'changed step age of flow school: optional added: true',
    ],
    [
      'the head of a flow',
      { 'flows/school.yaml#head/topic': 'A' },
      { 'flows/school.yaml#head/topic': 'B' },
      { name: 'topic', flow: 'school' },
      'changed setting topic of flow school: from "A" to "B"',
    ],
    [
      'an order',
      { 'flows/school.yaml#order': ['a', 'b', 'c', 'd'] },
      { 'flows/school.yaml#order': ['c', 'a', 'b', 'e'] },
      {
        name: 'school',
        flow: 'school',
        fields: [
          { path: 'c', before: 3, after: 1 },
          { path: 'd', before: 4 },
          { path: 'e', after: 4 },
        ],
      },
      'changed order of the steps of flow school: c from 3 to 1; d went from 4; e came in at 4',
    ],
    [
      'a setting',
      { 'flows/settings/hotline.yaml#limits': { a: 1 } },
      { 'flows/settings/hotline.yaml#limits': { a: 2 } },
      { name: 'limits' },
      'changed setting limits (flows/settings/hotline.yaml): a from 1 to 2',
    ],
    [
      'a transcript',
      {},
      { 'test/flows/school.es.yaml#transcript': [] },
      { name: 'school.es' },
      'added transcript school.es (test/flows/school.es.yaml)',
    ],
  ])('names %s', (_, before, after, expected, sentence) => {
    const described = only(before, after);
    expect(described).toMatchObject(expected);
    expect(sayInEnglish(described)).toBe(sentence);
  });

  it('shows long texts by what changed in them', () => {
    const text = 'We keep your messages thirty days to help you. No name is needed, and nobody else reads them at all.';
    const described = only({ 'locales/en/a.json#x': text }, { 'locales/en/a.json#x': text.replace('thirty', 'sixty') });
    expect(sayInEnglish(described)).toBe('changed text a:x in en: now reads … keep your messages [-thirty-]{+sixty+} days to help you. N…');
  });

  it('names parts from which the new value can be made', () => {
    const value = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
    fc.assert(
      fc.property(value, value, (before, after) => {
        expect(changedFields(before, after).length === 0).toBe(sameJson(before, after));
        for (const field of changedFields(before, after)) expect(sameJson(field.before, field.after)).toBe(false);
      }),
    );
  });
});

describe('words', () => {
  const say = (before: string, after: string): string =>
    diffWords(before, after)
      .map(({ kind, text }) => (kind === 'same' ? text : kind === 'removed' ? `[${text}]` : `{${text}}`))
      .join('');

  it.each([
    ['a word', 'We keep them 30 days.', 'We keep them 60 days.', 'We keep them [30]{60} days.'],
    ['two words side by side', 'one two three', 'one 2 3', 'one [two three]{2 3}'],
    ['a word more', 'a c', 'a b c', 'a {b }c'],
    ['all', 'hola', 'adiós', '[hola]{adiós}'],
    ['nothing', 'same', 'same', 'same'],
    ['Arabic', 'نحتفظ برسائلك ثلاثين يوما', 'نحتفظ برسائلك ستين يوما', 'نحتفظ برسائلك [ثلاثين]{ستين} يوما'],
    ['Chinese', '我们保留您的信息', '我们删除您的信息', '我们[保留]{删除}您的信息'],
    ['Thai', 'เราเก็บข้อความของคุณ', 'เราลบข้อความของคุณ', 'เรา[เก็บ]{ลบ}ข้อความของคุณ'],
    ['from nothing', '', 'new', '{new}'],
  ])('%s', (_, before, after, expected) => expect(say(before, after)).toBe(expected));

  it('always give both texts back, and never cut what is read as one sign', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.array(fc.constantFrom('a', 'b', ' ', 'ك', '字', '👩‍👧', 'é'), { maxLength: 12 }).map((signs) => signs.join('')),
    );
    const signs = (value: string): number => [...new Intl.Segmenter('und').segment(value)].length;
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = diffWords(before, after);
        const without = (kind: string): string[] => pieces.filter((piece) => piece.kind !== kind).map((piece) => piece.text);
        expect(without('added').join('')).toBe(before);
        expect(without('removed').join('')).toBe(after);
        expect(without('added').reduce((sum, piece) => sum + signs(piece), 0)).toBe(signs(before));
        expect(pieces.some((piece, index) => piece.text === '' || piece.kind === pieces[index + 1]?.kind)).toBe(false);
      }),
    );
  });
});

describe('lists', () => {
  it('are paired: equal items first, then those in between by their place', () => {
    const same = (a: string, b: string): boolean => a === b;
    expect(pairLists(['a', 'b', 'c'], ['x', 'a', 'B', 'c'], same)).toEqual([null, 0, 1, 2]);
    expect(pairLists(['a', 'b'], ['b'], same)).toEqual([1]);
    expect(pairLists([], ['a'], same)).toEqual([null]);
  });
});
