// Finds the reviewed answer to a free question. Called by release/ (training) and, through the engine's env, once a turn.
// Three outcomes: one answer, a choice of up to three, or none. It never composes an answer and prefers "choose" or "none" to a wrong one.
// Local versions: the most local one that holds the person's place is given; one for somewhere else never; where the place is
// not known the general one is given, and a local one is only offered to choose.
// Nothing is learnt from what people ask or pick: only reviewed phrasings change the search.
import type { Answer } from '../domain/content.ts';
import type { LanguageTraining, TrainedAnswers } from './answer-calibration.ts';
import { chanceOf, evidenceOf } from './answer-chance.ts';
import { createLanguageAnswers, type LanguageAnswers } from './answer-language.ts';
import type { Ranking } from './answer-model.ts';
import type { TrainingText } from './answer-training.ts';
import { localTime } from '../util/local-time.ts';
import { normalise, wordsOf } from './normalise.ts';
import { questionWords } from './question-features.ts';

/** Ranked answers. The same shape as in the engine's env. */
export type AnswerSearch = { kind: 'answer'; entry: Answer; score: number } | { kind: 'choose'; entries: Answer[] } | { kind: 'none' };

/** One answer in one language, with the ways people ask for it. */
export interface AnswerEntry {
  answer: Answer;
  language: string;
  title: string;
  text: string;
  phrasings: string[];
}

/** What training needs beside the entries. */
export interface AnswerSearchOptions {
  /** Words without content, by language: stopwords, fillers and question words of the vocabulary. */
  smallWords: Record<string, string[]>;
  /** Languages to search in when the person's own has nothing, best first. */
  fallbacks?: Record<string, string[]>;
  /** IANA time zone in which a review date ends; UTC when not given. */
  timeZone?: string;
  /** Languages that a question may be in, with their chances, best first. Without it only the conversation's own and its fallbacks count. */
  identify?: (question: string) => LikelyLanguage[];
}

/** A language with its chance, 0–1. */
export interface LikelyLanguage {
  language: string;
  chance: number;
}

interface LanguageIndex {
  /** Trained when the first question comes in this language: a start does not wait for all of them. */
  answers: LanguageAnswers;
  /** Normalised titles and phrasings, with the versions they belong to; worked out at the first question, too. */
  exact(): Map<string, Set<string>>;
}

/** A trained search; pass it to searchAnswers. */
export interface AnswerIndex {
  languages: Map<string, LanguageIndex>;
  /** Versions of each entry, most local first. */
  versions: Map<string, Answer[]>;
  fallbacks: Record<string, string[]>;
  timeZone: string;
  identify: (question: string) => LikelyLanguage[];
}

/** What one language has to say. */
interface Found {
  search: Exclude<AnswerSearch, { kind: 'none' }>;
  /** Chance that the answer is right, or that the choice holds it. */
  chance: number;
}

const EVERYWHERE = '*';
const MOST_OFFERED = 3;
/** Of the entries to choose from, each has at least this share of the best one's score. */
const WORTH_OFFERING = 0.5;
/** A local version is offered where its phrasings are this much nearer to the question than the general one's. */
const LOCAL_IS_NEARER = 0.15;
/** From these chances on one answer is given, and up to three are offered. What gives a chance is fitted for each language: answer-chance.ts. */
export const ANSWER_FROM = 0.7;
export const CHOOSE_FROM = 0.38;
/** A language that is likelier than this is searched although the conversation is in another; so are all above the other where none is known. */
const SURELY = 0.9;
const POSSIBLY = 0.1;

/** Makes the search over all entries of a release, one model a language, none of which is trained yet. */
export function trainAnswerSearch(entries: AnswerEntry[], options: AnswerSearchOptions): AnswerIndex {
  const byLanguage = Map.groupBy(entries, (entry) => entry.language);
  const languages = new Map<string, LanguageIndex>();
  for (const [language, list] of byLanguage) {
    const smallWords = [...new Set((options.smallWords[language] ?? []).flatMap((phrase) => wordsOf(normalise(phrase))))];
    languages.set(language, indexLanguage(language, list, smallWords));
  }
  const answers = new Map(entries.map(({ answer }) => [answer.id, answer]));
  const versions = Map.groupBy(answers.values(), groupOf);
  for (const list of versions.values()) list.sort((a, b) => depth(b.locality) - depth(a.locality));
  return {
    languages,
    versions,
    fallbacks: options.fallbacks ?? {},
    timeZone: options.timeZone ?? 'UTC',
    identify: options.identify ?? (() => []),
  };
}

