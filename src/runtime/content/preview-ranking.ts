// Which answers come nearest to a question, for an editor who tries one: also those that would not be given, and the phrasing that is nearest.
// Called by preview.ts. What a person would be given is decided by the search itself (language/answer-search.ts); this only looks on.
import type { AskView } from '../../api/content-shapes.ts';
import type { Answer } from '../../domain/content.ts';
import { chanceOf, evidenceOf } from '../../language/answer-chance.ts';
import type { AnswerSearch } from '../../language/answer-search.ts';
import { normalise } from '../../language/normalise.ts';
import { featuresOf, questionWords } from '../../language/question-features.ts';
import type { CompiledRelease } from '../../release/compile.ts';

interface Tried {
  question: string;
  language: string;
  locality: string | null;
  now: number;
  /** What the search found. */
  found: AnswerSearch;
}

type Ranked = AskView['ranked'][number];

const SHOWN = 5;
/** A phrasing less like the question than this says nothing. */
const LIKE = 0.15;

/** The nearest answers, best first, each with its chance to be the right one. */
export function rankAnswers(release: CompiledRelease, tried: Tried): Ranked[] {
  const ranked = rankIn(release, tried, languageOf(release, tried.language));
  const given = tried.found.kind === 'answer' ? [tried.found.entry] : tried.found.kind === 'choose' ? tried.found.entries : [];
  const score = tried.found.kind === 'answer' ? tried.found.score : 0;
  // What was found through another language's phrasings is not in the ranking of this one.
  const elsewhere = given.filter(({ id }) => !ranked.some((one) => one.id === id));
  const shown = [...elsewhere.map((answer) => show(release, tried, answer, score)), ...ranked];
  return shown.toSorted((a, b) => b.score - a.score).slice(0, SHOWN);
}

/** The language whose phrasings are searched first: the person's own, else the first that stands in for it. */
function languageOf({ answerIndex }: CompiledRelease, language: string): string | null {
  return [language, ...(answerIndex.fallbacks[language] ?? [])].find((tag) => answerIndex.languages.has(tag)) ?? null;
}

function rankIn(release: CompiledRelease, tried: Tried, language: string | null): Ranked[] {
  const known = language === null ? undefined : release.answerIndex.languages.get(language);
  if (language === null || known === undefined) return [];
  const words = questionWords(tried.question, language);
  if (words.length === 0) return [];
  const { groups, rank, chances } = known.answers.ready();
  const ranking = rank(tried.question);
  const content = words.filter((word) => !known.answers.smallWords.has(word)).length;
  const named = known.exact().get(normalise(tried.question)) ?? new Set<string>();
  return ranking.order.slice(0, SHOWN).flatMap((group) => {
    const answer = versionOf(release, groups[group] ?? '', tried);
    if (answer === null) return [];
    // Its chance beside all others, as if it were the one to be given.
    const others = ranking.order.filter((other) => other !== group);
    const chance = named.has(answer.id) ? 1 : chanceOf(chances.best, evidenceOf(ranking, [group, ...others], content));
    return [show(release, { ...tried, language }, answer, chance)];
  });
}

/** The version that is given where the person is; where that is not known, the general one or else any. */
function versionOf(release: CompiledRelease, group: string, { locality, now }: Tried): Answer | null {
  const [any] = locality === null ? (release.answerIndex.versions.get(group) ?? []) : [];
  return release.localAnswer(group, locality, now) ?? any ?? null;
}

function show(release: CompiledRelease, { question, language }: Tried, { id }: Answer, score: number): Ranked {
  const title = { key: `answers:${id}.title` };
  return {
    id,
    title: release.texts.has(title.key, language) ? release.texts.render(title, language, '') : id,
    score: Math.round(score * 1000) / 1000,
    phrasing: nearestPhrasing(release.texts.list(`answers:${id}.phrasings`, language), question, language),
  };
}

/** The phrasing that shares most with the question; null where none shares much. */
function nearestPhrasing(phrasings: readonly string[], question: string, language: string): string | null {
  const none = new Set<string>();
  const asked = featuresOf(questionWords(question, language), none);
  let best: string | null = null;
  let most = LIKE;
  for (const phrasing of phrasings) {
    const likeness = cosine(asked, featuresOf(questionWords(phrasing, language), none));
    if (likeness > most) [best, most] = [phrasing, likeness];
  }
  return best;
}

function cosine(one: ReadonlyMap<number, number>, other: ReadonlyMap<number, number>): number {
  const length = (features: ReadonlyMap<number, number>): number => Math.hypot(...features.values());
  let product = 0;
  for (const [feature, weight] of one) product += weight * (other.get(feature) ?? 0);
  return product === 0 ? 0 : product / (length(one) * length(other));
}
