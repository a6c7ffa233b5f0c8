// The answer to a free question: found in other words, by place and date, and not found rather than wrong.
import { describe, expect, it } from 'vitest';
import type { Answer } from '../../src/domain/content.ts';
import { trainLanguageAnswers } from '../../src/language/answer-calibration.ts';
import {
  adoptLanguages,
  searchAnswers,
  takeTrained,
  trainAnswerSearch,
  untrainedLanguages,
  type AnswerEntry,
} from '../../src/language/answer-search.ts';
import { runAtOnce } from '../../src/util/pace.ts';
import { LANGUAGES, readTexts, vocabularies } from './vocabularies.ts';

const NOW = Date.UTC(2026, 10, 21, 12);

function answer(id: string, change: Partial<Answer> = {}): Answer {
  return {
    id,
    topic: 'HEA.PRI',
    locality: '*',
    kind: 'law',
    source: 'test',
    reviewed_by: null,
    reviewed_on: null,
    review_by: '2028-01-01',
    ...change,
  };
}

const smallWords = Object.fromEntries(
  Object.entries(vocabularies).map(([language, { stopwords, fillers, questions }]) => [language, [...stopwords, ...fillers, ...questions]]),
);

/** The shipped answers; versions and places as in flows/answers where a test needs them. */
const VERSIONS: Record<string, Partial<Answer>> = {
  Q07: { locality: 'CL', replaces: 'Q49' },
  Q11: { locality: 'ES-CT-BCN', replaces: 'Q51' },
};
const shipped: AnswerEntry[] = LANGUAGES.flatMap((language) => {
  const texts = readTexts(language, 'answers');
  const ids = Object.keys(texts).flatMap((key) => (key.endsWith('.title') ? [key.slice(0, -'.title'.length)] : []));
  return ids.map((id) => ({
    answer: answer(id, VERSIONS[id]),
    language,
    title: String(texts[`${id}.title`]),
    text: String(texts[id]),
    phrasings: [texts[`${id}.phrasings`] ?? []].flat(),
  }));
});
const index = trainAnswerSearch(shipped, { smallWords, fallbacks: { es: ['en'], ar: ['en', 'fr'] } });
const ask = (question: string, language = 'es', locality: string | null = null) => {
  const found = searchAnswers(index, question, language, locality, NOW);
  return found.kind === 'answer' ? found.entry.id : found.kind === 'choose' ? found.entries.map((entry) => entry.id) : null;
};

describe('a question', () => {
  it.each([
    '¿puedo ir al médico sin papeles?',
    'puedo ir al medico sin papeles',
    'PUEDO IR AL MEDICO SIN PAPELES???',
    'puedo ir al medco sin papelez',
    'ir al doctor sin documentos',
    'medico sin papeles',
  ])('%s finds the answer about seeing a doctor', (question) => expect(ask(question)).toBe('Q49'));
  it.each([
    ['can i see a doctor without papers', 'en', 'Q49'],
    ['puis-je voir un médecin sans papiers', 'fr', 'Q49'],
    ['هل يمكنني زيارة الطبيب بدون أوراق', 'ar', 'Q49'],
    ['quiero inscribir a mi hijo en la escuela', 'es', 'Q04'],
    ['my child school no documents', 'en', 'Q04'],
    ['urgencias del hospital ¿es gratis?', 'es', 'Q06'],
    ['mi empleador tiene mi pasaporte', 'es', 'Q16'],
  ])('%s (%s) finds %s', (question, language, id) => expect(ask(question, language)).toBe(id));
  it('finds every entry by its own title and phrasings', () => {
    const lost = shipped.flatMap(({ answer: { id, locality }, language, title, phrasings }) =>
      [title, ...phrasings].filter((phrase) => ![ask(phrase, language, locality === '*' ? null : locality)].flat().includes(id)),
    );
    expect(lost).toEqual([]);
  });
  it('is looked for in the fallback languages too', () => expect(ask('can i see a doctor without papers', 'es')).toBe('Q49'));
  it.each(['¿quién ganó el partido ayer?', 'receta de paella', 'te quiero', 'hola', 'gracias', '', '👍', 'asdfgh'])(
    '"%s" is answered by nothing',
    (question) => expect(ask(question)).toBeNull(),
  );
  it('offers at most three to choose from', () => {
    const found = ask('mi jefe');
    expect(Array.isArray(found) && found.length <= 3 && found.includes('Q15')).toBe(true);
  });
});

describe('a question in another language', () => {
  const identify = (question: string) =>
    question.includes('médecin')
      ? [{ language: 'fr', chance: 0.97 }]
      : [
          { language: 'es', chance: 0.6 },
          { language: 'en', chance: 0.4 },
        ];
  const pooled = trainAnswerSearch(shipped, { smallWords, identify });
  runAtOnce(adoptLanguages(pooled, index));
  const find = (question: string, language: string) => {
    const found = searchAnswers(pooled, question, language, null, NOW);
    return found.kind === 'answer' ? found.entry.id : found.kind === 'choose' ? found.entries.map((entry) => entry.id) : null;
  };

  it('is answered where it surely is in that language', () => expect(find('puis-je voir un médecin sans papiers', 'es')).toBe('Q49'));
  it('is answered where no language is known yet', () => expect(find('puis-je voir un médecin sans papiers', '')).toBe('Q49'));
  it('is offered to choose from where its language is in doubt', () =>
    expect(find('can i see a doctor without papers', '')).toContain('Q49'));
  it("is looked for in the conversation's own language alone where it may be in that", () =>
    expect(find('my child school no documents', 'es')).not.toBe('Q04'));
});

