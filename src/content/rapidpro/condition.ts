// A case of a RapidPro router as a condition of our flows (CEL). Called by branch.ts and by ask.ts for replies that are kept.
// A condition never fails: where a name may hold what cannot be compared, it is decided here from the known values, or refused.
import { answerOf, isAmong, isFault, literal, meaningOf, translateExpression, type Cel } from './expression.ts';
import type { Answers } from './answers.ts';
import type { RapidCase } from './export-schema.ts';
import { parseExpression } from './parse-expression.ts';
import { onlyExpression, onlyWords } from './template.ts';
import { matchesNumber, matchesWords, NUMBER_CASES, numberIn, tokensOf, WORD_CASES } from './words-match.ts';
import type { NoteCode } from './report.ts';

/** What a router looks at. */
export type Operand =
  | { kind: 'answer'; ref: string }
  | { kind: 'category'; ref: string }
  | { kind: 'value'; value: Cel }
  | { kind: 'language' }
  | { kind: 'input' }
  | { kind: 'words'; words: string }
  | { kind: 'lost'; code: NoteCode };

/** A condition; or that it never holds; or why it cannot be decided. */
type Condition = { cel: string } | { never: true } | { fault: NoteCode };

const NEVER: Condition = { never: true };
/** Stands for any condition while the ways of a flow are only explored. */
const EXPLORED: Condition = { cel: 'language == ""' };
const REFUSED: Condition = { fault: 'case_left_out' };
const OPERATORS: Record<string, string> = {
  has_number_eq: '==',
  has_number_lt: '<',
  has_number_lte: '<=',
  has_number_gt: '>',
  has_number_gte: '>=',
};

/** What the operand of a router is. */
export function readOperand(operand: string, answers: Answers): Operand {
  const words = onlyWords(operand);
  if (words !== null) return { kind: 'words', words };
  const source = onlyExpression(operand);
  if (source === null) return { kind: 'lost', code: 'expression_left_out' };
  const tree = parseExpression(source);
  if (tree?.kind === 'path') {
    if (tree.path[0] === 'input') return { kind: 'input' };
    const meaning = meaningOf(tree.path);
    if (meaning.kind === 'lost') return meaning;
    if (meaning.kind === 'answer' || meaning.kind === 'category') {
      answers.read(meaning.ref);
      return meaning;
    }
    return { kind: 'language' };
  }
  const value = translateExpression(source, answers);
  return isFault(value) ? { kind: 'lost', code: value.fault } : { kind: 'value', value };
}

/** A case as a condition on an operand. `languages` are ISO 639-3 → our tag. */
export function conditionOf(one: RapidCase, operand: Operand, answers: Answers, languages: Record<string, string>): Condition {
  if (answers.exploring) return EXPLORED;
  if (one.type === 'has_error') return NEVER;
  if (one.type === 'has_pattern') return { fault: 'pattern_left_out' };
  if (one.type === 'has_group') return { fault: 'group_left_out' };
  switch (operand.kind) {
    case 'lost':
      return { fault: operand.code };
    case 'input':
      return { fault: 'input_left_out' };
    case 'words': {
      const holds = matchesWords(one.type, one.arguments, operand.words);
      return holds === null ? REFUSED : holds ? { cel: 'true' } : NEVER;
    }
    case 'language':
      return onLanguage(one, languages);
    case 'category':
      return onCategory(one, operand.ref, answers);
    case 'value':
      return onValue(one, operand.value, answers);
    case 'answer':
      return onAnswer(one, operand.ref, answers);
  }
}

function onLanguage({ type, arguments: args }: RapidCase, languages: Record<string, string>): Condition {
  if (!WORD_CASES.has(type)) return REFUSED;
  const tags = tokensOf(args.join(' ')).flatMap((code) => languages[code] ?? []);
  if (type === 'has_text') return { cel: 'language != ""' };
  return tags.length === 0 ? NEVER : { cel: tags.map((tag) => `language == ${JSON.stringify(tag)}`).join(' || ') };
}

