// How good the answers to unseen questions are: on questions in other words than the phrasings, none of which was trained with, and on
// questions of other domains. The bars stand a little below what was measured; `ventanilla measure-answers` tells more.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve, measureAnswers, withoutNearDuplicates, type AnswerReport } from '../../src/language/answer-measure.ts';
import { normalise, wordsOf } from '../../src/language/normalise.ts';
import { LANGUAGES, readTexts, vocabularies } from './vocabularies.ts';

const rows = readFileSync(path.join(import.meta.dirname, 'answer-questions.tsv'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('\t') as [entry: string, language: string, text: string]);

function measure(language: string): AnswerReport {
  const texts = readTexts(language, 'answers');
  const ids = Object.keys(texts).flatMap((key) => (key.endsWith('.title') ? [key.slice(0, -'.title'.length)] : []));
  const general = new Set(rows.map(([entry]) => entry));
  const asked = ids.filter((id) => general.has(id));
  const { stopwords, fillers, questions } = vocabularies[language]!;
  return measureAnswers(
    {
      language,
      smallWords: [...stopwords, ...fillers, ...questions].flatMap((phrase) => wordsOf(normalise(phrase))),
      texts: asked.flatMap((id) => [
        { group: id, version: id, text: String(texts[id]), kind: 'answer' as const },
        { group: id, version: id, text: String(texts[`${id}.title`]), kind: 'question' as const },
      ]),
      phrasings: new Map(asked.map((id) => [id, [texts[`${id}.phrasings`] ?? []].flat()])),
      questions: Map.groupBy(
        rows.filter(([entry, tag]) => tag === language && entry !== '-'),
        ([entry]) => entry,
      )
        .entries()
        .reduce(
          (all, [entry, list]) =>
            all.set(
              entry,
              list.map(([, , text]) => text),
            ),
          new Map<string, string[]>(),
        ),
      offTopic: rows.filter(([entry, tag]) => tag === language && entry === '-').map(([, , text]) => text),
    },
    { phrasings: 100, folds: 2, clock: () => 0 },
  );
}

describe.each(LANGUAGES)('questions in other words (%s)', (language) => {
  const report = measure(language);

  it('find their entry first, and nearly all among three', () => {
    expect(report.first).toBeGreaterThan(0.84);
    expect(report.three).toBeGreaterThan(0.92);
  });
  it('get an answer directly only where it is right nine times in ten', () => {
    const { answer, choose } = report.outcomes.known;
    expect(answer.right / answer.texts).toBeGreaterThan(0.9);
    expect(choose.right / choose.texts).toBeGreaterThan(0.7);
  });
  it('are told from questions of other domains', () => {
    expect(report.far).toBeGreaterThan(0.95);
    expect(report.outcomes.far.answer.texts).toBeLessThanOrEqual(2);
  });
});

describe('measuring', () => {
  it('tells how well two groups of chances are parted', () => {
    expect(areaUnderCurve([0.9, 0.8], [0.1, 0.2])).toBe(1);
    expect(areaUnderCurve([0.1, 0.9], [0.1, 0.9])).toBe(0.5);
    expect(areaUnderCurve([], [0.1])).toBeNull();
  });
  it('passes over phrasings that are nearly the same', () => {
    const phrasings = new Map([['A', ['where can i see a doctor', 'where i can see a doctor', 'my child is ill']]]);
    expect(withoutNearDuplicates(phrasings, 'en').get('A')).toEqual(['where can i see a doctor', 'my child is ill']);
  });
  it('works in a language of which nothing is known but a few phrasings', () => {
    const phrasings = new Map([
      ['doctor', ['daktari', 'nahitaji daktari', 'hospitali iko wapi']],
      ['school', ['shule', 'mtoto wangu shule', 'shule iko wapi']],
    ]);
    const report = measureAnswers({ language: 'sw', smallWords: [], texts: [], phrasings, offTopic: [] }, { phrasings: 2, clock: () => 0 });
    expect(report.texts).toBe(8);
    expect(report.far).toBeNull();
  });
});
