// Parts of a text that is too long for one message with buttons: at paragraphs, else at the ends of sentences, else between words.
// Called by messages.ts. A text has the same number of parts in every language, so that one step says one part.
import { placeholders } from '../../release/text-groups.ts';
import { characterCount } from '../../rendering/layout.ts';

/** What WhatsApp takes above buttons, less some room for what is filled in. */
const MAX_CHARS = 1000;
const BREAKS = [/\n{2,}/gu, /\n/gu, /(?<=[.!?…。！？؟۔।])\s+/gu, /\s+/gu];

/**
 * The parts of a text in each language; the whole text as its only part where it is short.
 * Null where it cannot be parted so that every language fills in the same values in each part.
 */
export function splitTexts(texts: Readonly<Record<string, string>>): Record<string, string[]> | null {
  const count = Math.max(...Object.values(texts).map((text) => Math.ceil(characterCount(text) / MAX_CHARS)));
  if (count <= 1) return Object.fromEntries(Object.entries(texts).map(([language, text]) => [language, [text]]));
  for (let parts = count; parts <= count + 2; parts += 1) {
    const split = Object.fromEntries(Object.entries(texts).map(([language, text]) => [language, splitInto(text, parts)]));
    if (Object.values(split).every((pieces) => pieces.length === parts) && agree(Object.values(split))) return split;
  }
  return null;
}

/** The text in so many parts of about one length; fewer where it has too few words. */
function splitInto(text: string, parts: number): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  for (let left = parts; left > 1; left -= 1) {
    const cut = bestCut(rest, characterCount(rest) / left);
    if (cut === null) break;
    pieces.push(rest.slice(0, cut).trim());
    rest = rest.slice(cut).trim();
  }
  return [...pieces, rest].filter((piece) => piece !== '');
}

/** The place nearest to the wished one where a text may be cut, at the best kind of break there is near it. */
function bestCut(text: string, wished: number): number | null {
  for (const pattern of BREAKS) {
    const places = Array.from(text.matchAll(pattern), (match) => match.index + match[0].length).filter((place) => place < text.length);
    const near = places.filter(
      (place) => place > wished * 0.5 && place < wished * 1.3 && place <= MAX_CHARS && !isInsideValue(text, place),
    );
    const best = near.toSorted((a, b) => Math.abs(a - wished) - Math.abs(b - wished))[0];
    if (best !== undefined) return best;
  }
  return null;
}

function isInsideValue(text: string, place: number): boolean {
  return text.lastIndexOf('{{', place) > text.lastIndexOf('}}', place);
}

function agree(languages: string[][]): boolean {
  const [first, ...others] = languages.map((pieces) => pieces.map((piece) => [...placeholders(piece)].toSorted().join(' ')).join('|'));
  return others.every((other) => other === first) && languages.flat().every((piece) => characterCount(piece) <= MAX_CHARS + 20);
}
