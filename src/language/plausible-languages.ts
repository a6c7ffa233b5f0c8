// Languages that a text may well be in, so that words of danger of no other count. Called by emergency.ts. Recall first: a language is
// left out only where it is unlikely. A text in two scripts may be in two languages.
import type { Identify, LanguageChance } from './identification/model.ts';

export interface PlausibleLanguage {
  /** BCP 47. */
  tag: string;
  /** How likely, against the others. */
  share: number;
}

/** From this chance on a language counts. */
const PLAUSIBLE = 0.04;
/** A single word of a conversation whose language is known is in another one only where that is likely. */
const LIKELY = 0.4;
/** The conversation's own language counts at least so much, where the text can be in it at all. */
const OWN = 0.4;
const LATIN = /\p{Script=Latin}+/gu;
const OTHER_SCRIPTS = /[^\p{Script=Latin}\P{L}]+/gu;
const ROMANISED = '-Latn';

/** The languages; `language` is the conversation's, where one is known. */
export function plausibleLanguages(text: string, identify: Identify, language: string | null): PlausibleLanguage[] {
  const shares = new Map<string, number>();
  for (const part of scriptParts(text)) {
    const { words, languages, others } = identify(part);
    const least = words === 1 && language !== null ? LIKELY : PLAUSIBLE;
    for (const { language: spoken, chance } of [...languages, ...others.filter(isRomanised)]) {
      const tag = spoken.replace(ROMANISED, '');
      const share = tag === language ? Math.max(OWN, chance) : chance;
      if (share >= least) shares.set(tag, Math.max(shares.get(tag) ?? 0, share));
    }
  }
  return [...shares].map(([tag, share]) => ({ tag, share }));
}

/** The text, and where it mixes scripts its Latin part and the rest. */
function scriptParts(text: string): string[] {
  const rest = text.replace(LATIN, ' ');
  if (rest === text || !/\p{L}/u.test(rest)) return [text];
  return [rest, text.replace(OTHER_SCRIPTS, ' ')];
}

function isRomanised({ language }: LanguageChance): boolean {
  return language.endsWith(ROMANISED);
}