/** Of a choice it is known which category each led to. */
function onCategory({ type, arguments: args }: RapidCase, ref: string, answers: Answers): Condition {
  const facts = answers.facts(ref);
  const known = facts.choices.length > 0 && !facts.openText && !facts.numbers && !facts.dates && facts.words.length === 0;
  if (!known) return REFUSED;
  const ids = facts.choices.filter(({ category }) => matchesWords(type, args, category) === true).map(({ id }) => id);
  return ids.length === 0 ? NEVER : { cel: isAmong(answerOf(ref, answers), ids, facts) };
}

function onValue(one: RapidCase, value: Cel, answers: Answers): Condition {
  if (NUMBER_CASES.has(one.type)) return value.type === 'number' ? onNumber(one, value.cel, answers) : REFUSED;
  const word = one.arguments[0] ?? '';
  if (value.type !== 'text' || onlyWords(word) === null) return REFUSED;
  return onText(one.type, word, value.cel);
}

function onAnswer(one: RapidCase, ref: string, answers: Answers): Condition {
  const value = answerOf(ref, answers);
  const facts = answers.facts(ref);
  if (one.type === 'has_text' || one.type === 'has_value') return { cel: `${value.cel} != null` };
  const args = one.arguments.map(onlyWords);
  if (args.includes(null)) return onComputedArgument(one, value, answers);
  if (one.type.startsWith('has_date')) return facts.dates && value.type === 'text' ? onDate(one, value.cel) : REFUSED;
  if (NUMBER_CASES.has(one.type)) return onNumberAnswer(one, value, answers);
  if (!WORD_CASES.has(one.type)) return REFUSED;
  if (facts.openText) return value.type === 'text' ? onText(one.type, one.arguments[0] ?? '', value.cel) : REFUSED;
  if (facts.dates) return REFUSED;
  const among = facts.assigned ? knownValues(one, ref, answers) : wordsOf(one);
  return among.length === 0 ? NEVER : { cel: isAmong(value, among, facts) };
}

/** Of the values that a name may hold, those for which a case holds. A number is compared as RapidPro does, by its digits. */
function knownValues({ type, arguments: args }: RapidCase, ref: string, answers: Answers): (string | number)[] {
  const { words, choices, numbers } = answers.facts(ref);
  const found: (string | number)[] = words.filter((word) => matchesWords(type, args, word) === true);
  for (const { id, raws } of choices) if (raws.some((raw) => matchesWords(type, args, raw) === true)) found.push(id);
  if (numbers) found.push(...tokensOf(args.join(' ')).flatMap((word) => (/^\d+$/.test(word) ? [Number(word)] : [])));
  return [...new Set(found)];
}

/** The words that a case asks for, where nothing is known of the value. */
function wordsOf({ type, arguments: args }: RapidCase): string[] {
  if (type === 'has_any_word') return tokensOf(args[0] ?? '');
  const word = (args[0] ?? '').trim();
  return word === '' ? [] : [word];
}

function onNumberAnswer(one: RapidCase, value: Cel, answers: Answers): Condition {
  const facts = answers.facts(value.ref ?? '');
  if (value.type === 'number' || !facts.assigned) return onNumber(one, value.cel, answers);
  if (facts.openText || facts.dates) return REFUSED;
  const holds = (raw: string): boolean => matchesNumber(one.type, one.arguments, numberIn(raw)) === true;
  const known = [...facts.words.filter(holds), ...facts.choices.filter(({ raws }) => raws.some(holds)).map(({ id }) => id)];
  const conditions = known.length === 0 ? [] : [isAmong(value, known, facts)];
  const numeric = facts.numbers ? onNumber(one, value.cel, answers) : NEVER;
  if ('fault' in numeric) return numeric;
  if ('cel' in numeric) conditions.push(`(type(${value.cel}) == double && ${numeric.cel})`);
  return conditions.length === 0 ? NEVER : { cel: conditions.join(' || ') };
}

