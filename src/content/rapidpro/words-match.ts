// What the cases of a RapidPro router say of words that are known: does "1" belong to this category? Called where a reply or a value is
// one of a few known words, so that the question is answered once, here, and not in every conversation.
import type { RapidCase } from './export-schema.ts';

/** Cases that compare words. */
export const WORD_CASES = new Set([
  'has_any_word',
  'has_all_words',
  'has_phrase',
  'has_only_phrase',
  'has_beginning',
  'has_text',
  'has_only_text',
  'has_value',
  'has_category',
]);
/** Cases that compare numbers. */
export const NUMBER_CASES = new Set([
  'has_number',
  'has_number_eq',
  'has_number_lt',
  'has_number_lte',
  'has_number_gt',
  'has_number_gte',
  'has_number_between',
]);

/** The words of a text as RapidPro takes them apart: lower case, without punctuation. */
export function tokensOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}_']+/gu) ?? [];
}

/** The number that a text is or begins with, or null. */
export function numberIn(text: string): number | null {
  const found = /^\s*(-?\d+(?:[.,]\d+)?)(?![\w.,]*\d)/.exec(text)?.[1];
  return found === undefined ? null : Number(found.replace(',', '.'));
}

/** Whether a case holds for known words; null where that cannot be told. Arguments are taken as words. */
export function matchesWords(type: string, args: readonly string[], text: string): boolean | null {
  const words = tokensOf(text);
  const wanted = tokensOf(args[0] ?? '');
  switch (type) {
    case 'has_any_word':
      return wanted.some((word) => words.includes(word));
    case 'has_all_words':
      return wanted.length > 0 && wanted.every((word) => words.includes(word));
    case 'has_phrase':
      return wanted.length === 0 || words.some((_, at) => wanted.every((word, index) => words[at + index] === word));
    case 'has_only_phrase':
      return words.length === wanted.length && wanted.every((word, index) => words[index] === word);
    case 'has_beginning':
      return (
        (args[0] ?? '').trim() !== '' &&
        text
          .trim()
          .toLowerCase()
          .startsWith((args[0] ?? '').trim().toLowerCase())
      );
    case 'has_only_text':
      return text.trim() === (args[0] ?? '').trim();
    case 'has_category':
      return args.includes(text);
    case 'has_text':
    case 'has_value':
      return text.trim() !== '';
    case 'has_error':
      return false;
    default:
      return NUMBER_CASES.has(type) ? matchesNumber(type, args, numberIn(text)) : null;
  }
}

/** Whether a case holds for a number. */
export function matchesNumber(type: string, args: readonly string[], number: number | null): boolean | null {
  if (number === null) return false;
  if (type === 'has_number') return true;
  const [first, second] = args.map((arg) => (arg.trim() === '' ? Number.NaN : Number(arg)));
  if (first === undefined || Number.isNaN(first)) return null;
  switch (type) {
    case 'has_number_eq':
      return number === first;
    case 'has_number_lt':
      return number < first;
    case 'has_number_lte':
      return number <= first;
    case 'has_number_gt':
      return number > first;
    case 'has_number_gte':
      return number >= first;
    default:
      return second === undefined || Number.isNaN(second) ? null : number >= first && number <= second;
  }
}

/** The category that known words lead to: of the first case that holds, else the one for all others. Null: it cannot be told. */
export function categoryFor(cases: readonly RapidCase[], byDefault: string | null, text: string): string | null {
  for (const { type, arguments: args, category_uuid: category } of cases) {
    const holds = matchesWords(type, args, text);
    if (holds === null) return null;
    if (holds) return category;
  }
  return byDefault;
}
