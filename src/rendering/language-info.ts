// What rendering must know of a language: one entry of locales/languages.yaml, plus what follows from it.
// Parsed by content/, carried by a release. Tags are kept exactly as written, never canonicalised (kmr stays kmr).
import { z } from 'zod';
import { scriptDirection } from './scripts.ts';
import type { Direction } from './scripts.ts';

/** Digit sets that a language's customs may ask for, by CLDR numbering system. */
export const DIGIT_SETS = { latn: 0x30, arab: 0x660, arabext: 0x6f0, deva: 0x966, beng: 0x9e6, mymr: 0x1040, khmr: 0x17e0 } as const;

/** One entry of locales/languages.yaml. */
export const LanguageEntry = z.strictObject({
  /** BCP 47 tag, also the folder's name under locales/. */
  tag: z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, 'a BCP 47 language tag such as "es" or "zh-Hans"'),
  /** The language's name in itself. */
  name: z.string().min(1),
  /** ISO 15924 code; decides the direction of writing. */
  script: z.string().regex(/^[A-Z][a-z]{3}$/, 'an ISO 15924 script code such as "Latn"'),
  /** Languages whose texts are shown where this one has none, best first. */
  fallback: z.array(z.string()).default([]),
  /** ISO 639-3 code, for exports only. */
  iso3: z.string().regex(/^[a-z]{3}$/, 'an ISO 639-3 code of three letters'),
  /** Alphabet in which its text messages are meant to be sent. */
  sms: z.enum(['gsm7', 'ucs2']),
  /** Digits for counted numbers (never for phone numbers). */
  digits: z.enum(Object.keys(DIGIT_SETS) as [keyof typeof DIGIT_SETS, ...(keyof typeof DIGIT_SETS)[]]).default('latn'),
});
export type LanguageEntry = z.infer<typeof LanguageEntry>;

/** locales/languages.yaml. */
export const LanguagesFile = z.strictObject({ languages: z.array(LanguageEntry).min(1) });

/** A language as the rest of the program sees it. */
export type LanguageInfo = LanguageEntry & { direction: Direction };

/** Completes an entry with the direction that its script has. */
export function toLanguageInfo(entry: LanguageEntry): LanguageInfo {
  return { ...entry, direction: scriptDirection(entry.script) };
}
