// Terms of the glossary as entries of a release: read, written, guarded, told in words, and given to translators with their texts.
import { describe, expect, it } from 'vitest';
import { readEntries } from '../../src/content/entries.ts';
import { writeEntries } from '../../src/content/write-entries.ts';
import { diffEntries } from '../../src/release/diff.ts';
import { kindOf } from '../../src/release/entry.ts';
import { describeDifference, sayInEnglish } from '../../src/release/say-difference.ts';
import { whyNotEdit, type Editor } from '../../src/runtime/content/edit-rights.ts';
import { findMisfit } from '../../src/runtime/content/entry-values.ts';
import { exportContent, textExchange } from '../../src/runtime/content/export-content.ts';

const FILE = 'locales/glossary.yaml';
const ASYLUM = { id: 'asylum', en: ['asylum'], fr: ['asile'] };
const files = {
  [FILE]: '# Agreed.\n- { id: asylum, en: [asylum], fr: [asile] } # first\n- { id: papers, en: [papers], fr: [papiers] }\n',
  'flows/settings/hotline.yaml': 'source_language: en\n',
  'locales/languages.yaml': 'languages: [{ tag: en }, { tag: fr }, { tag: ar }]\n',
  'locales/en/x.json': '{ "a": "Ask for asylum, with or without papers", "b": "Hello", "c": ["asylum"] }',
  'locales/fr/x.json': '{ "a": "Demandez la protection" }',
};
const entries = readEntries(files);

describe('terms', () => {
  it('are entries by their ids', () => {
    expect(entries.get(`${FILE}#asylum`)).toEqual({ kind: 'term', file: FILE, key: 'asylum', value: ASYLUM });
    expect(kindOf(`${FILE}#new`)).toBe('term');
  });

  it('are written without touching the other lines', () => {
    const value = { ...ASYLUM, ar: ['اللجوء'] };
    const written = writeEntries(files, [
      { address: `${FILE}#asylum`, value },
      { address: `${FILE}#visa`, value: { id: 'visa', en: ['visa'] } },
    ]);
    expect(written[FILE]).toBe(
      '# Agreed.\n- { id: asylum, en: [asylum], fr: [asile], ar: [اللجوء] } # first\n' +
        '- { id: papers, en: [papers], fr: [papiers] }\n- { id: visa, en: [visa] }\n',
    );
    expect(writeEntries({}, [{ address: `${FILE}#asylum`, value }])[FILE]).toMatch(/^# Words .*\n- \{ id: asylum,/);
    expect(writeEntries(files, [{ address: `${FILE}#asylum`, value: undefined }])[FILE]).not.toContain('asylum');
  });

  it('are told in words when they change', () => {
    const after = readEntries({ ...files, [FILE]: files[FILE].replace('[asile]', '[refuge]') });
    expect(diffEntries(entries, after).map((difference) => sayInEnglish(describeDifference(difference)))).toEqual([
      `changed term asylum (${FILE}): fr.0 from "asile" to "refuge"`,
    ]);
  });

  it.each([
    ['another id', { ...ASYLUM, id: 'shelter' }],
    ['no words in a list', { ...ASYLUM, fr: [] }],
    ['a word over two lines', { ...ASYLUM, fr: ['asile\nstate: reviewed'] }],
    ['a key that is no language', { ...ASYLUM, Arabic: ['x'] }],
  ])('are refused with %s', (_, value) => {
    expect(findMisfit(`${FILE}#asylum`, 'term', ASYLUM)).toBeNull();
    expect(findMisfit(`${FILE}#asylum`, 'term', value)).not.toBeNull();
  });
});

describe('who writes a term', () => {
  const person = (permissions: Editor['permissions']): Editor => ({
    id: 'id',
    alias: 'Ana',
    permissions,
    languages: ['fr'],
    organisation: 'Us',
  });
  const why = (permissions: Editor['permissions'], before: object | undefined, value: object | undefined): string | null =>
    whyNotEdit(person(permissions), {
      address: `${FILE}#asylum`,
      kind: 'term',
      before: before as never,
      value: value as never,
    });

  it('an editor writes everything, a translator the words of their languages', () => {
    expect(why(['content.edit'], undefined, ASYLUM)).toBeNull();
    expect(why(['content.translate'], ASYLUM, { ...ASYLUM, fr: ["l'asile"] })).toBeNull();
    const { fr: _, ...without } = ASYLUM;
    expect(why(['content.translate'], ASYLUM, without)).toBeNull();
  });

  it('a translator writes no other language, no note, and adds and removes no term', () => {
    expect(why(['content.translate'], ASYLUM, { ...ASYLUM, en: ['refuge'] })).toContain('"en"');
    expect(why(['content.translate'], ASYLUM, { ...ASYLUM, fr: ['x'], note: 'So' })).toContain('"note"');
    expect(why(['content.translate'], undefined, { id: 'asylum', fr: ['asile'] })).toContain('editors');
    expect(why(['content.translate'], ASYLUM, undefined)).toContain('editors');
    expect(why(['place.propose'], ASYLUM, { ...ASYLUM, fr: ['x'] })).toContain('content.edit');
  });
});

describe('translators get with a text', () => {
  it('the agreed words for its terms, in their language', () => {
    const notes = (language: string): (string | undefined)[] => textExchange(entries, 1, language).rows.map(({ note }) => note);
    expect(notes('fr')).toEqual(['Glossary: asylum = asile\nGlossary: papers = papiers', undefined, undefined]);
    expect(notes('ar')).toEqual([undefined, undefined, undefined]);
    expect(notes('en')).toEqual([undefined, undefined, undefined]);
  });

  it('as comments of a PO file and notes of an XLIFF file', () => {
    expect(exportContent(entries, 1, 'po', 'fr')[0]?.text).toContain('#. Glossary: asylum = asile\n#. Glossary: papers = papiers\n');
    expect(exportContent(entries, 1, 'xliff', 'fr')[0]?.text).toContain('Glossary: asylum = asile');
  });
});
