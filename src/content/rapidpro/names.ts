// Names for what is imported: ids of flows and steps, keys of texts, names of answers. Called wherever something is named.
// The same export gives the same names each time; none is given twice.
import { parseForm } from '../../rendering/text-forms.ts';

/** Letters that no decomposition takes apart. */
const LETTERS: Record<string, string> = { ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', æ: 'ae', œ: 'oe', ı: 'i', þ: 'th' };
/** Ids that the flow language gives to steps without one. */
const DEFAULT_ID = /^(say|ask|answer|directory|branch|set|call|goto|log|consent|offer_person|handoff|complaint|remind|wait|end)_\d+$/;
const RESERVED = new Set(['end', 'keywords', 'default', 'skip']);

/** Lower-case letters, digits and `_`, beginning with a letter, cut between words; '' where no Latin letter or digit is left. */
export function slugOf(words: string, maxChars = 40): string {
  const plain = words
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\p{M}'’]/gu, '')
    .replaceAll(/[ßøłđðæœıþ]/g, (letter) => LETTERS[letter] ?? '');
  const parts = plain.split(/[^a-z0-9]+/).filter((part) => part !== '');
  if (parts.length === 0) return '';
  const first = /^\d/.test(parts[0] ?? '') ? `n${parts[0]}` : (parts[0] ?? '');
  let slug = first.slice(0, maxChars);
  for (const part of parts.slice(1)) {
    if (slug.length + 1 + part.length > maxChars) break;
    slug += `_${part}`;
  }
  return slug;
}

/** The first words of a text, as a slug. */
export function slugOfText(text: string): string {
  const words = text
    .replaceAll(/\{\{[^}]*\}\}/g, ' ')
    .split(/\s+/)
    .filter((word) => slugOf(word) !== '');
  return slugOf(words.slice(0, 6).join(' '), 40);
}

/** Gives names, each only once. */
export interface NameGiver {
  /** The wanted name, or it with a number. */
  take(wanted: string): string;
}

/** @param taken names that are in use already */
export function createNameGiver(taken: Iterable<string> = []): NameGiver {
  const used = new Set(taken);
  return {
    take(wanted) {
      const base = safe(wanted);
      let name = base;
      for (let count = 2; used.has(name); count += 1) name = `${base}_${count}`;
      used.add(name);
      return name;
    },
  };
}

/** Without an ending that would be read as a plural or a channel, and no word with a meaning of its own. */
function safe(wanted: string): string {
  if (RESERVED.has(wanted) || DEFAULT_ID.test(wanted) || parseForm(wanted).base !== wanted) return `${wanted}_item`;
  return wanted;
}

/** What a result or field is called in a template: `Child Age` is read as `results.child_age`. */
export function keyOfResult(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_');
}

/** Results and fields that hold a person's name; this line neither asks nor shows any. */
const PERSON_NAME =
  /^(?:(?:my|your|user|contact|child|mother|father|parent|guardian|first|last|full|family|given|middle|sur|nick)s?_?)*(?:name|surname|nickname)(?:ren|s)?(?:_\d+)?$/;

export function isNameOfPerson(key: string): boolean {
  return PERSON_NAME.test(key);
}
