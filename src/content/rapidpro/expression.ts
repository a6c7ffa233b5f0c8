// Expressions of RapidPro as expressions of our flows (CEL). Called for operands, values, arguments and what texts fill in.
// Only what cannot fail at run time is translated: each operation is checked against what its answers may hold.
import { isNameOfPerson, keyOfResult } from './names.ts';
import { parseExpression, type Tree } from './parse-expression.ts';
import type { AnswerFacts, Answers } from './answers.ts';
import type { NoteCode } from './report.ts';

type CelType = 'number' | 'text' | 'bool' | 'any';

/** A translated expression. `ref` where it is one answer alone, `known` where its value is known already. */
export interface Cel {
  cel: string;
  type: CelType;
  ref?: string;
  known?: string | number | boolean;
}
interface Fault {
  fault: NoteCode;
}
type Translated = Cel | Fault;

export const isFault = (translated: Translated): translated is Fault => 'fault' in translated;
const UNKNOWN: Fault = { fault: 'expression_left_out' };

/** What a path of names stands for. */
type Meaning =
  | { kind: 'answer'; ref: string }
  | { kind: 'category'; ref: string }
  | { kind: 'language' }
  | { kind: 'lost'; code: NoteCode };

/** What `fields.city` or `contact.language` stands for. */
export function meaningOf(path: readonly string[]): Meaning {
  const [top = '', ...rest] = path;
  if (top === 'contact' && rest[0] === 'fields') return meaningOf(rest);
  if (top === 'run' && rest[0] === 'results') return meaningOf(rest);
  if ((top === 'fields' || top === 'results') && rest[0] !== undefined) {
    const key = keyOfResult(rest[0]);
    if (isNameOfPerson(key)) return { kind: 'lost', code: 'name_removed' };
    if (top === 'results' && rest[1] === 'category') return { kind: 'category', ref: `results:${key}` };
    return rest.length > 1 && rest[1] !== 'value'
      ? { kind: 'lost', code: 'expression_left_out' }
      : { kind: 'answer', ref: `${top}:${key}` };
  }
  if (top === 'contact' && rest[0] === 'language') return { kind: 'language' };
  if (top === 'contact' && rest[0] === 'groups') return { kind: 'lost', code: 'group_left_out' };
  if (top === 'urns' || (top === 'contact' && /^(name|first_name|urns?|tel|tel_e164|\w*phone|whatsapp|email|$)/.test(rest[0] ?? '')))
    return { kind: 'lost', code: 'name_removed' };
  if (top === 'child') return { kind: 'lost', code: 'child_result' };
  return { kind: 'lost', code: top === 'parent' ? 'value_from_elsewhere' : 'expression_left_out' };
}

/** Translates the source of an expression, without its @. */
export function translateExpression(source: string, answers: Answers): Translated {
  const tree = parseExpression(source);
  return tree === null ? UNKNOWN : translate(tree, answers);
}

/** A value that is known, as an expression. */
export function literal(value: string | number | boolean): Cel {
  const type = typeof value === 'number' ? 'number' : typeof value === 'string' ? 'text' : 'bool';
  return { cel: typeof value === 'string' ? JSON.stringify(value) : String(value), type, known: value };
}

/** An answer as an expression, typed by what it may hold. */
export function answerOf(ref: string, answers: Answers): Cel {
  answers.read(ref);
  return { cel: `answers.${answers.nameOf(ref)}`, type: typeOf(answers.facts(ref)), ref };
}

function typeOf(facts: AnswerFacts): CelType {
  const texts = facts.openText || facts.dates || facts.words.length > 0 || facts.choices.length > 0;
  if (facts.unknown || facts.other || (facts.numbers && texts)) return 'any';
  return facts.numbers ? 'number' : texts ? 'text' : 'any';
}

/** Holds nothing but numbers, if anything at all. */
function isNumeric(value: Cel, answers: Answers): boolean {
  return value.type === 'number' || isUnset(value, answers);
}