describe('a newer release', () => {
  const entry = (language: string, title: string): AnswerEntry => ({
    answer: answer('N1'),
    language,
    title,
    text: title,
    phrasings: [title],
  });

  it('takes over the languages whose answers are the same, and trains only the others', () => {
    const older = trainAnswerSearch([entry('es', 'quiero trabajar'), entry('en', 'i want to work')], { smallWords });
    searchAnswers(older, 'quiero trabajar', 'es', null, NOW);
    const newer = trainAnswerSearch([entry('es', 'quiero trabajar'), entry('en', 'where can i work')], { smallWords });
    expect(runAtOnce(adoptLanguages(newer, older))).toEqual(['es']);
    expect(untrainedLanguages(newer).map(({ language }) => language)).toEqual(['en']);
  });
  it('finds the same with what was trained elsewhere', () => {
    const entries = shipped.filter(({ language }) => language === 'ar');
    const other = trainAnswerSearch(entries, { smallWords });
    const [training] = untrainedLanguages(other);
    takeTrained(other, 'ar', structuredClone(trainLanguageAnswers(training!)));
    expect(untrainedLanguages(other)).toEqual([]);
    for (const { title } of entries)
      expect(searchAnswers(other, `${title} الآن`, 'ar', null, NOW)).toEqual(searchAnswers(index, `${title} الآن`, 'ar', null, NOW));
  });
});

describe('a place', () => {
  const general = {
    answer: answer('A1'),
    language: 'es',
    title: '¿Cómo me empadrono?',
    text: 'Pregunte en el ayuntamiento.',
    phrasings: ['quiero empadronarme', 'inscribirme en el municipio'],
  };
  const local = {
    answer: answer('A1B', { locality: 'ES-CT-BCN', replaces: 'A1' }),
    language: 'es',
    title: '¿Cómo me empadrono en Barcelona?',
    text: 'Vaya a la OAC.',
    phrasings: ['empadronarme en Barcelona', 'padrón de Barcelona sin permiso'],
  };
  const elsewhere = {
    answer: answer('A2', { locality: 'TH' }),
    language: 'es',
    title: '¿Hay una línea en mi idioma en Tailandia?',
    text: 'Sí, hay una.',
    phrasings: ['línea telefónica birmano'],
  };
  const filler = ['dónde como hoy', 'mi hija está enferma', 'me deben el sueldo'].map((title, place) => ({
    answer: answer(`F${place}`),
    language: 'es',
    title,
    text: title,
    phrasings: [`${title} por favor`],
  }));
  const find = (entries: AnswerEntry[], question: string, locality: string | null, now = NOW) => {
    const found = searchAnswers(trainAnswerSearch(entries, { smallWords, timeZone: 'Europe/Madrid' }), question, 'es', locality, now);
    return found.kind === 'answer' ? found.entry.id : found.kind === 'choose' ? found.entries.map((entry) => entry.id) : null;
  };
  const all = [general, local, elsewhere, ...filler];

  it('gets the most local answer that holds it', () => {
    expect(find(all, '¿cómo me empadrono?', 'ES-CT-BCN')).toBe('A1B');
    expect(find(all, '¿cómo me empadrono?', 'ES-MD')).toBe('A1');
  });
  it('gets the general answer while it is not known', () => expect(find(all, '¿cómo me empadrono?', null)).toBe('A1'));
  it('is only offered a local answer while it is not known', () => {
    expect(find(all, '¿cómo me empadrono en Barcelona?', null)).toContain('A1B');
    expect(find(all, 'línea telefónica birmano', null)).toEqual(['A2']);
  });
  it('never gets the answer of somewhere else', () => {
    expect(find(all, 'línea telefónica birmano', 'ES')).toBeNull();
    expect(find([local, ...filler], '¿cómo me empadrono en Barcelona?', 'CL')).toBeNull();
  });
  it('gets no answer past its review date, and the general one in its place', () => {
    const overdue = { ...local, answer: { ...local.answer, review_by: '2026-11-20' } };
    expect(find([general, overdue, ...filler], '¿cómo me empadrono?', 'ES-CT-BCN')).toBe('A1');
    expect(find([{ ...general, answer: { ...general.answer, review_by: '2026-11-20' } }, ...filler], '¿cómo me empadrono?', null)).not.toBe(
      'A1',
    );
  });
  it('gets an answer through the whole of its review date, as the day is at the hotline', () => {
    const last = { ...general, answer: { ...general.answer, review_by: '2026-11-21' } };
    expect(find([last, ...filler], '¿cómo me empadrono?', null, Date.UTC(2026, 10, 21, 22, 30))).toBe('A1');
    expect(find([last, ...filler], '¿cómo me empadrono?', null, Date.UTC(2026, 10, 21, 23, 30))).not.toBe('A1');
  });
});

it('finds words in scripts without spaces', () => {
  const entries = [
    ['ฉันไปหาหมอโดยไม่มีเอกสารได้ไหม', 'หมอ'],
    ['ลูกของฉันไปโรงเรียนได้ไหม', 'โรงเรียน'],
    ['นายจ้างไม่จ่ายเงินเดือน', 'เงินเดือน'],
  ].map(([title, phrase], place) => ({ answer: answer(`T${place}`), language: 'th', title: title!, text: title!, phrasings: [phrase!] }));
  const found = searchAnswers(trainAnswerSearch(entries, { smallWords: {} }), 'อยากให้ลูกไปโรงเรียน', 'th', null, NOW);
  expect(found.kind === 'answer' ? found.entry.id : found.kind === 'choose' ? found.entries[0]?.id : null).toBe('T1');
});

it('has nothing to say without entries', () => {
  expect(searchAnswers(trainAnswerSearch([], { smallWords: {} }), 'hola', 'es', null, NOW)).toEqual({ kind: 'none' });
});
