// What somebody writes in where the hotline does not have their language: by the script, and by words that tell two languages
// of one script apart. Called when a case is opened, so that it comes to people who speak it. Pure; a hint for staff, no more.
// @see https://www.unicode.org/reports/tr24/ (Unicode script property)
import { scriptOf } from './script.ts';

/** Languages that migrants write in each script, the likeliest last; the words or letters that tell it. */
const BY_SCRIPT: Readonly<Record<string, readonly { tag: string; tells: RegExp }[]>> = {
  // Tigrinya has letters and everyday words that Amharic does not have.
  Ethi: [
    { tag: 'ti', tells: /[ቐ-ቝኸ-ኾ]|ኣ|እየ|ዝደሊ|ይደሊ|ከመይ|ሓገዝ|ክሕግዘ|ትግርኛ|ዘለ/u },
    { tag: 'am', tells: /(?:)/u },
  ],
  Cyrl: [
    { tag: 'uk', tells: /[іїєґ]/iu },
    { tag: 'ru', tells: /(?:)/u },
  ],
  Deva: [
    { tag: 'ne', tells: /(?:^|\s)(?:छ|छु|मलाई|हुन्छ|गर्न|तपाईं|नेपाली)(?:\s|$|[।?])/u },
    { tag: 'hi', tells: /(?:)/u },
  ],
  Arab: [
    { tag: 'ps', tells: /[ټډړږښڼۍې]/u },
    { tag: 'ur', tells: /[ٹڈڑےں]/u },
    { tag: 'fa', tells: /[پچژگ]/u },
    { tag: 'ar', tells: /(?:)/u },
  ],
  Beng: [{ tag: 'bn', tells: /(?:)/u }],
  Hani: [{ tag: 'zh', tells: /(?:)/u }],
  Jpan: [{ tag: 'ja', tells: /(?:)/u }],
  Mymr: [{ tag: 'my', tells: /(?:)/u }],
  Thai: [{ tag: 'th', tells: /(?:)/u }],
  Khmr: [{ tag: 'km', tells: /(?:)/u }],
  Laoo: [{ tag: 'lo', tells: /(?:)/u }],
  Grek: [{ tag: 'el', tells: /(?:)/u }],
  Hang: [{ tag: 'ko', tells: /(?:)/u }],
  Geor: [{ tag: 'ka', tells: /(?:)/u }],
  Armn: [{ tag: 'hy', tells: /(?:)/u }],
  Taml: [{ tag: 'ta', tells: /(?:)/u }],
  Sinh: [{ tag: 'si', tells: /(?:)/u }],
  Guru: [{ tag: 'pa', tells: /(?:)/u }],
};

/**
 * The language of the newest text that is in another script than any that says nothing (Latin).
 * @param texts what somebody wrote, oldest first
 * @param offered languages of the hotline: nothing is told of those
 * @returns a BCP 47 tag, or null where nothing shows
 */
export function foreignLanguage(texts: readonly string[], offered: readonly string[]): string | null {
  for (const text of texts.toReversed()) {
    const known = BY_SCRIPT[scriptOf(text) ?? ''];
    const tag = known?.find(({ tells }) => tells.test(text))?.tag;
    if (tag !== undefined) return offered.includes(tag) ? null : tag;
  }
  return null;
}