function isTextual(value: Cel, answers: Answers): boolean {
  return value.type === 'text' || isUnset(value, answers);
}

function isUnset({ ref }: Cel, answers: Answers): boolean {
  if (ref === undefined) return false;
  const { assigned, unknown } = answers.facts(ref);
  return unknown || !assigned;
}

function translate(tree: Tree, answers: Answers): Translated {
  switch (tree.kind) {
    case 'number':
    case 'text':
    case 'bool':
      return literal(tree.value);
    case 'null':
      return { cel: 'null', type: 'any' };
    case 'path': {
      const meaning = meaningOf(tree.path);
      if (meaning.kind === 'answer') return answerOf(meaning.ref, answers);
      return meaning.kind === 'lost' ? { fault: meaning.code } : UNKNOWN;
    }
    case 'minus': {
      const of = translate(tree.of, answers);
      if (isFault(of)) return of;
      if (typeof of.known === 'number') return literal(-of.known);
      return isNumeric(of, answers) ? { cel: `(0.0 - ${of.cel})`, type: 'number' } : UNKNOWN;
    }
    case 'binary':
      return translateBinary(tree, answers);
    case 'call':
      return translateCall(tree, answers);
  }
}

function translateBinary({ operator, left, right }: Extract<Tree, { kind: 'binary' }>, answers: Answers): Translated {
  const a = translate(left, answers);
  const b = translate(right, answers);
  if (isFault(a)) return a;
  if (isFault(b)) return b;
  if (operator === '&') return joinTexts([a, b]);
  if (operator === '=' || operator === '!=') return equal(a, b, answers, operator === '!=');
  const numeric = isNumeric(a, answers) && isNumeric(b, answers);
  if (operator === '^' || !numeric) return UNKNOWN;
  if (operator.startsWith('<') || operator.startsWith('>')) return { cel: `(${a.cel} ${operator} ${b.cel})`, type: 'bool' };
  if (operator === '/' && (typeof b.known !== 'number' || b.known === 0)) return UNKNOWN;
  return { cel: `(${asDouble(a)} ${operator} ${asDouble(b)})`, type: 'number' };
}

/** Answers are doubles: a whole number beside one is written as one too. */
function asDouble({ cel, known }: Cel): string {
  return typeof known === 'number' && Number.isInteger(known) ? `${known}.0` : cel;
}

/** Texts one after the other; what is empty adds nothing. */
export function joinTexts(parts: readonly Cel[]): Cel {
  const cels = parts.flatMap((part) => {
    if (part.known !== undefined) return part.known === '' ? [] : [JSON.stringify(String(part.known))];
    if (part.ref === undefined) return [part.type === 'text' ? part.cel : `string(${part.cel})`];
    return [`(${part.cel} == null ? "" : string(${part.cel}))`];
  });
  if (parts.every(({ known }) => known !== undefined)) return literal(parts.map(({ known }) => String(known)).join(''));
  return { cel: cels.length === 0 ? '""' : cels.join(' + '), type: 'text' };
}

/** Equality that fails on no value: by `in` where a name holds values of different kinds, by null where it is compared with nothing. */
function equal(a: Cel, b: Cel, answers: Answers, not: boolean): Translated {
  const [value, other] = a.known === undefined ? [a, b] : [b, a];
  const negate = (cel: string): Cel => ({ cel: not ? `!(${cel})` : cel, type: 'bool' });
  if (other.known === '' || other.cel === 'null') return value.ref === undefined ? UNKNOWN : negate(`${value.cel} == null`);
  if (other.known !== undefined && value.ref !== undefined) return negate(isAmong(value, [other.known], answers.facts(value.ref)));
  if (isNumeric(value, answers) && isNumeric(other, answers)) return negate(`${value.cel} == ${other.cel}`);
  return value.type === 'text' && other.type === 'text' ? negate(`${value.cel} == ${other.cel}`) : UNKNOWN;
}

