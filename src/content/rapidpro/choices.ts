// Which choices a question offers: from the buttons of its message, from the cases of its router, or both. Called by ask.ts.
// A choice knows its words in every language and what RapidPro would have heard; labels.ts writes them down.
import type { RapidCase, RapidRouter } from './export-schema.ts';
import { takeNumberedLines } from './list-labels.ts';
import { createNameGiver, slugOf } from './names.ts';
import { onlyWords } from './template.ts';
import { localized, type FlowTranslation, type Message } from './translation.ts';
import { categoryFor, matchesWords, numberIn, tokensOf, WORD_CASES } from './words-match.ts';

/** One choice in the making. */
export interface DraftChoice {
  id: string;
  category: string;
  categoryName: string;
  /** What a person would have written. */
  raws: string[];
  labels: Record<string, string>;
  synonyms: Record<string, string[]>;
}

export interface DraftChoices {
  choices: DraftChoice[];
  /** The words of the question in all languages; without numbered lines that became labels. */
  texts: Record<string, string>;
  fromList: boolean;
  /** Categories whose words no choice shows. */
  hidden: string[];
}

interface Candidate {
  raw: string;
  category: string;
  /** Place among the buttons; null for a case that no button shows. */
  button: number | null;
}

const MOST_CHOICES = 30;
const isNumber = (text: string): boolean => /^\d{1,2}$/.test(text.trim());

/** The choices, or null where the question is better asked as another kind. */
export function choicesOf(translation: FlowTranslation, router: RapidRouter, message: Message): DraftChoices | null {
  const candidates = message.quickReplies[translation.base]?.length ? fromButtons(translation, router, message) : fromCases(router);
  if (candidates.length === 0 || candidates.length > MOST_CHOICES) return null;
  const numbers = candidates.every(({ raw }) => isNumber(raw)) ? candidates.map(({ raw }) => Number(raw)) : [];
  const lists = numberedLists(message, numbers);
  const ownList = lists.get(translation.base);
  if (numbers.length > 0 && ownList === undefined && !hasTellingNames(router, candidates)) {
    const counted = numbers.every((number, index) => number === index + 1);
    if (!counted || candidates.some(({ button }) => button === null)) return null;
  }
  const shown = new Set(candidates.map(({ category }) => category));
  return {
    choices: nameChoices(router, candidates).map((choice, index) =>
      withWords(translation, router, message, choice, candidates[index]!, lists),
    ),
    texts: { ...message.texts, ...Object.fromEntries([...lists].map(([tag, { text }]) => [tag, text])) },
    fromList: ownList !== undefined,
    hidden: usableCases(router)
      .map(({ category_uuid: category }) => category)
      .filter((category) => !shown.has(category)),
  };
}

/** Cases that compare with words or numbers that are known. */
function usableCases(router: RapidRouter): RapidCase[] {
  return router.cases.filter(
    ({ type, arguments: args }) =>
      type !== 'has_text' &&
      type !== 'has_value' &&
      args.length > 0 &&
      args.every((arg) => onlyWords(arg) !== null) &&
      (WORD_CASES.has(type) || type === 'has_number_eq'),
  );
}

function fromButtons({ base, notes }: FlowTranslation, router: RapidRouter, message: Message): Candidate[] {
  const cases = router.cases.filter((one) => one.arguments.every((arg) => onlyWords(arg) !== null));
  const seen = new Set<string>();
  return (message.quickReplies[base] ?? []).flatMap((raw, button) => {
    if (onlyWords(raw) === null) notes.add(message.node, 'quick_replies_left_out', raw);
    if (seen.has(raw.toLowerCase()) || onlyWords(raw) === null) return [];
    seen.add(raw.toLowerCase());
    const decided = cases.filter(({ type, arguments: args }) => matchesWords(type, args, raw) !== null);
    return [{ raw, button, category: categoryFor(decided, router.default_category_uuid ?? null, raw) ?? '' }];
  });
}

