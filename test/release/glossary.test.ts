// The glossary's check: a translation that says other words than those agreed on is told, once a text, as a warning; and its care not
// to cry wolf over words that only changed their form.
import { describe, expect, it } from 'vitest';
import { memorySource } from '../../src/content/file-source.ts';
import { loadFiles } from '../../src/content/load-files.ts';
import { findTerms, usesAgreedWord } from '../../src/release/find-terms.ts';
import { readContent } from '../../src/release/read-content.ts';
import { problemsWith, sound } from './small-release.ts';
import { runAtOnce } from '../../src/util/pace.ts';

const glossary = (...terms: string[]): Record<string, string> => ({
  'locales/glossary.yaml': terms.map((term) => `- { ${term} }\n`).join(''),
});
const SCHOOL = 'id: school, es: [escuela], ar: [المدرسة]';

describe('a release with a glossary', () => {
  it('is sound where translations say the agreed words', async () => {
    expect(await problemsWith(glossary(SCHOOL))).toEqual([]);
  });

  it('warns at the text that says another word, and says which', async () => {
    const told = await problemsWith({
      ...glossary(SCHOOL),
      'locales/ar/answers.json': [['"Q04.title": "التسجيل في المدرسة"', '"Q04.title": "التسجيل في الصف"']],
    });
    expect(told).toEqual([
      'locales/ar/answers.json:3:3 warning: The text "Q04.title" (ar) does not say "المدرسة", the agreed word for "escuela": ' +
        'use it, or add the word that it says to the term in locales/glossary.yaml. (glossary.other_word)',
    ]);
  });

  it('warns once a text, of whatever many terms', async () => {
    const told = await problemsWith({
      ...glossary(SCHOOL, 'id: enrol, es: [inscribir], ar: [تسجيل]'),
      'locales/ar/answers.json': [['"Q04.title": "التسجيل في المدرسة"', '"Q04.title": "نعم"']],
    });
    expect(told).toHaveLength(1);
  });

  it('says nothing in languages without agreed words, of wordings for one channel, and of lists', async () => {
    expect(await problemsWith(glossary('id: school, es: [escuela], fr: [école]'))).toEqual([]);
    expect(
      await problemsWith({
        ...glossary(SCHOOL),
        'locales/es/school.json': [['"old":', '"old_sms": "Escuela. {{age}}", "old":']],
        'locales/ar/school.json': [['"old":', '"old_sms": "نعم {{age}}", "old":']],
      }),
    ).toEqual([]);
    // Keywords are "escuela" and "مدرسة"; a list need not match its source.
    expect(await problemsWith({ ...glossary(SCHOOL), 'locales/ar/school.json': [['"مدرسة"', '"صف"']] })).toEqual([]);
  });

  it('warns of a term that stands twice', async () => {
    expect(await problemsWith(glossary(SCHOOL, SCHOOL))).toEqual([
      expect.stringMatching(/^locales\/glossary\.yaml:2:5 warning: The term "school" stands twice.*\(glossary\.twice\)$/),
    ]);
  });

  it.each([
    ['a key that is no language', 'id: school, spanish_: [escuela]', '1:17', 'no tag of a language'],
    ['words that are no list', 'id: school, es: escuela', '1:17', 'es'],
    ['an id with spaces', 'id: the school, es: [escuela]', '1:5', 'id'],
  ])('cannot be read with %s', async (_, term, position, hint) => {
    const [told, ...more] = await problemsWith(glossary(term), 'error');
    expect(more).toEqual([]);
    expect(told).toContain(`locales/glossary.yaml:${position} error:`);
    expect(told).toContain(hint);
  });

  it('has its terms when it is read again from the store', async () => {
    const source = await loadFiles(memorySource({ ...sound, ...glossary(`${SCHOOL}, note: Where children learn`) }), { known: true });
    expect(runAtOnce(readContent(source, { checked: true })).content?.glossary.map(({ value }) => value)).toEqual([
      { id: 'school', note: 'Where children learn', words: { es: ['escuela'], ar: ['المدرسة'] } },
    ]);
    expect(runAtOnce(readContent(await loadFiles(memorySource(sound)))).content?.glossary).toEqual([]);
  });
});

describe('terms in a source text', () => {
  const term = (id: string, ...en: string[]): { id: string; words: Record<string, string[]> } => ({ id, words: { en } });
  const found = (text: string, ...terms: ReturnType<typeof term>[]): string[] => findTerms(text, 'en', terms).map(({ id }) => id);

  it('are whole words, whatever their case and accents, in the order of the text', () => {
    expect(found('The PADRON, then Asylum.', term('asylum', 'asylum'), term('padron', 'padrón'))).toEqual(['padron', 'asylum']);
    expect(found('A permitted thing', term('permit', 'permit'))).toEqual([]);
  });

  it('do not count inside a longer term, and not as a value', () => {
    const terms = [term('asylum', 'asylum'), term('seeker', 'asylum seeker')];
    expect(found('An asylum seeker', ...terms)).toEqual(['seeker']);
    expect(found('An asylum seeker asks for asylum', ...terms)).toEqual(['seeker', 'asylum']);
    expect(found('Case {{number}}', term('number', 'number'))).toEqual([]);
  });
});

describe('an agreed word in a translation', () => {
  it.each([
    ['permiso de residencia', 'Los permisos temporales de residencia'],
    ['queja', 'Puede quejarse aquí'],
    ["demandeur d'asile", 'Les demandeuses d’asile'],
    ['consulat', 'des CONSULATS'],
    ['жалоба', 'Напишите жалобу'],
    ['Asyl', 'Ihr Asylantrag'],
    ['lapor', 'Anda bisa melaporkan'],
    ['اللجوء', 'يمكنك طلب لجوء'],
    ['القنصلية', 'للقنصلية وقنصليتك'],
    ['شكوى', 'كتبت شكواي'],
    ['محامٍ', 'مع المحامي'],
    ['庇护', '您可以申请庇护。'],
    ['PCR', 'une PCR.'],
  ])('%s is in: %s', (word, text) => {
    expect(usesAgreedWord(text, [word])).toBe(true);
  });

  it.each([
    ['permiso de residencia', 'Un permiso de trabajo'],
    ['queja', 'Puede reclamar aquí'],
    ['asile', 'un refuge'],
    ['اللجوء', 'طلب الحماية'],
    ['庇护', '保护和庇荫'],
    ['PCR', 'PCRX'],
  ])('%s is not in: %s', (word, text) => {
    expect(usesAgreedWord(text, [word])).toBe(false);
  });

  it('may be any of them', () => {
    expect(usesAgreedWord('Es gratuito', ['gratis', 'gratuito'])).toBe(true);
  });
});
