// Which script a text is written in, and how much that says about its language. Called by guess.ts.
// @see https://www.unicode.org/reports/tr24/ (Unicode script property)

/** ISO 15924 code, and whether in practice one language writes in it. */
interface ScriptInfo {
  code: string;
  pattern: RegExp;
  oneLanguage: boolean;
}

const SCRIPTS: ScriptInfo[] = [
  { code: 'Latn', pattern: /\p{Script=Latin}/gu, oneLanguage: false },
  { code: 'Arab', pattern: /\p{Script=Arabic}/gu, oneLanguage: false },
  { code: 'Cyrl', pattern: /\p{Script=Cyrillic}/gu, oneLanguage: false },
  { code: 'Deva', pattern: /\p{Script=Devanagari}/gu, oneLanguage: false },
  { code: 'Ethi', pattern: /\p{Script=Ethiopic}/gu, oneLanguage: false },
  { code: 'Beng', pattern: /\p{Script=Bengali}/gu, oneLanguage: false },
  { code: 'Jpan', pattern: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu, oneLanguage: true },
  { code: 'Hani', pattern: /\p{Script=Han}/gu, oneLanguage: true },
  { code: 'Mymr', pattern: /\p{Script=Myanmar}/gu, oneLanguage: true },
  { code: 'Thai', pattern: /\p{Script=Thai}/gu, oneLanguage: true },
  { code: 'Khmr', pattern: /\p{Script=Khmer}/gu, oneLanguage: true },
  { code: 'Laoo', pattern: /\p{Script=Lao}/gu, oneLanguage: true },
  { code: 'Grek', pattern: /\p{Script=Greek}/gu, oneLanguage: true },
  { code: 'Hebr', pattern: /\p{Script=Hebrew}/gu, oneLanguage: false },
  { code: 'Hang', pattern: /\p{Script=Hangul}/gu, oneLanguage: true },
  { code: 'Geor', pattern: /\p{Script=Georgian}/gu, oneLanguage: true },
  { code: 'Armn', pattern: /\p{Script=Armenian}/gu, oneLanguage: true },
  { code: 'Taml', pattern: /\p{Script=Tamil}/gu, oneLanguage: true },
  { code: 'Sinh', pattern: /\p{Script=Sinhala}/gu, oneLanguage: true },
  { code: 'Guru', pattern: /\p{Script=Gurmukhi}/gu, oneLanguage: true },
];

const oneLanguage = new Set(SCRIPTS.filter((script) => script.oneLanguage).map(({ code }) => code));

/** The script of most letters of a text (any kana makes it Japanese), or null when it has none that is known. */
export function scriptOf(text: string): string | null {
  let best: string | null = null;
  let most = 0;
  for (const { code, pattern } of SCRIPTS) {
    const count = text.match(pattern)?.length ?? 0;
    if (code === 'Jpan' && count > 0) return code;
    if (count > most) [best, most] = [code, count];
  }
  return best;
}

/** Whether a text in this script is in practice in the one language that the hotline offers in it. */
export function tellsLanguage(script: string): boolean {
  return oneLanguage.has(script);
}
