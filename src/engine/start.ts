// The beginning of a session: language before anything else, then the entry flow, with the first message held until it is due.
// Called by engine.ts while nothing has begun; the language list itself is a dialogue.
import { askLanguage } from './dialogues/language.ts';
import { decideLanguage, hintedLanguage, surelyOtherLanguage, type LanguageDecision } from './first-language.ts';
import { sayNotOffered } from './own-language.ts';
import { emit, say } from './turn.ts';
import type { Turn } from './program.ts';
import type { Then } from './then.ts';

/** Times that the language list is shown before a language is taken all the same. */
const LIST_TIMES = 2;

/**
 * Begins, or goes on beginning, with what the person wrote.
 * @param text null when a conversation was opened without a word
 */
export function begin(turn: Turn, text: string | null): Then {
  const { session } = turn;
  const words = text?.trim() ?? '';
  if (isWorthKeeping(turn, words) && words.length > (session.pending?.length ?? 0)) session.pending = words;
  const decided = chooseLanguage(turn, words);
  if (!decided) {
    if (session.misses === 1 && words !== '') sayNotOffered(turn, words);
    askLanguage(turn);
    return { go: 'wait' };
  }
  if (decided !== 'known') acceptLanguage(turn, decided);
  session.misses = 0;
  return { go: 'goto', flow: session.stack[0]?.flow ?? turn.program.entryFlow };
}

/** A greeting alone asks nothing, so there is nothing to answer once language and limits are told. */
function isWorthKeeping({ env }: Turn, words: string): boolean {
  return words !== '' && env.guessLanguage(words).basis !== 'certain';
}

function chooseLanguage(turn: Turn, words: string): LanguageDecision | 'known' | null {
  const { session, env } = turn;
  const hint = hintedLanguage(turn);
  if (session.language !== null) return surelyOtherLanguage(turn, words) ?? 'known';
  const decided = words === '' ? null : decideLanguage(turn, words);
  if (decided) return decided;
  if (words === '' && hint !== null) return { language: hint, certainty: 'hint' };
  if (env.languages.length === 1) return { language: env.languages[0]!.tag, certainty: 'sure' };
  session.misses += 1;
  if (session.misses <= LIST_TIMES || env.languages.length === 0) return null;
  return { language: hint ?? env.languages[0]!.tag, certainty: 'hint' };
}

function acceptLanguage(turn: Turn, { language, certainty }: LanguageDecision): void {
  const { session, env } = turn;
  session.language = language;
  emit(turn, { type: 'language_set', language, chosen: false });
  if (certainty === 'sure') return;
  const name = env.languages.find(({ tag }) => tag === language)?.name ?? language;
  say(turn, { key: 'system:language_hint', params: { name } });
}
