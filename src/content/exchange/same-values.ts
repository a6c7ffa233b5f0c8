// Whether a translation fills in the same values as its source. Called by apply-rows.ts before anything is taken from outside.
// The same rule as the release check's (languages-agree): a plural form may leave a value out, none may bring in another.
import { placeholders } from '../../release/text-groups.ts';
import type { Words } from './text-row.ts';

/** Names of the values and $t( ) of some words, and whether braces are left that belong to none. */
interface Values {
  names: Set<string>;
  stray: boolean;
}

/**
 * @param sources the source; or where a language has more forms than the source, the source's other forms
 * @param mayOmit for plural forms: "one person" needs no number
 */
export function sameValues(sources: readonly Words[], target: Words, mayOmit: boolean): boolean {
  const expected = sources.map(valuesOf);
  const found = valuesOf(target);
  if (found.stray && !expected.some((values) => values.stray)) return false;
  const names = new Set(expected.flatMap((values) => [...values.names]));
  return found.names.isSubsetOf(names) && (mayOmit || names.isSubsetOf(found.names));
}

function valuesOf(words: Words): Values {
  const texts = Array.isArray(words) ? words : [words ?? ''];
  const names = texts.flatMap((text) => [...placeholders(text), ...Array.from(text.matchAll(/\$t\([^()]*\)/gu), ([nested]) => nested)]);
  const rest = texts.map((text) => text.replace(/\$t\([^()]*\)|\{\{[^{}]*\}\}/gu, ''));
  return { names: new Set(names), stray: rest.some((text) => /[{}]|\$t\(/u.test(text)) };
}
