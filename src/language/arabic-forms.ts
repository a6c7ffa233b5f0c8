// Short words that Arabic writes onto the next one: "and" (و ف), and the prefixes of spoken verbs (بيضربني، كيضربني، سيقتلني، هيقتلني).
// Called when emergency patterns are matched, so that a pattern names a word once.

const ARABIC = /^\p{Script=Arabic}/u;
const CONJUNCTION = /^[وف](?=\p{Script=Arabic}{3})/u;
const VERB_PREFIX = /^[بكسحه](?=[يتنا]\p{Script=Arabic}{3})/u;

/** A normalised word, then what is left of it without such prefixes; only itself in other scripts. */
export function barerForms(word: string): string[] {
  if (!ARABIC.test(word)) return [word];
  const forms = [word];
  const alone = word.replace(CONJUNCTION, '');
  if (alone !== word) forms.push(alone);
  const verb = alone.replace(VERB_PREFIX, '');
  if (verb !== alone) forms.push(verb);
  return forms;
}