/** One for each category that words lead to. */
function fromCases(router: RapidRouter): Candidate[] {
  const seen = new Set<string>();
  return usableCases(router).flatMap(({ category_uuid: category, arguments: args }) => {
    if (seen.has(category)) return [];
    seen.add(category);
    const raw = (args[0] ?? '').replace(/[\s,;.]+$/, '');
    return raw === '' ? [] : [{ raw, category, button: null }];
  });
}

/** The numbered lines of each language that has one for every choice. */
function numberedLists(message: Message, numbers: readonly number[]): Map<string, NonNullable<ReturnType<typeof takeNumberedLines>>> {
  const lists = Object.entries(message.texts).map(([tag, text]) => [tag, takeNumberedLines(text, numbers)] as const);
  return new Map(lists.flatMap(([tag, list]) => (list === null ? [] : [[tag, list] as const])));
}

const nameOf = (router: RapidRouter, category: string): string =>
  router.categories.find(({ uuid }) => uuid === category)?.name.trim() ?? '';

/** Whether each category has a name of its own that says more than a number. */
function hasTellingNames(router: RapidRouter, candidates: readonly Candidate[]): boolean {
  const names = candidates.map(({ category }) => nameOf(router, category).toLowerCase());
  return (
    new Set(names).size === names.length &&
    names.every((name) => /\p{L}{2}/u.test(name)) &&
    candidates.every(({ category }) => category !== router.default_category_uuid)
  );
}

/** Ids by the category's name where it has one choice only, else by the words. */
function nameChoices(router: RapidRouter, candidates: readonly Candidate[]): Pick<DraftChoice, 'id' | 'category' | 'categoryName'>[] {
  const ids = createNameGiver();
  return candidates.map(({ raw, category }) => {
    const alone = candidates.filter((other) => other.category === category).length === 1 && category !== router.default_category_uuid;
    const wanted = (alone ? slugOf(nameOf(router, category), 30) : '') || slugOf(raw, 30) || 'choice';
    return { id: ids.take(wanted), category, categoryName: nameOf(router, category) };
  });
}

function withWords(
  translation: FlowTranslation,
  router: RapidRouter,
  message: Message,
  choice: Pick<DraftChoice, 'id' | 'category' | 'categoryName'>,
  { raw, button, category }: Candidate,
  lists: ReturnType<typeof numberedLists>,
): DraftChoice {
  const { base } = translation;
  const names = localized(translation, category, 'name');
  const telling = /\p{L}{2}/u.test(choice.categoryName) && category !== router.default_category_uuid;
  const labels: Record<string, string> = {};
  for (const tag of new Set([base, ...Object.keys(message.texts), ...Object.keys(message.quickReplies), ...Object.keys(names)])) {
    const listed = isNumber(raw) ? lists.get(tag)?.labels.get(Number(raw)) : undefined;
    const named =
      button !== null && !isNumber(raw) ? undefined : tag === base ? (telling ? choice.categoryName : undefined) : names[tag]?.[0];
    const shown = button === null ? undefined : message.quickReplies[tag]?.[button];
    const label = listed ?? (named || shown) ?? (tag === base ? raw : undefined);
    if (label !== undefined && label.trim() !== '') labels[tag] = label.trim();
  }
  const own = router.cases.filter((one) => one.category_uuid === category);
  return { ...choice, raws: [raw, ...own.flatMap((one) => one.arguments)], labels, synonyms: synonymsOf(translation, own) };
}

/** The words of a category's cases, each language by itself. Numbers are none: choices are numbered as they stand. */
function synonymsOf(translation: FlowTranslation, cases: readonly RapidCase[]): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  const add = (tag: string, type: string, args: readonly string[]): void => {
    if (!WORD_CASES.has(type) || type === 'has_category') return;
    const words = args.filter((arg) => onlyWords(arg) !== null).flatMap((arg) => (type === 'has_any_word' ? tokensOf(arg) : [arg.trim()]));
    found[tag] = [...new Set([...(found[tag] ?? []), ...words.filter((word) => word !== '' && numberIn(word) === null)])];
  };
  for (const { uuid, type, arguments: args } of cases) {
    add(translation.base, type, args);
    for (const [tag, words] of Object.entries(localized(translation, uuid, 'arguments'))) add(tag, type, words);
  }
  return found;
}
