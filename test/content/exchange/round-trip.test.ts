// What goes out to translators and comes back untouched changes nothing: the real texts, and whatever characters texts may hold.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planImport } from '../../../src/content/exchange/apply-rows.ts';
import { readI18next, writeI18next } from '../../../src/content/exchange/i18next-json.ts';
import { readPo, writePo } from '../../../src/content/exchange/po.ts';
import type { ReadResult, ReadTexts } from '../../../src/content/exchange/read-result.ts';
import type { TextExchange, TextRow, Words } from '../../../src/content/exchange/text-row.ts';
import { readXliff, writeXliff } from '../../../src/content/exchange/xliff.ts';
import { bytesOf, exchange, realTexts, row } from './real-texts.ts';

const FORMATS: [name: string, travel: (texts: TextExchange) => ReadResult, tellsSource: boolean][] = [
  ['PO', (texts) => readPo(bytesOf(writePo(texts))), true],
  ['XLIFF', (texts) => readXliff(bytesOf(writeXliff(texts))), true],
  ['i18next JSON', (texts) => readI18next(bytesOf(writeI18next(texts, { states: true }))), false],
];

function readable(result: ReadResult): ReadTexts {
  expect(result.problems).toEqual([]);
  if (!result.ok) throw new Error('could not be read');
  return result;
}

describe.each(FORMATS)('%s', (_, travel, tellsSource) => {
  it.each(['ar', 'fr', 'my'])('brings all real texts of %s back as they were', (language) => {
    const texts = realTexts(language);
    const read = readable(travel(texts));
    expect([read.language, read.release]).toEqual([language, 12]);
    const back = new Map(read.rows.map((one) => [one.key, one]));
    expect([...back.keys()].toSorted()).toEqual(texts.rows.map((one) => one.key).toSorted());
    for (const { key, source, target, state, sourceHash } of texts.rows) {
      expect(back.get(key)).toEqual({ key, source: tellsSource ? source : null, target, state, sourceHash });
    }
  });

  it.each(['ar', 'fr', 'my'])('plans no change for an untouched export of %s', (language) => {
    const texts = realTexts(language);
    const plan = planImport(texts, readable(travel(texts)), { overwriteReviewed: true });
    expect([plan.changes, plan.confirmed]).toEqual([[], []]);
    const reasons = Object.groupBy(plan.skipped, (skipped) => skipped.why);
    expect(Object.keys(reasons).filter((why) => why !== 'unchanged' && why !== 'empty')).toEqual([]);
    expect(reasons.unchanged?.length).toBe(texts.rows.filter((one) => one.target !== null).length);
    expect(plan.skipped).toHaveLength(texts.rows.length);
  });

  it.each(['ar', 'fr'])('takes a change of any text of %s', (language) => {
    const texts = realTexts(language);
    const edited = texts.rows.map((one) => ({ ...one, target: edit(one.target) }));
    const plan = planImport(texts, readable(travel({ ...texts, rows: edited })), { overwriteReviewed: true });
    const wanted = edited.filter((one) => one.target !== null);
    const changes = new Map(plan.changes.map((change) => [change.key, change]));
    expect(changes.size).toBe(wanted.length);
    for (const { key, target, state } of wanted) {
      expect(changes.get(key)).toEqual({ key, target, state: state === 'machine-drafted' ? 'machine-drafted' : 'drafted' });
    }
    const reviewed = texts.rows.filter((one) => one.state === 'reviewed').map((one) => one.key);
    const careful = planImport(texts, readable(travel({ ...texts, rows: edited })), { overwriteReviewed: false });
    const kept = careful.skipped.filter((skipped) => skipped.why === 'reviewed').map((skipped) => skipped.key);
    expect(kept.toSorted()).toEqual(reviewed.toSorted());
  });

  it('keeps every character of a text', () => {
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 6 }), (rows) => {
        const texts = exchange(...rows.map((one, index) => ({ ...one, key: `w:k${index}` })));
        const back = new Map(readable(travel(texts)).rows.map((one) => [one.key, one]));
        for (const { key, source, target, sourceHash } of texts.rows) {
          if (isNothing(source) && isNothing(target)) continue;
          expect(back.get(key)).toMatchObject({ target: target === '' ? null : target, sourceHash, ...(tellsSource ? { source } : {}) });
        }
      }),
      { numRuns: 300 },
    );
  });
});

function edit(words: Words): Words {
  return typeof words === 'string' ? `${words} »` : (words?.map((item) => `« ${item}`) ?? null);
}

function isNothing(words: Words): boolean {
  return words === null || words === '';
}

/** Any code point, and those that formats stumble over more often than chance would bring them. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .array(
      fc.constantFrom(
        '"',
        '\\',
        '\n',
        '\r',
        '\r\n',
        '\t',
        '\0',
        '\u0007',
        '\u001b',
        '\u007f',
        '\u0085',
        '\u2028',
        '\ufeff',
        '\ufffe',
        '\uffff',
        '&',
        '<',
        '>',
        ']]>',
        '&amp;',
        '&#10;',
        '\\n',
        '\\',
        '{{days}}',
        '{{days}}',
        '{{ a b }}',
        '{{\u0001}}',
        '{',
        '}}',
        '$t(w:x)',
        '$t(',
        '#~',
        '#, fuzzy',
        'msgid "',
        ' ',
        'ـ',
        'مرحبا',
        '\u202e',
        '\u2067',
        '👩‍👩‍👧',
        'မြန်မာ',
        '<cp hex="1"/>',
        '__proto__',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);
const someText = anyText.filter((text) => text !== '');
const anyList = fc.array(someText, { minLength: 1, maxLength: 4 });

const anyRow: fc.Arbitrary<TextRow> = fc
  .oneof(fc.tuple(fc.option(anyText), fc.option(anyText)), fc.tuple(fc.option(anyList), anyList), fc.tuple(anyList, fc.option(anyList)))
  .chain(([source, target]) =>
    fc
      .record({ note: anyText, maxChars: fc.nat() }, { requiredKeys: [] })
      .map((more) => row('w:k', source, target, { ...more, state: target === null ? 'missing' : 'drafted' })),
  );
