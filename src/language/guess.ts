// Which language a message is in, with a confidence that can be acted on. Called by the engine through its env, for first messages
// and for offers to switch. From 0.9 the language is taken silently, from 0.7 with a hint how to change it, below it is asked.
// Order: listed greetings and language names, then the trained identification (identification/model.ts) with what is known beside the
// text: which languages the hotline offers, the country of the number, the language of the page.
import type { Identify } from './identification/model.ts';
import { likelyIn } from './language-countries.ts';
import { normalise } from './normalise.ts';
import { tellsLanguage } from './script.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Best language of a text. The same shape as in the engine's env. */
export interface LanguageGuess {
  /** BCP 47; may be one that the hotline does not offer. Null where nothing shows. */
  language: string | null;
  confidence: number;
  basis: 'certain' | 'script' | 'model' | 'none';
}

/** What is known beside the text. The same shape as in the engine's env. */
export interface LanguageSigns {
  /** ISO 3166 country of the number that wrote. */
  country?: string | null;
  /** BCP 47 tag of the page or device. */
  page?: string | null;
}

export type LanguageGuesser = (text: string, signs?: LanguageSigns) => LanguageGuess;

/** What the guess is made from. */
export interface GuessOptions {
  identify: Identify;
  /** Languages of the hotline. Others are told, too, so that they are not taken for one of these. */
  offered: readonly string[];
}

const NONE: LanguageGuess = { language: null, confidence: 0, basis: 'none' };
/** A whole message that is a command or short reply of exactly one language: likely, yet short words stray between languages. */
const LISTED = 0.8;
/** Shorter ones ("y", "o", "ya") are words of many languages. */
const SHORTEST_LISTED = 4;
/** One Latin word tells too little: below every bar. */
const ONE_WORD = 0.6;
/** How much likelier people write in a language of their country's number, or of the page; and one not offered, or not supported. */
const AT_HOME = 3;
const ON_PAGE = 3;
const NOT_OFFERED = 0.3;
const NOT_SUPPORTED = 0.3;

/** Builds the guess. `vocabularies`: of all languages whose words are known, offered or not. */
export function createLanguageGuess(vocabularies: Record<string, Vocabulary>, { identify, offered }: GuessOptions): LanguageGuesser {
  const listed = indexListed(vocabularies);
  return (text, { country = null, page = null } = {}) => {
    const known = listed(text);
    if (known?.basis === 'certain') return known;
    const pageLanguage = page?.split('-')[0] ?? null;
    const prior = (tag: string): number => {
      if (!Object.hasOwn(vocabularies, tag) && !offered.includes(tag)) return NOT_SUPPORTED;
      const home = country !== null && likelyIn(country, tag) ? AT_HOME : 1;
      return home * (tag === pageLanguage ? ON_PAGE : 1) * (offered.includes(tag) ? 1 : NOT_OFFERED);
    };
    const { script, words, languages } = identify(text, { prior });
    const best = languages[0];
    if (best === undefined || script === null) return known ?? NONE;
    if (script !== 'Latn') return { language: best.language, confidence: best.chance, basis: tellsLanguage(script) ? 'script' : 'model' };
    if (known !== null && (known.language === best.language || best.chance < LISTED)) return known;
    return { language: best.language, confidence: words === 1 ? Math.min(ONE_WORD, best.chance) : best.chance, basis: 'model' };
  };
}

/** Whole messages that exactly one vocabulary lists: greetings and language names are certain, commands and short replies likely. */
function indexListed(vocabularies: Record<string, Vocabulary>): (text: string) => LanguageGuess | null {
  const certain = new Map<string, Set<string>>();
  const likely = new Map<string, Set<string>>();
  const add = (map: Map<string, Set<string>>, phrase: string, language: string): void => {
    const key = normalise(phrase);
    map.set(key, (map.get(key) ?? new Set()).add(language));
  };
  for (const [language, vocabulary] of Object.entries(vocabularies)) {
    for (const phrase of vocabulary.greetings) add(certain, phrase, language);
    for (const [tag, names] of Object.entries(vocabulary.language_names)) {
      if (Object.hasOwn(vocabularies, tag)) for (const name of names) add(certain, name, tag);
    }
    for (const phrase of [vocabulary.yes, vocabulary.no, vocabulary.skip, ...Object.values(vocabulary.commands)].flat())
      add(likely, phrase, language);
  }
  return (text) => {
    const key = normalise(text);
    if (key === '') return null;
    const sure = certain.get(key);
    if (sure?.size === 1) return { language: [...sure][0]!, confidence: 1, basis: 'certain' };
    const perhaps = key.length < SHORTEST_LISTED ? undefined : likely.get(key);
    return perhaps?.size === 1 ? { language: [...perhaps][0]!, confidence: LISTED, basis: 'model' } : null;
  };
}
