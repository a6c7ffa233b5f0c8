// Finds words of danger inside a message, in all languages of the hotline whatever the conversation's language is.
// Called first of all by understand.ts. Recall comes first: a false alarm costs one message, a missed one may cost a life.
// A denial must stand directly before the words ("no es una emergencia"); anything less certain counts as danger.
import { EMERGENCY_KINDS, type EmergencyKind } from '../domain/command.ts';
import { barerForms } from './arabic-forms.ts';
import { compilePattern, firstWords, matchesAt, type Denied, type Pattern } from './emergency-pattern.ts';
import { normalise, wordsOf } from './normalise.ts';
import type { Vocabulary } from './vocabulary.ts';

interface Rule {
  kind: EmergencyKind;
  pattern: Pattern;
}

/** Which kind of danger a text tells of, or null. Where several match, self-harm and children come first: they need their own people. */
export type EmergencyFinder = (text: string) => EmergencyKind | null;

/** Picks between kinds found in one message; the first wins. */
const PRECEDENCE: EmergencyKind[] = ['self_harm', 'child', 'medical', 'trafficking', 'violence', 'danger'];
const SOS = '🆘';
const MAX_CHARS = 4096;
const SHORTEST_AFFIX = 2;
const LONGEST_AFFIX = 12;
/** What parts clauses; a denial does not reach across it. Kept as a word of its own while reading. */
const CLAUSE_ENDS = /[.,;:!?¡¿؟،؛。！？\n()[\]"«»“”]+/gu;
const CLAUSE_END = 'ⅎ';

/** Builds the finder for all vocabularies of the hotline. */
export function createEmergencyFinder(vocabularies: Record<string, Vocabulary>): EmergencyFinder {
  const rules = indexRules(Object.values(vocabularies));
  const denials = indexDenials(Object.values(vocabularies));
  return (text) => {
    const { words, clauseStarts } = readClauses(text.slice(0, MAX_CHARS));
    const found = new Set<EmergencyKind>();
    if (words.includes(SOS)) found.add('danger');
    const isDenied: Denied = (start, end) => denials.at(words, clauseStarts, start, end);
    for (let start = 0; start < words.length; start += 1) {
      for (const rule of rules.startingWith(words[start]!)) {
        if (!found.has(rule.kind) && matchesAt(rule.pattern, words, start, isDenied)) found.add(rule.kind);
      }
    }
    return PRECEDENCE.find((kind) => found.has(kind)) ?? null;
  };
}

/** Words of the text, and for each the index at which its clause begins. */
function readClauses(text: string): { words: string[]; clauseStarts: number[] } {
  const words: string[] = [];
  const clauseStarts: number[] = [];
  let clauseStart = 0;
  for (const word of wordsOf(normalise(text.replace(CLAUSE_ENDS, ` ${CLAUSE_END} `)))) {
    if (word === CLAUSE_END) {
      clauseStart = words.length;
      continue;
    }
    words.push(word);
    clauseStarts.push(clauseStart);
  }
  return { words, clauseStarts };
}

function indexRules(vocabularies: Vocabulary[]): { startingWith(word: string): Rule[] } {
  const exact = new Map<string, Rule[]>();
  const starts = new Map<string, Rule[]>();
  const ends = new Map<string, Rule[]>();
  const numbers: Rule[] = [];
  const add = (map: Map<string, Rule[]>, key: string, rule: Rule): void => void map.set(key, [...(map.get(key) ?? []), rule]);
  for (const vocabulary of vocabularies) {
    for (const kind of EMERGENCY_KINDS) {
      for (const source of vocabulary.emergency[kind]) {
        const rule = { kind, pattern: compilePattern(source, vocabulary.emergency_groups) };
        const first = firstWords(rule.pattern);
        for (const word of first.exact) add(exact, word, rule);
        for (const word of first.starts) add(starts, word, rule);
        for (const word of first.ends) add(ends, word, rule);
        if (first.range) numbers.push(rule);
      }
    }
  }
  const look = (word: string): Rule[] => {
    const found = [...(exact.get(word) ?? [])];
    for (let length = SHORTEST_AFFIX; length <= Math.min(word.length, LONGEST_AFFIX); length += 1) {
      found.push(...(starts.get(word.slice(0, length)) ?? []), ...(ends.get(word.slice(-length)) ?? []));
    }
    return /^\d/.test(word) ? [...found, ...numbers] : found;
  };
  return {
    startingWith(word) {
      const forms = barerForms(word);
      return forms.length === 1 ? look(word) : forms.flatMap(look);
    },
  };
}

/** A denial: words before, and for "ne ... pas" also after. */
interface Denial {
  before: string[];
  after: string[];
}

function indexDenials(vocabularies: Vocabulary[]): { at(words: string[], clauseStarts: number[], start: number, end?: number): boolean } {
  const byLastWord = new Map<string, Denial[]>();
  for (const vocabulary of vocabularies) {
    for (const phrase of vocabulary.negations) {
      const [before = [], after = []] = phrase.split('...').map((part) => wordsOf(normalise(part)));
      const last = before.at(-1);
      if (last !== undefined) byLastWord.set(last, [...(byLastWord.get(last) ?? []), { before, after }]);
    }
  }
  const stands = (words: string[], phrase: string[], from: number): boolean =>
    phrase.every((word, offset) => words[from + offset] === word);
  return {
    at(words, clauseStarts, start, end) {
      const clauseStart = clauseStarts[start] ?? 0;
      if (start === 0 || clauseStart === start) return false;
      return (byLastWord.get(words[start - 1]!) ?? []).some(({ before, after }) => {
        const begin = start - before.length;
        if (begin < clauseStart || !stands(words, before, begin)) return false;
        return after.length === 0 || (end !== undefined && stands(words, after, end));
      });
    },
  };
}
