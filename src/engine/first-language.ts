// Which language a message is in: certain or at least 0.9 silently, 0.7 to 0.9 with a hint, below not at all.
// Used at the start of a session, in an emergency, and to notice that somebody has changed language.
import type { Turn } from './program.ts';

export interface LanguageDecision {
  language: string;
  /** `sure` goes silently; `hint` is told with one line on how to switch. */
  certainty: 'sure' | 'hint';
}

const SURE = 0.9;
const LIKELY = 0.7;
/** Fewer words than this never count as a change of language. */
const SWITCH_WORDS = 3;

const isOffered = (turn: Turn, language: string | null): language is string =>
  language !== null && turn.env.languages.some(({ tag }) => tag === language);

/** Decides a first message's language, or null when the person is to be asked. */
export function decideLanguage(turn: Turn, text: string): LanguageDecision | null {
  const { env } = turn;
  if (env.languages.length === 1) return { language: env.languages[0]!.tag, certainty: 'sure' };
  const guess = env.guessLanguage(text);
  if (isOffered(turn, guess.language)) {
    if (guess.basis === 'certain' || guess.confidence >= SURE) return { language: guess.language, certainty: 'sure' };
    if (guess.confidence >= LIKELY) return { language: guess.language, certainty: 'hint' };
  }
  const hint = hintedLanguage(turn);
  return hint !== null && (guess.language === null || guess.language === hint) ? { language: hint, certainty: 'hint' } : null;
}

/** The language of the page or device, if the hotline has it. */
export function hintedLanguage(turn: Turn): string | null {
  return isOffered(turn, turn.env.languageHint) ? turn.env.languageHint : null;
}

/** A language that a message is surely in, where the present one was only guessed or taken from the page. Null otherwise. */
export function surelyOtherLanguage(turn: Turn, text: string): LanguageDecision | null {
  const { language, languageChosen } = turn.session;
  if (languageChosen || text.trim() === '') return null;
  const decided = decideLanguage(turn, text);
  return decided?.certainty === 'sure' && decided.language !== language ? decided : null;
}

/** A language for an emergency text: what the person chose, else what the message is in, else the best guess there is. Never a fault. */
export function languageForEmergency(turn: Turn, text: string): string | null {
  const { language } = turn.session;
  if (language === null) return guessForEmergency(turn, text);
  try {
    return surelyOtherLanguage(turn, text)?.language ?? language;
  } catch {
    return language; // The emergency text depends on nothing that can fail.
  }
}

/** A language for somebody unknown, without a question: the best guess there is. Never a fault. */
export function guessForEmergency(turn: Turn, text: string): string | null {
  try {
    const decided = decideLanguage(turn, text);
    if (decided) return decided.language;
    const guess = turn.env.guessLanguage(text).language;
    if (isOffered(turn, guess)) return guess;
  } catch {
    // The emergency text depends on nothing that can fail.
  }
  return hintedLanguage(turn) ?? turn.env.languages[0]?.tag ?? null;
}

/** Another language that a message is clearly in: at least 0.9 and three words. Null otherwise. */
export function clearlyOtherLanguage(turn: Turn, text: string): string | null {
  const { env, session } = turn;
  if (env.languages.length < 2 || countWords(text) < SWITCH_WORDS) return null;
  const guess = env.guessLanguage(text);
  const clear = guess.basis === 'certain' || guess.confidence >= SURE;
  if (!clear || guess.language === session.language || guess.language === session.switchDeclined) return null;
  return isOffered(turn, guess.language) ? guess.language : null;
}

let segmenter: Intl.Segmenter | undefined;

/** Words of a text in any script. */
export function countWords(text: string): number {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  let words = 0;
  for (const { isWordLike } of segmenter.segment(text.slice(0, 400))) if (isWordLike) words++;
  return words;
}
