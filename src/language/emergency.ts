// Finds words of danger inside a message, in every language that the message may be in, offered or not.
// Called first of all by understand.ts. Recall comes first: a false alarm costs one message, a missed one may cost a life.
// By patterns, which name words, and by what was learned from examples, which reaches further; together they decide.
// A denial must stand directly beside the words ("no es una emergencia"); anything less certain counts as danger.
// 2026-11-30: not in all languages at once. With 27 of them, words of one are everyday words of another ("contract" is a cramp in one,
// "parto" a birth in the next), so a language counts where the identification gives it a chance, and the conversation's own always.
import { EMERGENCY_KINDS, type EmergencyKind } from '../domain/command.ts';
import { barerForms } from './arabic-forms.ts';
import { compilePattern, firstWords, matchesAt, type Denied, type Pattern } from './emergency-pattern.ts';
import { normalise } from './normalise.ts';
import { isUnspaced, patternWords } from './pattern-words.ts';
import type { Identify } from './identification/model.ts';
import type { DangerExamples } from './danger-examples.ts';
import { dangerModelOf, type DangerChance, type DangerModel } from './danger-model.ts';
import { plausibleLanguages, type PlausibleLanguage } from './plausible-languages.ts';
import type { Vocabulary } from './vocabulary.ts';

interface Rule {
  kind: EmergencyKind;
  pattern: Pattern;
}

/**
 * Which kind of danger a text tells of, or null. Where several match, self-harm and children come first: they need their own people.
 * `language`: the conversation's, where one is known.
 */
type FindDanger = (text: string, language?: string | null) => EmergencyKind | null;

export interface EmergencyFinder {
  /** By patterns and by what was learned. */
  find: FindDanger;
  /** Reads a text once; what was learned is asked only where it matters. */
  read(text: string, language?: string | null): DangerReading;
}

/** What a text tells of. */
export interface DangerReading {
  /** By patterns alone. */
  listed: EmergencyKind | null;
  /** By what was learned, where no pattern was found. It does not know what was asked: not for the exact answer to a question. */
  learned(): EmergencyKind | null;
}

/** The rules and denials of one language. */
interface Known {
  startingWith(word: string): Rule[];
  isDenied(words: string[], clauseStarts: number[], start: number, end?: number): boolean;
}