/** A comparison of something that is a number or nothing. */
function onNumber({ type, arguments: args }: RapidCase, cel: string, answers: Answers): Condition {
  if (type === 'has_number') return { cel: `${cel} != null` };
  const [first, second] = args.map((arg) => numericArgument(arg, answers));
  if (first == null) return REFUSED;
  if (type === 'has_number_between') return second == null ? REFUSED : { cel: `${cel} >= ${first} && ${cel} <= ${second}` };
  return { cel: `${cel} ${OPERATORS[type]} ${first}` };
}

function numericArgument(arg: string, answers: Answers): string | null {
  const words = onlyWords(arg);
  if (words !== null) return words.trim() === '' || Number.isNaN(Number(words)) ? null : literal(Number(words)).cel;
  const source = onlyExpression(arg);
  const value = source === null ? null : translateExpression(source, answers);
  return value === null || isFault(value) || value.type !== 'number' ? null : value.cel;
}

/** A case that compares with another answer: only as a whole, and only numbers with numbers. */
function onComputedArgument(one: RapidCase, value: Cel, answers: Answers): Condition {
  if (NUMBER_CASES.has(one.type)) return onComputedNumber(one, value, answers);
  const source = one.arguments.length === 1 ? onlyExpression(one.arguments[0] ?? '') : null;
  const other = source === null ? null : translateExpression(source, answers);
  if (other === null || isFault(other) || (one.type !== 'has_only_text' && one.type !== 'has_only_phrase')) return REFUSED;
  return value.type === 'text' && other.type === 'text' ? { cel: `${value.cel} == ${other.cel}` } : REFUSED;
}

/** Words among the values are no numbers, and never fulfil it. */
function onComputedNumber(one: RapidCase, value: Cel, answers: Answers): Condition {
  const facts = answers.facts(value.ref ?? '');
  const condition = onNumber(one, value.cel, answers);
  if (value.type === 'number' || !facts.assigned || 'fault' in condition || 'never' in condition) return condition;
  const digits = [...facts.words, ...facts.choices.flatMap(({ raws }) => raws)].some((words) => numberIn(words) !== null);
  return facts.openText || facts.dates || digits ? REFUSED : { cel: `type(${value.cel}) == double && ${condition.cel}` };
}

/** A person's own words: compared in lower case, by parts of the text. */
function onText(type: string, arg: string, cel: string): Condition {
  const lower = `${cel}.lowerAscii()`;
  const phrase = tokensOf(arg);
  const contains = (words: string): string => `(" " + ${lower} + " ").contains(${JSON.stringify(` ${words} `)})`;
  if (type === 'has_text' || type === 'has_value') return { cel: `${cel} != ""` };
  if (type === 'has_only_text' || type === 'has_category') return { cel: `${cel} == ${JSON.stringify(arg)}` };
  if (phrase.length === 0) return REFUSED;
  if (type === 'has_any_word') return { cel: phrase.map(contains).join(' || ') };
  if (type === 'has_all_words') return { cel: phrase.map(contains).join(' && ') };
  if (type === 'has_phrase') return { cel: contains(phrase.join(' ')) };
  if (type === 'has_only_phrase') return { cel: `${lower}.trim() == ${JSON.stringify(phrase.join(' '))}` };
  return type === 'has_beginning' ? { cel: `${lower}.startsWith(${JSON.stringify(arg.trim().toLowerCase())})` } : REFUSED;
}

/** Dates are kept as YYYY-MM-DD, which compare as texts. */
function onDate({ type, arguments: args }: RapidCase, cel: string): Condition {
  if (type === 'has_date') return { cel: `${cel} != null` };
  const date = /^\d{4}-\d\d-\d\d/.exec((args[0] ?? '').trim())?.[0];
  const operator = { has_date_eq: '==', has_date_lt: '<', has_date_gt: '>' }[type];
  return date === undefined || operator === undefined ? REFUSED : { cel: `${cel} ${operator} ${JSON.stringify(date)}` };
}
