// What the editors of texts rest on: values that stay whole, links to entries, rows that stay where they were, formats of files.
import { describe, expect, it } from 'vitest';
import type { DifferenceView, TextRowView } from '../../../src/api/content-shapes.ts';
import { foldReviews } from '../../../src/console/content/changes/fold-reviews.ts';
import { formatOf } from '../../../src/console/content/exchange/import-format.ts';
import { languageOf, linkTo } from '../../../src/console/content/link-to.ts';
import { cellOf, rowWith, UNKNOWN_REVISION, withHeld } from '../../../src/console/content/texts/held-rows.ts';
import { keepWhole, partsWithValues, valuesIn } from '../../../src/console/content/whole-values.ts';

/** Types a change as `text|`: the bar is where the caret ends up. */
function type(before: string, after: string): string {
  const caret = after.indexOf('|');
  const kept = keepWhole(before, after.replace('|', ''), caret);
  return `${kept.text.slice(0, kept.caret)}|${kept.text.slice(kept.caret)}`;
}

describe('a value in a text', () => {
  it('is found, whatever stands around it', () => {
    expect(valuesIn('{{a}} and {{ b }}, {{a}}, { c }, {{}}')).toEqual(['{{a}}', '{{ b }}']);
    expect(partsWithValues('In {{days}} days')).toEqual([
      { text: 'In ', isValue: false },
      { text: '{{days}}', isValue: true },
      { text: ' days', isValue: false },
    ]);
  });

  it('goes away as a whole when a letter of it is taken away', () => {
    expect(type('In {{days}} days', 'In {{days}| days')).toBe('In | days');
    expect(type('In {{days}} days', 'In |{days}} days')).toBe('In | days');
    expect(type('In {{days}} days', 'In {{da|s}} days')).toBe('In | days');
  });

  it('is replaced as a whole when a part of it is written over', () => {
    expect(type('In {{days}} days', 'In two| days')).toBe('In two| days');
    expect(type('In {{days}} days', 'On|ays}} days')).toBe('On| days');
  });

  it('has behind it what was typed inside of it', () => {
    expect(type('In {{days}} days', 'In {{dax|ys}} days')).toBe('In {{days}}x| days');
    expect(type('{{a}}', '{{a}x|}')).toBe('{{a}}x|');
  });

  it('stays when something is typed or taken away beside it', () => {
    expect(type('In {{days}} days', 'In a|{{days}} days')).toBe('In a|{{days}} days');
    expect(type('In {{days}} days', 'In {{days}}s| days')).toBe('In {{days}}s| days');
    expect(type('In {{days}} days', 'In|{{days}} days')).toBe('In|{{days}} days');
  });

  it('goes with the words around it when all of it is taken away', () => {
    expect(type('In {{days}} days', '| days')).toBe('| days');
    expect(type('a{{x}}{{x}}b', 'a{{x}}|b')).toBe('a{{x}}|b');
    expect(type('a{{x}}{{x}}b', 'a|{{x}}b')).toBe('a|{{x}}b');
  });

  it('may be written by hand, letter by letter', () => {
    expect(type('a {{b}', 'a {{b}}|')).toBe('a {{b}}|');
  });
});

describe('the link to an entry', () => {
  it.each([
    ['locales/es/school.json#age.early', '/content/current/texts?namespace=school&q=age.early&languages=es'],
    ['locales/ar/answers.json#Q04.title_whatsapp', '/content/current/answers/Q04?language=ar'],
    ['locales/ar/answers.json#Q04', '/content/current/answers/Q04?language=ar'],
    ['locales/es/review.json#texts/school:age', '/content/current/texts?namespace=school&q=age&languages=es'],
    ['locales/es/review.json#default', '/content/current/texts?languages=es'],
    ['flows/school.yaml#steps/age', '/content/current/flows/school?step=age'],
    ['flows/school.yaml#head/topic', '/content/current/flows/school'],
    ['flows/school.yaml#order', '/content/current/flows/school'],
    ['flows/answers/school.yaml#Q04', '/content/current/answers/Q04'],
    ['flows/directory/places.yaml#unhcr', '/content/current/places/unhcr'],
    ['test/flows/school.es.yaml#transcript', '/content/current/preview?transcript=school.es'],
    ['flows/settings/hotline.yaml#desk', '/content/current/settings?entry=flows%2Fsettings%2Fhotline.yaml%23desk'],
    ['locales/languages.yaml#ar', '/content/current/settings?entry=locales%2Flanguages.yaml%23ar'],
  ])('%s leads to %s', (address, link) => {
    expect(linkTo(address, 'current')).toBe(link);
  });

  it('knows the language of texts, and of nothing else', () => {
    expect(languageOf('locales/ar/school.json#age')).toBe('ar');
    expect(languageOf('locales/languages.yaml#ar')).toBeNull();
    expect(languageOf('flows/school.yaml#order')).toBeNull();
  });
});

