// Emergency patterns of locales/<tag>/language.json: compiles one and matches it at a place in a message.
// Called by emergency.ts. The notation is described at EmergencyPattern in vocabulary.ts; it has no loops, so a match is always quick.
import { barerForms } from './arabic-forms.ts';
import { normalise } from './normalise.ts';
import { isUnspaced, patternWords } from './pattern-words.ts';

/** Other words that a gap may span; of scripts without spaces so many letters make a word. */
const GAP = 4;
const LETTERS_A_WORD = 3;

interface Alternatives {
  exact: Set<string>;
  starts: string[];
  ends: string[];
  parts: string[];
  /** Alternatives of several words, such as "m'a". */
  sequences: string[][];
  range: [number, number] | null;
}

/** One place of a pattern: a word with its alternatives, or a gap. */
type Element = Alternatives | 'gap';

/** A compiled pattern. */
export interface Pattern {
  whole: boolean;
  elements: Element[];
}

/** Compiles one pattern with the groups of its language. */
export function compilePattern(source: string, groups: Record<string, string[]>): Pattern {
  const parts = source.split(' ');
  const whole = parts[0] === '=';
  return { whole, elements: (whole ? parts.slice(1) : parts).map((part) => compileElement(part, groups)) };
}

/** What one group alone stands for, for all patterns that name it. */
const ofGroup = new WeakMap<string[], Element>();

function compileElement(part: string, groups: Record<string, string[]>): Element {
  if (part === '...') return 'gap';
  const group = part.startsWith('@') && !part.includes('|') ? groups[part.slice(1)] : undefined;
  const shared = group && ofGroup.get(group);
  if (shared) return shared;
  const element = compileAlternatives(part, groups);
  if (group) ofGroup.set(group, element);
  return element;
}

function compileAlternatives(part: string, groups: Record<string, string[]>): Element {
  const element: Alternatives = { exact: new Set(), starts: [], ends: [], parts: [], sequences: [], range: null };
  for (const name of part.split('|')) {
    for (const alternative of name.startsWith('@') ? (groups[name.slice(1)] ?? []) : [name]) addAlternative(element, alternative);
  }
  return element;
}

function addAlternative(element: Alternatives, alternative: string): void {
  const range = /^(\d+)-(\d+)$/.exec(alternative);
  if (range) {
    element.range = [Number(range[1]), Number(range[2])];
    return;
  }
  const words = wordsOf(alternative);
  if (words.length > 1) element.sequences.push(words);
  else if (alternative.startsWith('*') && alternative.endsWith('*')) element.parts.push(words[0]!);
  else if (alternative.endsWith('*')) element.starts.push(words[0]!);
  else if (alternative.startsWith('*')) element.ends.push(words[0]!);
  else if (words[0] !== undefined) element.exact.add(words[0]);
}

/** Most alternatives stand in a group that many patterns share, and in the release before: they are put into plain letters once. */
const known = new Map<string, string[]>();
const MOST_KNOWN = 100_000;

function wordsOf(alternative: string): string[] {
  const before = known.get(alternative);
  if (before !== undefined) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const words = patternWords(normalise(alternative.replaceAll('*', '')));
  known.set(alternative, words);
  return words;
}

/** Words with which a pattern may begin; `starts`, `ends`, `parts` and `range` as in the notation. */
export function firstWords(pattern: Pattern): { exact: string[]; starts: string[]; ends: string[]; parts: string[]; range: boolean } {
  const first = pattern.elements[0];
  if (first === undefined || first === 'gap') return { exact: [], starts: [], ends: [], parts: [], range: false };
  return {
    exact: [...first.exact, ...first.sequences.map((words) => words[0]!)],
    starts: first.starts,
    ends: first.ends,
    parts: first.parts,
    range: first.range !== null,
  };
}

/** Whether a denial stands directly before the word at `start`; with `end`, also one that encloses the words from `start` to `end`. */
export type Denied = (start: number, end?: number) => boolean;

/**
 * Whether the pattern stands in `words` from `start`. A denial is looked for before the pattern, around it and after each gap,
 * so that "my husband does not hit me" is no match of "husband ... hit".
 */
export function matchesAt(pattern: Pattern, words: string[], start: number, isDenied: Denied): boolean {
  if (pattern.whole && start !== 0) return false;
  const end = matchFrom(pattern, 0, words, start, isDenied);
  return end !== null && !isDenied(start, end);
}

/** The index after the last word of the match, or null. */
function matchFrom(pattern: Pattern, index: number, words: string[], at: number, isDenied: Denied): number | null {
  const element = pattern.elements[index];
  if (element === undefined) return !pattern.whole || at === words.length ? at : null;
  if (element === 'gap') {
    let room = GAP;
    for (let skip = 0; room >= 0 && at + skip < words.length; skip += 1) {
      const end = skip > 0 && isDenied(at + skip) ? null : matchFrom(pattern, index + 1, words, at + skip, isDenied);
      if (end !== null) return end;
      room -= isUnspaced(words[at + skip]!) ? 1 / LETTERS_A_WORD : 1;
    }
    return null;
  }
  if (at >= words.length) return null;
  const end = matchesWord(element, words[at]!) ? matchFrom(pattern, index + 1, words, at + 1, isDenied) : null;
  if (end !== null) return end;
  for (const sequence of element.sequences) {
    if (!sequence.every((word, offset) => words[at + offset] === word)) continue;
    const after = matchFrom(pattern, index + 1, words, at + sequence.length, isDenied);
    if (after !== null) return after;
  }
  return null;
}

function matchesWord(element: Alternatives, word: string): boolean {
  return matchesForm(element, word) || barerForms(word).some((form) => form !== word && matchesForm(element, form));
}

function matchesForm(element: Alternatives, word: string): boolean {
  if (element.exact.has(word)) return true;
  if (element.starts.some((start) => word.startsWith(start)) || element.ends.some((end) => word.endsWith(end))) return true;
  if (element.parts.some((part) => word.includes(part))) return true;
  if (element.range === null || !/^\d{1,3}$/.test(word)) return false;
  const number = Number(word);
  return number >= element.range[0] && number <= element.range[1];
}