/** Takes over from an older index every language whose texts have not changed, trained or not, a language a step; gives their tags. */
export function* adoptLanguages(index: AnswerIndex, older: AnswerIndex): Generator<void, string[]> {
  const adopted: string[] = [];
  for (const [language, known] of index.languages) {
    const other = older.languages.get(language);
    yield;
    if (other === undefined || !isSameTraining(other.answers.training, known.answers.training)) continue;
    index.languages.set(language, other);
    adopted.push(language);
  }
  return adopted;
}

function isSameTraining(one: LanguageTraining, other: LanguageTraining): boolean {
  return (
    one.texts.length === other.texts.length &&
    one.smallWords.join('\n') === other.smallWords.join('\n') &&
    one.texts.every((text, index) => isSameText(text, other.texts[index]!))
  );
}

function isSameText(one: TrainingText, other: TrainingText): boolean {
  return one.text === other.text && one.group === other.group && one.version === other.version && one.kind === other.kind;
}

/** What is still to be trained. */
export function untrainedLanguages(index: AnswerIndex): LanguageTraining[] {
  return [...index.languages.values()].flatMap(({ answers }) => (answers.isReady() ? [] : [answers.training]));
}

/** Takes what was trained elsewhere. */
export function takeTrained(index: AnswerIndex, language: string, trained: TrainedAnswers): void {
  index.languages.get(language)?.answers.take(trained);
}

/**
 * Searches for a question. `locality` is the person's place or null; `now` (milliseconds since the epoch) decides what is overdue:
 * an entry counts through its review date. An answer's score is its chance of being right, 0–1. People also ask in other languages
 * than the conversation's: a sure answer found through a fallback's phrasings, or through those of the language that the question is surely
 * in, beats a choice found through its own. Where no language is known, those that the question may be in are searched together.
 */
export function searchAnswers(index: AnswerIndex, question: string, language: string, locality: string | null, now: number): AnswerSearch {
  const today = localTime(now, index.timeZone).date;
  const search = (each: string): Found | null => {
    const known = index.languages.get(each);
    return known === undefined ? null : searchLanguage(index, known, question, each, locality, today);
  };
  const own = [language, ...(index.fallbacks[language] ?? [])];
  if (!own.some((each) => index.languages.has(each))) return searchLikely(index, question, search);
  let choice: AnswerSearch | null = null;
  for (const each of own) {
    const found = search(each);
    if (found?.search.kind === 'answer') return found.search;
    choice ??= found?.search ?? null;
  }
  for (const { language: other, chance } of index.identify(question)) {
    if (chance < SURELY || own.includes(other)) continue;
    const found = search(other);
    if (found?.search.kind === 'answer' && found.chance * chance >= ANSWER_FROM) return found.search;
    choice ??= found?.search ?? null;
  }
  return choice ?? { kind: 'none' };
}

/** Searches all languages that a question may be in. What each finds counts by the language's chance. */
function searchLikely(index: AnswerIndex, question: string, search: (language: string) => Found | null): AnswerSearch {
  const found = index
    .identify(question)
    .filter(({ language, chance }) => chance >= POSSIBLY && index.languages.has(language))
    .flatMap(({ language, chance }) => {
      const each = search(language);
      return each === null ? [] : [{ ...each, chance: each.chance * chance }];
    })
    .sort((a, b) => b.chance - a.chance);
  const best = found[0];
  if (best?.search.kind === 'answer' && best.chance >= ANSWER_FROM) return best.search;
  if (best === undefined || best.chance < CHOOSE_FROM) return { kind: 'none' };
  const entries = found.flatMap(({ search: each }) => (each.kind === 'answer' ? [each.entry] : each.entries));
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  return { kind: 'choose', entries: [...byId.values()].slice(0, MOST_OFFERED) };
}