describe('rows of texts that were changed', () => {
  const row = (key: string): TextRowView => ({ key, cells: {}, usedBy: [] });
  const keys = (rows: readonly TextRowView[]): string[] => rows.map(({ key }) => key);

  it('stay in their places where the filter no longer wants them', () => {
    const held = new Map([
      ['s:c', { row: row('s:c'), index: 2 }],
      ['s:a', { row: row('s:a'), index: 0 }],
    ]);
    expect(keys(withHeld([row('s:b'), row('s:d')], held))).toEqual(['s:a', 's:b', 's:c', 's:d']);
    expect(keys(withHeld([], held))).toEqual(['s:a', 's:c']);
  });

  it('give way to what was read', () => {
    const old = rowWith(row('s:a'), 'es', 'vieja', 'locales/es/s.json#a');
    const fresh = rowWith(row('s:a'), 'es', 'nueva', 'locales/es/s.json#a');
    const [shown] = withHeld([fresh], new Map([['s:a', { row: old, index: 0 }]]));
    expect(shown?.cells['es']?.value).toBe('nueva');
  });

  it('say what was written, and that its revision is not known', () => {
    const { cells } = rowWith(row('s:a'), 'es', null, 'locales/es/s.json#a');
    expect(cells['es']).toMatchObject({ state: 'missing', value: null, revision: UNKNOWN_REVISION });
  });

  it('have an address in a language in which they were never written', () => {
    expect(cellOf(row('school:age.early'), 'ti')).toMatchObject({ address: 'locales/ti/school.json#age.early', value: null, revision: 0 });
  });
});

describe('the format of files', () => {
  it('is told by their names where all say the same', () => {
    expect(formatOf(['es.po', 'fr.PO'])).toBe('po');
    expect(formatOf(['es.xliff', 'fr.xlf'])).toBe('xliff');
    expect(formatOf(['services.csv', 'locations.csv'])).toBe('hsds');
    expect(formatOf(['es.po', 'fr.xlf'])).toBeNull();
    expect(formatOf(['es.json'])).toBeNull();
    expect(formatOf([])).toBeNull();
  });
});

describe('what follows from a change', () => {
  const text = (tag: string): DifferenceView => ({
    address: `locales/${tag}/school.json#age`,
    kind: 'text',
    verb: 'changed',
    name: 'school:age',
    language: tag,
    fields: [{ path: '', before: 'a', after: 'b' }],
    by: null,
    at: null,
  });
  const review = (tag: string, fields: DifferenceView['fields']): DifferenceView => ({
    ...text(tag),
    address: `locales/${tag}/review.json#texts/school:age`,
    kind: 'review',
    fields,
  });
  const stale = [{ path: '', after: { state: 'stale' } }];
  const told = (differences: DifferenceView[]) =>
    foldReviews(differences).map(({ difference, state, outdated }) => [difference.address, state, outdated]);

  it('is told beside it: the text is drafted again, its translations are outdated', () => {
    const drafted = review('en', [{ path: 'state', before: 'reviewed', after: 'drafted' }]);
    expect(told([text('en'), drafted, review('es', stale), review('ar', stale)])).toEqual([
      ['locales/en/school.json#age', null, ['es', 'ar']],
    ]);
  });

  it('stands by itself where nothing of the draft caused it', () => {
    expect(told([review('es', stale)])).toEqual([['locales/es/review.json#texts/school:age', 'stale', []]]);
  });

  it('is not told where it is a signature: that stays a change of its own', () => {
    const signed = review('es', [{ path: '', after: { state: 'reviewed', by: 'Bea', on: '2026-11-30' } }]);
    expect(told([text('es'), signed])).toEqual([
      ['locales/es/school.json#age', null, []],
      ['locales/es/review.json#texts/school:age', 'reviewed', []],
    ]);
  });
});
