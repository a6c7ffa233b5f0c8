// Letters of the Ethiopic script that sound alike in Amharic and are written one for another, and its numerals. Called by normalise.ts.
// Tigrinya keeps some of them apart in speech; nothing that people write here is told apart by them alone.
// @see https://www.unicode.org/charts/PDF/U1200.pdf

/** First letter of a row of seven, and of the row it is folded to. */
const ROWS: [from: number, to: number][] = [
  [0x1210, 0x1200], // ሐ → ሀ
  [0x1280, 0x1200], // ኀ → ሀ
  [0x1220, 0x1230], // ሠ → ሰ
  [0x12d0, 0x12a0], // ዐ → አ
  [0x1340, 0x1338], // ፀ → ጸ
];
const ROW_LENGTH = 7;
/** The fourth letters of these rows sound like their first: ሃ → ሀ, ኣ → አ. */
const FOURTH: [string, string][] = [
  ['ሃ', 'ሀ'],
  ['ኣ', 'አ'],
];

const FOLDED = new Map(
  ROWS.flatMap(([from, to]) =>
    Array.from({ length: ROW_LENGTH }, (_, order) => [String.fromCharCode(from + order), String.fromCharCode(to + order)] as const),
  ),
);
const ETHIOPIC = /[\u1200-\u137f]/;
const NUMERALS = /[\u1369-\u137c]+/g;
const HUNDRED = 0x137b;
const TEN_THOUSAND = 0x137c;

/** Folds letters and writes numerals in figures: ፲፭ → 15. Text in other scripts comes back unchanged. */
export function foldEthiopic(text: string): string {
  if (!ETHIOPIC.test(text)) return text;
  let folded = '';
  for (const letter of text) folded += FOLDED.get(letter) ?? letter;
  for (const [from, to] of FOURTH) folded = folded.replaceAll(from, to);
  return folded.replace(NUMERALS, (numerals) => String(valueOf(numerals)));
}

/** Units and tens are added, and multiplied by the hundred or ten thousand that follows. */
function valueOf(numerals: string): number {
  let all = 0;
  let part = 0;
  for (const numeral of numerals) {
    const code = numeral.charCodeAt(0);
    if (code === HUNDRED) part = (part || 1) * 100;
    else if (code === TEN_THOUSAND) {
      all = (all + part || 1) * 10_000;
      part = 0;
    } else part += code < 0x1372 ? code - 0x1368 : (code - 0x1371) * 10;
  }
  return all + part;
}