function searchLanguage(
  index: AnswerIndex,
  known: LanguageIndex,
  question: string,
  language: string,
  locality: string | null,
  today: string,
): Found | null {
  const words = questionWords(question, language);
  if (words.length === 0) return null;
  const { groups, rank, chances } = known.answers.ready();
  const ranking = rank(question);
  const named = known.exact().get(normalise(question)) ?? new Set<string>();
  const isNamed = (group: number): boolean => (index.versions.get(groups[group]!) ?? []).some((answer) => named.has(answer.id));
  // A phrasing word for word comes first, whatever its score.
  const order = named.size === 0 ? ranking.order : ranking.order.toSorted((a, b) => Number(isNamed(b)) - Number(isNamed(a)));
  const eligible = firstEligible(order, (group) => givenVersion(index, groups[group]!, ranking, locality, today));
  const best = eligible[0];
  if (best === undefined) return null;

  const content = words.filter((word) => !known.answers.smallWords.has(word)).length;
  const evidence = evidenceOf(
    ranking,
    eligible.map(({ group }) => group),
    content,
  );
  const chance = isNamed(best.group) ? 1 : chanceOf(chances.best, evidence);
  if (chance >= ANSWER_FROM && best.group === order[0] && best.given.length === 1 && isSure(best.given[0]!, locality)) {
    return { search: { kind: 'answer', entry: best.given[0]!, score: chance }, chance };
  }
  const held = Math.max(chance, chanceOf(chances.three, evidence));
  if (chance < ANSWER_FROM && held < CHOOSE_FROM) return null;
  const worth = eligible.filter(({ group }) => ranking.scores[group]! >= ranking.scores[best.group]! * WORTH_OFFERING);
  return { search: { kind: 'choose', entries: worth.flatMap(({ given }) => given).slice(0, MOST_OFFERED) }, chance: held };
}

/** The first groups of which a version may be given: as many as the evidence looks at. */
function firstEligible(order: number[], givenOf: (group: number) => Answer[] | null): { group: number; given: Answer[] }[] {
  const eligible: { group: number; given: Answer[] }[] = [];
  for (const group of order) {
    const given = givenOf(group);
    if (given !== null) eligible.push({ group, given });
    if (eligible.length > MOST_OFFERED) break;
  }
  return eligible;
}

/**
 * The versions of an entry that may be shown: one where the place is known. Where it is not, the general one, with a local one beside
 * it that is clearly nearer to the question, or the local one alone where there is no general one. Null when none may be shown.
 */
function givenVersion(index: AnswerIndex, group: string, { likeness }: Ranking, locality: string | null, today: string): Answer[] | null {
  const current = (index.versions.get(group) ?? []).filter((answer) => answer.review_by >= today);
  const mostLocal = current.find((answer) => contains(answer.locality, locality ?? EVERYWHERE));
  if (locality !== null) return mostLocal === undefined ? null : [mostLocal];
  const near = (answer: Answer): number => likeness(answer.id);
  const local = current.filter((answer) => answer.locality !== EVERYWHERE).toSorted((a, b) => near(b) - near(a))[0];
  if (mostLocal === undefined) return local === undefined ? null : [local];
  return local !== undefined && near(local) >= near(mostLocal) + LOCAL_IS_NEARER ? [mostLocal, local] : [mostLocal];
}

/** A local answer is only given to someone who is known to be there. */
function isSure(answer: Answer, locality: string | null): boolean {
  return answer.locality === EVERYWHERE || locality !== null;
}

function indexLanguage(language: string, entries: readonly AnswerEntry[], smallWords: string[]): LanguageIndex {
  const texts = entries.flatMap((entry) => textsOf(entry));
  let exact: Map<string, Set<string>> | null = null;
  return {
    answers: createLanguageAnswers({ language, texts, smallWords }),
    exact: () => (exact ??= indexPhrases(entries)),
  };
}

function indexPhrases(entries: readonly AnswerEntry[]): Map<string, Set<string>> {
  const exact = new Map<string, Set<string>>();
  for (const { answer, title, phrasings } of entries) {
    for (const phrase of [title, ...phrasings]) {
      const key = normalise(phrase);
      if (key !== '') exact.set(key, (exact.get(key) ?? new Set()).add(answer.id));
    }
  }
  return exact;
}

function textsOf({ answer, title, text, phrasings }: AnswerEntry): TrainingText[] {
  const group = groupOf(answer);
  const version = answer.id;
  return [
    { group, version, text, kind: 'answer' },
    ...[title, ...phrasings].map((phrase) => ({ group, version, text: phrase, kind: 'question' as const })),
  ];
}

/** Entries that are versions of one another: the general one's id. */
function groupOf(answer: Answer): string {
  return answer.replaces ?? answer.id;
}

/** Whether `inner` lies in `outer` or is the same place; codes grow by parts: ES, ES-CT, ES-CT-BCN. */
function contains(outer: string, inner: string): boolean {
  return outer === EVERYWHERE || inner === outer || inner.startsWith(`${outer}-`);
}

function depth(code: string): number {
  return code === EVERYWHERE ? 0 : code.split('-').length;
}
