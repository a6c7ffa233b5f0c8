// The shape of locales/<tag>/language.json: the words by which people are understood in one language.
// Read by release/ (to check it) and by createUnderstanding and createLanguageGuess. It holds words, no logic;
// everything is compared after normalise(), so accents and capitals may be written naturally.
import { z } from 'zod';
import { COMMANDS, EMERGENCY_KINDS } from '../domain/command.ts';

/** Words or short phrases, as people write them. */
const Words = z.array(z.string().trim().min(1).max(80));

/** A word of a pattern: letters, `word*`, `*word`, a range such as `5-17`, or a group `@name`. */
const ALTERNATIVE = String.raw`(?:\*?[\p{L}\p{M}\p{N}'’-]+\*?|@[a-z_]+)`;
const PATTERN_WORD = new RegExp(`^(?:=|\\.\\.\\.|${ALTERNATIVE}(?:\\|${ALTERNATIVE})*)$`, 'u');

/**
 * An emergency pattern: words in order that may stand anywhere inside a message.
 * `a|b` either word; `@name` any word of a group; `word*`, `*word` and `*word*` any ending, beginning or both; `5-17` a number in that
 * range; `...` up to four other words; a leading `=` means that the pattern must be the whole message.
 * In scripts without spaces a word of a pattern is found wherever its letters stand, and a space between two means nothing.
 */
const EmergencyPattern = z
  .string()
  .max(300)
  .refine((pattern) => pattern.split(' ').every((word) => PATTERN_WORD.test(word)), {
    error: 'use words, a|b, @group, word*, *word, a range such as 5-17, ... for a gap, and = first for a whole message',
  });

/** Every key of `tags` with the same kind of value. */
function recordOf<Key extends string, Value extends z.ZodType>(tags: readonly Key[], value: Value) {
  return z.strictObject(Object.fromEntries(tags.map((tag) => [tag, value])) as Record<Key, Value>);
}

const VocabularyShape = z.strictObject({
  /** Whole first messages that tell the language for certain. List only what neighbouring languages do not share. */
  greetings: Words,
  /** Whole messages that mean a global command. Avoid words that are also an answer or a topic. */
  commands: recordOf(COMMANDS, Words),
  yes: Words,
  no: Words,
  skip: Words,
  /** Number words: "0" to "20", tens to "90", and "last"; cardinal and ordinal, all genders. */
  numbers: z.record(z.string().regex(/^(\d{1,2}|last)$/), Words),
  /** Beginnings of messages that take back the last reply: "no, I meant", "sorry, wrong number". */
  corrections: Words.default([]),
  /** Words that may stand around a number or a choice without changing it: "option", "the", "please". */
  fillers: Words,
  /** Words that join number words: "treinta y cinco". */
  number_connectors: Words,
  /** Words that emergency patterns name together: `@partner`. */
  emergency_groups: z.record(z.string().regex(/^[a-z_]+$/), Words.min(1)),
  emergency: recordOf(EMERGENCY_KINDS, z.array(EmergencyPattern)),
  /** Words that deny an emergency pattern when they stand directly before it ("no es una"), around it ("ne ... pas"), or after it ("... না"). */
  negations: Words,
  /** Words that make a message a question, which goes to the answer search rather than to a keyword. */
  questions: Words,
  /** Frequent small words; they carry the language guess and weigh little in the answer search. */
  stopwords: Words,
  dates: z.strictObject({
    /** January first. */
    months: z.array(Words.min(1)).length(12),
    /** Monday first. */
    weekdays: z.array(Words.min(1)).length(7),
    /** Days from today, such as "0" today and "1" tomorrow. */
    relative: z.record(z.string().regex(/^-?\d{1,2}$/), Words),
    /** Words around a date that do not change it: "el", "de", "next". */
    fillers: Words,
    /** How 3/4 is read. `ask`: both orders are in use, so the person is asked. */
    order: z.enum(['day_first', 'month_first', 'ask']),
  }),
  /** What may stand before a place: "estoy en". */
  locality_prefixes: Words,
  /** Names of languages in this language, by BCP 47 tag. */
  language_names: z.record(z.string(), Words),
});

/** One language's words for understanding people. See locales/es/language.json for a full one. */
export const Vocabulary = VocabularyShape.superRefine((vocabulary, ctx) => {
  for (const kind of EMERGENCY_KINDS) {
    for (const [index, pattern] of vocabulary.emergency[kind].entries()) {
      const unknown = [...pattern.matchAll(/@([a-z_]+)/g)].find(([, name]) => !Object.hasOwn(vocabulary.emergency_groups, name!));
      if (unknown)
        ctx.addIssue({ code: 'custom', path: ['emergency', kind, index], message: `${unknown[0]} is no group of emergency_groups` });
    }
  }
});
export type Vocabulary = z.infer<typeof VocabularyShape>;
