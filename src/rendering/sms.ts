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
/** One UTF-16 unit each and never part of a cluster with a neighbour, so that counting units is exact. */
const SIMPLE_UCS2 =
  /^[\n\x20-\x7e¡-ÿ\u0100-\u017f\u0391-\u03a9\u03b1-\u03c9\u0400-\u045f\u0620-\u064a\u0660-\u0669\u0671-\u06d3،؛؟\u2010-\u2027\u2066-\u2069]*$/u;

/**
 * Segments that a text message is billed as: 160/153 characters in GSM-7, 70/67 in UCS-2.
 * Plain text is counted by its length, which is exact there and a hundred times faster; the rest by Twilio's own calculator.
 * @see https://www.twilio.com/docs/glossary/what-sms-character-limit
 */
export function countSegments(text: string): number {
  if (GSM_BASIC.test(text)) return parts(text.length, 160, 153);
  if (SIMPLE_UCS2.test(text) && !ONLY_EXTENDED.test(text)) return parts(text.length, 70, 67);
  return Math.max(1, new SegmentedMessage(text).segmentsCount);
}

function parts(length: number, alone: number, joined: number): number {
  return length <= alone ? 1 : Math.ceil(length / joined);
}

/** Alphabet that a text message needs, and the characters that force UCS-2 (empty with GSM-7). */
export function smsAlphabet(text: string): { alphabet: 'GSM-7' | 'UCS-2'; forcedBy: string[] } {
  const message = new SegmentedMessage(text);
  return { alphabet: message.encodingName, forcedBy: [...new Set(message.getNonGsmCharacters())] };
}