/** Picks between kinds found in one message; the first wins. */
const PRECEDENCE: EmergencyKind[] = ['self_harm', 'child', 'medical', 'trafficking', 'violence', 'danger'];
const SOS = '🆘';
const MAX_CHARS = 4096;
const SHORTEST_AFFIX = 2;
const LONGEST_AFFIX = 12;
/** What parts clauses; a denial does not reach across it. Kept as a word of its own while reading. */
const CLAUSE_ENDS = /[.,;:!?¡¿؟،؛۔。，、；：！？।។៖၊။፣፤።\n()[\]"«»“”]+/gu;
const CLAUSE_END = 'ⅎ';

/** What the finder is made from. */
export interface EmergencySources {
  /** Of all languages whose words are known, offered or not: their patterns. */
  vocabularies: Record<string, Vocabulary>;
  /** Messages from which danger is learned, by language. */
  examples?: Record<string, DangerExamples>;
  /** Tells which languages a text may be in; without it all count alike. */
  identify?: Identify;
}

/**
 * Log-odds of danger, as learned from examples, that are enough where no pattern was found, by the length of the text.
 * Chosen 2026-12 on half of the messages of test/language/messages, which nobody saw who wrote patterns or examples, and on everyday
 * lines; README.md beside the messages has the figures of the other half.
 */
const ENOUGH = { fewWords: 1.2, someWords: 0.2, manyWords: -0.3 };
const FEWEST_WORDS = 4;
const FEW_WORDS = 5;
const SOME_WORDS = 7;
const LETTERS_A_WORD = 2;
const CERTAIN = 1e-6;

/** Builds the finder. A language's patterns are compiled, and its examples learned, when they are first needed. */
export function createEmergencyFinder({ vocabularies, examples = {}, identify }: EmergencySources): EmergencyFinder {
  const patternsOf = remember((language) => compileLanguage(vocabularies[language]!));
  const modelOf = remember((language) => (examples[language] === undefined ? null : dangerModelOf(examples[language])));
  const everywhere = Object.keys(vocabularies).map((tag) => ({ tag, share: 1 }));

  function read(text: string, language: string | null = null): DangerReading {
    const head = text.slice(0, MAX_CHARS);
    const { words, clauseStarts } = readClauses(head);
    if (words.length === 0) return told(null);
    if (words.includes(SOS)) return told('danger');
    const languages = identify === undefined ? everywhere : plausibleLanguages(head, identify, language);
    const found = new Set<EmergencyKind>();
    for (const { tag } of languages) if (Object.hasOwn(vocabularies, tag)) findIn(patternsOf(tag), words, clauseStarts, found);
    const listed = PRECEDENCE.find((kind) => found.has(kind)) ?? null;
    const length = countWords(words);
    // Words of danger count whatever was learned: an example of an ordinary message must never silence them.
    if (listed !== null || length < FEWEST_WORDS) return told(listed);
    return {
      listed,
      learned() {
        const learned = learnedDanger(head, languages, modelOf);
        if (learned === null) return null;
        const odds = Math.log((learned.chance + CERTAIN) / (1 - learned.chance + CERTAIN));
        return odds >= enoughOdds(length) ? learned.kind : null;
      },
    };
  }

  return {
    read,
    find(text, language) {
      const { listed, learned } = read(text, language);
      return listed ?? learned();
    },
  };
}

/** All is told by the patterns, or by there being too little to learn from. */
function told(listed: EmergencyKind | null): DangerReading {
  return { listed, learned: () => null };
}

/** Of scripts without spaces some letters make a word. A few words tell too little to learn from: there only patterns count. */
function countWords(words: string[]): number {
  return words.reduce((sum, word) => sum + (isUnspaced(word) ? 1 / LETTERS_A_WORD : 1), 0);
}

function enoughOdds(length: number): number {
  return length <= FEW_WORDS ? ENOUGH.fewWords : length <= SOME_WORDS ? ENOUGH.someWords : ENOUGH.manyWords;
}

/** Makes something for each key once. */
function remember<Value>(make: (key: string) => Value): (key: string) => Value {
  const made = new Map<string, Value>();
  return (key) => {
    if (!made.has(key)) made.set(key, make(key));
    return made.get(key)!;
  };
}

/** What the models of the languages that a text may be in say together, by how likely each is. Null where none has a model. */
function learnedDanger(text: string, languages: PlausibleLanguage[], modelOf: (tag: string) => DangerModel | null): DangerChance | null {
  let all = 0;
  let chance = 0;
  let best: { kind: EmergencyKind; weight: number } | null = null;
  for (const { tag, share } of languages) {
    const told = modelOf(tag)?.(text);
    if (told === undefined) continue;
    all += share;
    chance += share * told.chance;
    if (best === null || share * told.chance > best.weight) best = { kind: told.kind, weight: share * told.chance };
  }
  return best === null ? null : { chance: chance / all, kind: best.kind };
}

function findIn({ startingWith, isDenied }: Known, words: string[], clauseStarts: number[], found: Set<EmergencyKind>): void {
  const denied: Denied = (start, end) => isDenied(words, clauseStarts, start, end);
  for (let start = 0; start < words.length; start += 1) {
    for (const rule of startingWith(words[start]!)) {
      if (!found.has(rule.kind) && matchesAt(rule.pattern, words, start, denied)) found.add(rule.kind);
    }
  }
}

function compileLanguage(vocabulary: Vocabulary): Known {
  const { startingWith } = indexRules([vocabulary]);
  const { at } = indexDenials([vocabulary]);
  return { startingWith, isDenied: at };
}

/** Words of the text, and for each the index at which its clause begins. */
function readClauses(text: string): { words: string[]; clauseStarts: number[] } {
  const words: string[] = [];
  const clauseStarts: number[] = [];
  let clauseStart = 0;
  for (const word of patternWords(normalise(text.replace(CLAUSE_ENDS, ` ${CLAUSE_END} `)))) {
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
  const parts: { part: string; rule: Rule }[] = [];
  const numbers: Rule[] = [];
  const add = (map: Map<string, Rule[]>, key: string, rule: Rule): void => {
    const rules = map.get(key);
    if (rules === undefined) map.set(key, [rule]);
    else rules.push(rule);
  };
  for (const vocabulary of vocabularies) {
    for (const kind of EMERGENCY_KINDS) {
      for (const source of vocabulary.emergency[kind]) {
        const rule = { kind, pattern: compilePattern(source, vocabulary.emergency_groups) };
        const first = firstWords(rule.pattern);
        for (const word of first.exact) add(exact, word, rule);
        for (const word of first.starts) add(starts, word, rule);
        for (const word of first.ends) add(ends, word, rule);
        for (const part of first.parts) parts.push({ part, rule });
        if (first.range) numbers.push(rule);
      }
    }
  }
  const look = (word: string): Rule[] => {
    const found = [...(exact.get(word) ?? [])];
    for (let length = SHORTEST_AFFIX; length <= Math.min(word.length, LONGEST_AFFIX); length += 1) {
      found.push(...(starts.get(word.slice(0, length)) ?? []), ...(ends.get(word.slice(-length)) ?? []));
    }
    for (const { part, rule } of parts) if (word.includes(part)) found.push(rule);
    return /^\d/.test(word) ? [...found, ...numbers] : found;
  };
  return {
    startingWith(word) {
      const forms = barerForms(word);
      return forms.length === 1 ? look(word) : forms.flatMap(look);
    },
  };
}

/** A denial: words before, for "ne ... pas" also after, and only after for languages that deny at the end: "... না". */
interface Denial {
  before: string[];
  after: string[];
}

function indexDenials(vocabularies: Vocabulary[]): { at(words: string[], clauseStarts: number[], start: number, end?: number): boolean } {
  const byLastWord = new Map<string, Denial[]>();
  const afterwards: string[][] = [];
  for (const vocabulary of vocabularies) {
    for (const phrase of vocabulary.negations) {
      const [before = [], after = []] = phrase.split('...').map((part) => patternWords(normalise(part)));
      const last = before.at(-1);
      if (last === undefined) afterwards.push(after);
      else byLastWord.set(last, [...(byLastWord.get(last) ?? []), { before, after }]);
    }
  }
  const stands = (words: string[], phrase: string[], from: number): boolean =>
    phrase.every((word, offset) => words[from + offset] === word);
  return {
    at(words, clauseStarts, start, end) {
      const clauseStart = clauseStarts[start] ?? 0;
      if (end !== undefined && clauseStarts[end] === clauseStart && afterwards.some((after) => stands(words, after, end))) return true;
      if (start === 0 || clauseStart === start) return false;
      return (byLastWord.get(words[start - 1]!) ?? []).some(({ before, after }) => {
        const begin = start - before.length;
        if (begin < clauseStart || !stands(words, before, begin)) return false;
        return after.length === 0 || (end !== undefined && stands(words, after, end));
      });
    },
  };
}
