// What a text message may hold and what it costs: typographic characters out, segments counted as carriers bill them.
// Called by fit.ts and by the release checks. Letters are never changed here: that is an author's `_sms` text.
import calculator from 'sms-segments-calculator';

const { SegmentedMessage } = calculator;

/** Typographic characters outside GSM-7 and what is written for them. Everything here looks alike; no letter is among them. */
const PLAIN: Record<string, string> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  ʼ: "'",
  '´': "'",
  '`': "'",
  '′': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '‟': '"',
  '«': '"',
  '»': '"',
  '″': '"',
  '‐': '-',
  '‑': '-',
  '‒': '-',
  '–': '-',
  '—': '-',
  '―': '-',
  '−': '-',
  '…': '...',
  '•': '-',
  '\t': ' ',
  '\u00a0': ' ',
  '\u2007': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\u00ad': '',
  '\u2060': '',
  '\ufeff': '',
};
const TYPOGRAPHIC = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu');

/** The text with typographic quotes, dashes, dots and spaces written in GSM-7, accents composed; letters stay. */
export function plainForSms(text: string): string {
  return text.normalize('NFC').replaceAll(TYPOGRAPHIC, (character) => PLAIN[character] ?? character);
}

/** GSM-7's basic table: one septet each. */
const GSM_BASIC = /^[@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*$/u;
/** Nothing outside GSM-7 with its extension table, whose characters count twice: not UCS-2. */
const ONLY_EXTENDED = /^[@£$¥èéùìòÇ\n\fØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/u;
/** One UTF-16 unit each, joined by nothing but Arabic vowel signs, so that counting units is exact. */
const SIMPLE_UCS2 =
  /^[\n\x20-\x7e¡-ÿ\u0100-\u017f\u0391-\u03a9\u03b1-\u03c9\u0400-\u045f\u0620-\u0652\u0660-\u0669\u0671-\u06d3،؛؟\u2010-\u2027\u2066-\u2069]*$/u;
/** A letter with its vowel signs, which no segment boundary may part. */
const LETTER_WITH_SIGNS = /[^\u064b-\u0652]?[\u064b-\u0652]+/g;

/**
 * Segments that a text message is billed as: 160/153 characters in GSM-7, 70/67 in UCS-2.
 * Plain text is counted by its length, which is exact there and a hundred times faster; the rest by Twilio's own calculator.
 * @see https://www.twilio.com/docs/glossary/what-sms-character-limit
 */
export function countSegments(text: string): number {
  if (GSM_BASIC.test(text)) return parts(text.length, 160, 153);
  if (SIMPLE_UCS2.test(text) && !ONLY_EXTENDED.test(text)) return ucs2Parts(text);
  return Math.max(1, new SegmentedMessage(text).segmentsCount);
}

function parts(length: number, alone: number, joined: number): number {
  return length <= alone ? 1 : Math.ceil(length / joined);
}

/** Fills segments of 67 units; a letter whose signs would cross the boundary moves to the next one as a whole. */
function ucs2Parts(text: string): number {
  if (text.length <= 70) return 1;
  let begin = 0;
  let count = 1;
  for (const match of text.matchAll(LETTER_WITH_SIGNS)) {
    while (match.index >= begin + 67) [begin, count] = [begin + 67, count + 1];
    if (match.index + match[0].length > begin + 67) [begin, count] = [match.index, count + 1];
  }
  return count + Math.ceil((text.length - begin) / 67) - 1;
}

/** Alphabet that a text message needs, and the characters that force UCS-2 (empty with GSM-7). */
export function smsAlphabet(text: string): { alphabet: 'GSM-7' | 'UCS-2'; forcedBy: string[] } {
  const forcedBy = GSM_BASIC.test(text) ? [] : [...new Set(text)].filter((character) => !ONLY_EXTENDED.test(character));
  return { alphabet: forcedBy.length === 0 ? 'GSM-7' : 'UCS-2', forcedBy };
}
