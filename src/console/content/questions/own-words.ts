// Guards what an editor types as a phrasing: a person's own sentence is not kept, nor a number or an address that tells who they are.
// Used by the page of questions. Pure.

/** A short question, as anybody would put it, is nobody's own. */
const OWN_FROM_WORDS = 6;

export type PhrasingFault = 'own_words' | 'number' | 'known';

/** Why a phrasing may not be kept as it is; null where it may. */
export function faultOfPhrasing(typed: string, question: string, written: readonly string[]): PhrasingFault | null {
  if (/\d{5,}/.test(typed.replaceAll(/(?<=\d)[\s().-]+(?=\d)/g, '')) || /\S@\S/.test(typed)) return 'number';
  const words = wordsOf(typed);
  if (words.length >= OWN_FROM_WORDS && wordsOf(question).join(' ').includes(words.join(' '))) return 'own_words';
  return written.some((one) => wordsOf(one).join(' ') === words.join(' ')) ? 'known' : null;
}

function wordsOf(text: string): string[] {
  return text.toLocaleLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}
