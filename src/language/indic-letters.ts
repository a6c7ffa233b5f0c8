// Signs of Devanagari and Bengali that people leave out or write one for another, and the order of Burmese signs. Called by normalise.ts.

const INDIC = /[\u0900-\u09ff]/;
/** The dot below of both scripts: क़ is written क. */
const NUKTA = /[\u093c\u09bc]/g;
/** A nasal before a consonant is written as a letter or as a dot: हिन्दी, हिंदी. */
const NASAL = /[ङञणनम]\u094d(?=[क-म])/g;
const ANUSVARA = '\u0902';
const CANDRABINDU = /\u0901/g;
/** Bengali: the moon dot is often left out, ৎ is ত without its vowel; Assamese ৰ and ৱ. */
const BENGALI_CANDRABINDU = /\u0981/g;
const BENGALI: [RegExp, string][] = [
  [/ৎ/g, 'ত'],
  [/ৰ/g, 'র'],
  [/ৱ/g, 'ব'],
];
const BURMESE = /[\u1000-\u109f]/;
/** The nasal dot is typed before or after the vowel below it: ံု, ုံ. */
const NASAL_FIRST = /\u1036([\u102f\u1030])/g;

/** One form of what differs by such signs; text in other scripts comes back unchanged. */
export function foldIndic(text: string): string {
  if (BURMESE.test(text)) return text.replace(NASAL_FIRST, '$1\u1036');
  if (!INDIC.test(text)) return text;
  let folded = text.replace(NUKTA, '').replace(CANDRABINDU, ANUSVARA).replace(NASAL, ANUSVARA).replace(BENGALI_CANDRABINDU, '');
  for (const [letter, form] of BENGALI) folded = folded.replace(letter, form);
  return folded;
}
