// Burmese from phones that write Zawgyi, an encoding that looks like Unicode and is not: brought to Unicode before anything is compared.
// Called by normalise.ts and by the language identification. @see https://github.com/google/myanmar-tools
import myanmarTools, { type ZawgyiConverter, type ZawgyiDetector } from 'myanmar-tools';

/** What only Zawgyi writes: letters of its own, a vowel before its consonant, an end of a syllable that Unicode has elsewhere. */
const ZAWGYI = /[\u105a\u1060-\u1097]|(?:^|[^\u1000-\u109f])\u1031[\u1000-\u1021]|\u1039(?![\u1000-\u1021])/;
/** The detector's authors advise from 0.95 on; short texts seldom reach it. */
const SURE = 0.95;

let tools: { detector: ZawgyiDetector; converter: ZawgyiConverter } | null = null;

/** The text in Unicode; unchanged when it is not surely Zawgyi. */
export function zawgyiToUnicode(text: string): string {
  if (!ZAWGYI.test(text)) return text;
  tools ??= { detector: new myanmarTools.ZawgyiDetector(), converter: new myanmarTools.ZawgyiConverter() };
  return tools.detector.getZawgyiProbability(text) >= SURE ? tools.converter.zawgyiToUnicode(text) : text;
}