/** The condition that an answer is one of some known values. */
export function isAmong(value: Cel, values: readonly (string | number | boolean)[], facts: AnswerFacts): string {
  const written = values.map((one) => literal(one).cel);
  const pure = !facts.assigned || typeOf(facts) === (typeof values[0] === 'number' ? 'number' : 'text');
  return pure && written.length === 1 ? `${value.cel} == ${written[0]}` : `${value.cel} in [${written.join(', ')}]`;
}

function translateCall({ name, args }: Extract<Tree, { kind: 'call' }>, answers: Answers): Translated {
  if (name === 'now' || name === 'today') return { cel: 'today', type: 'text' };
  if (name === 'is_error') return isError(args, answers);
  const translated = args.map((arg) => translate(arg, answers));
  const broken = translated.find(isFault);
  if (broken !== undefined) return broken;
  const given = translated.filter((one): one is Cel => !isFault(one));
  const [first, second, third] = given;
  if (first === undefined) return UNKNOWN;
  switch (name) {
    case 'and':
    case 'or':
      return given.every(({ type }) => type === 'bool')
        ? { cel: `(${given.map(({ cel }) => cel).join(name === 'and' ? ' && ' : ' || ')})`, type: 'bool' }
        : UNKNOWN;
    case 'not':
      return first.type === 'bool' ? { cel: `!(${first.cel})`, type: 'bool' } : UNKNOWN;
    case 'if':
      return second === undefined || first.type !== 'bool' ? UNKNOWN : choose(first.cel, second, third ?? literal(false));
    case 'default':
      return second === undefined || first.ref === undefined ? UNKNOWN : choose(`${first.cel} != null`, first, second);
    case 'number':
      return isNumeric(first, answers) ? first : UNKNOWN;
    case 'text':
      return joinTexts([first]);
    case 'upper':
    case 'lower':
      return isTextual(first, answers) ? { cel: `${first.cel}.${name}Ascii()`, type: 'text' } : UNKNOWN;
    case 'text_length':
      if (typeof first.known === 'string') return literal([...first.known].length);
      return isTextual(first, answers) ? { cel: `(${first.cel} == null ? 0.0 : double(size(${first.cel})))`, type: 'number' } : UNKNOWN;
    case 'word_count':
      if (typeof first.known === 'string') return literal(first.known.trim() === '' ? 0 : first.known.trim().split(/\s+/).length);
      if (first.ref === undefined || !isTextual(first, answers)) return UNKNOWN;
      return { cel: `(${first.cel} == null ? 0.0 : double(size(${first.cel}.trim().split(" "))))`, type: 'number' };
    default:
      return UNKNOWN;
  }
}

function choose(condition: string, yes: Cel, no: Cel): Cel {
  if (yes.type === no.type && yes.type !== 'any') return { cel: `(${condition} ? ${yes.cel} : ${no.cel})`, type: yes.type };
  return { cel: `(${condition} ? dyn(${yes.cel}) : dyn(${no.cel}))`, type: 'any' };
}

/** Reckoning with what is empty is an error in RapidPro; here it is the emptiness that is asked for. */
function isError(args: readonly Tree[], answers: Answers): Translated {
  const refs = args.flatMap(pathsOf).map(meaningOf);
  const known = refs.flatMap((meaning) => (meaning.kind === 'answer' ? [meaning.ref] : []));
  if (known.length === 0 || known.length < refs.length) return UNKNOWN;
  return { cel: `(${known.map((ref) => `${answerOf(ref, answers).cel} == null`).join(' || ')})`, type: 'bool' };
}

function pathsOf(tree: Tree): string[][] {
  if (tree.kind === 'path') return [tree.path];
  if (tree.kind === 'minus') return pathsOf(tree.of);
  if (tree.kind === 'call') return tree.args.flatMap(pathsOf);
  return tree.kind === 'binary' ? [...pathsOf(tree.left), ...pathsOf(tree.right)] : [];
}
