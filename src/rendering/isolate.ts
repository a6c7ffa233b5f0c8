// Wraps what runs against the direction of a text in Unicode isolates, so that phone numbers, links, dates and Latin names
// are not torn apart on the screen. Called by fit.ts on finished text; knows no language and no channel.
// Isolates that an author or a parameter brought along are left as they are.
import { RIGHT_TO_LEFT_LETTERS } from './scripts.ts';
import type { Direction } from './scripts.ts';

/** Left-to-right isolate. */
const LRI = '\u2066';
/** First-strong isolate. */
const FSI = '\u2068';
/** Pop directional isolate: ends any of them. */
const PDI = '\u2069';

/** Text that is isolated already. */
const ISOLATED = '[\\u2066-\\u2068][^\\u2066-\\u2069]*\\u2069';
/** The number of a choice at the beginning of its line: it stands well by itself, apart from a label in Latin letters. */
const LIST_NUMBER = '(?<=^|\\n)\\d{1,2} (?=\\S)';
const LINK = '(?:https?:\\/\\/|www\\.)[^\\s\\u2066-\\u2069]*[^\\s\\u2066-\\u2069.,;:!?)\\]»"]';
/** A letter or digit that runs left to right, in any script but the right-to-left ones. A mark alone belongs to the letter before it. */
const LEFT_WORD = `(?:(?![${RIGHT_TO_LEFT_LETTERS}])\\p{L}\\p{M}*|\\p{Nd})`;
/** A left-to-right run: words, numbers and what may stand between or before them. */
const LEFT_RUN = `[+#@(]*${LEFT_WORD}(?:[\\p{M}\\p{Nd}.,:;/\\\\_@&'’()+\\-–—#=%*\\u00a0 \\u200d]*${LEFT_WORD})*[)%]?`;
const RIGHT_LETTER = `[${RIGHT_TO_LEFT_LETTERS}]`;
const RIGHT_RUN = `${RIGHT_LETTER}(?:[${RIGHT_TO_LEFT_LETTERS}\\p{M}\\p{Nd}\\u200c\\u200d .,:/()\\-–،؛]*(?:${RIGHT_LETTER}|\\p{M}|\\p{Nd}))?`;

const IN_RIGHT_TO_LEFT = new RegExp(`(${ISOLATED}|${LIST_NUMBER})|(${LINK})|(${LEFT_RUN})`, 'gu');
const IN_LEFT_TO_RIGHT = new RegExp(`(${ISOLATED})|(${RIGHT_RUN})`, 'gu');
const HAS_RIGHT_LETTER = new RegExp(RIGHT_LETTER, 'u');

/**
 * The text with isolates around everything that runs against its direction: in right-to-left text numbers, links and
 * Latin runs (U+2066 … U+2069); in left-to-right text right-to-left words (U+2068 … U+2069).
 * @see https://www.w3.org/International/articles/inline-bidi-markup/
 */
export function isolateRuns(text: string, direction: Direction): string {
  if (direction === 'ltr') {
    if (!HAS_RIGHT_LETTER.test(text)) return text;
    return text.replace(IN_LEFT_TO_RIGHT, (run, isolated: string | undefined) => (isolated === undefined ? FSI + run + PDI : run));
  }
  return text.replace(IN_RIGHT_TO_LEFT, (run, asItIs: string | undefined) => (asItIs === undefined ? LRI + run + PDI : run));
}
