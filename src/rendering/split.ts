// Cuts a text that is too long for one message: between paragraphs if that is enough, else lines, sentences, words,
// and at last between grapheme clusters (never inside one: Khmer and Burmese break otherwise).
// Called by fit.ts; what "too long" means is the caller's business.

/** Ways to cut a text, from the gentlest to the last resort. Each returns pieces that together are the whole text. */
const CUTS: ((text: string, language: string) => string[])[] = [
  (text) => text.split(/(?<=\n\n)/u),
  (text) => text.split(/(?<=\n)/u),
  (text, language) => segment(text, language, 'sentence'),
  (text, language) => joinToSpaces(segment(text, language, 'word')),
  (text, language) => segment(text, language, 'grapheme'),
];

/**
 * Cuts a text into the fewest pieces that each fit, in order, each at the gentlest place possible.
 * @param fits whether a piece may be one message; must accept every shorter beginning of a text that it accepts
 */
export function splitToFit(text: string, language: string, fits: (piece: string) => boolean): string[] {
  return cut(text, language, fits, 0)
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '');
}

function cut(text: string, language: string, fits: (piece: string) => boolean, level: number): string[] {
  if (fits(text.trim())) return [text];
  const by = CUTS[level];
  if (by === undefined) return [text];
  const pieces: string[] = [];
  let current = '';
  for (const part of by(text, language)) {
    if (fits((current + part).trim())) {
      current += part;
      continue;
    }
    if (current !== '') pieces.push(current);
    const smaller = cut(part, language, fits, level + 1);
    pieces.push(...smaller.slice(0, -1));
    current = smaller.at(-1) ?? '';
  }
  if (current !== '') pieces.push(current);
  return pieces;
}

/** Intl's segmenter; `en` decides where it does not know the language, so that every machine cuts alike. */
function segment(text: string, language: string, granularity: 'sentence' | 'word' | 'grapheme'): string[] {
  return Array.from(new Intl.Segmenter([language, 'en'], { granularity }).segment(text), (part) => part.segment);
}

/** Keeps punctuation and spaces with the word before them, so that no line begins with a full stop. */
function joinToSpaces(words: string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    if (joined.length > 0 && /^[\p{P}\p{Z}\s]+$/u.test(word)) joined[joined.length - 1] += word;
    else joined.push(word);
  }
  return joined;
}
