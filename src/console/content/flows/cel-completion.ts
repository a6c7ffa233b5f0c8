// What may come next in a condition, where somebody types it: answers of the flow, their choices, facts, the few functions that there are.
// Used by cel-field.tsx. Whether an expression is right is the engine's to say. Pure.
import type { AnswerKind } from '../../../engine/program.ts';

export interface CelSuggestion {
  /** What is put in. */
  insert: string;
  /** The answer it is, or belongs to; for words beside it. */
  about: { type: 'answer' | 'choice'; answer: string; choice?: string } | { type: 'name'; name: string };
}

export interface CelCompletion {
  /** What it takes the place of. */
  from: number;
  to: number;
  options: readonly CelSuggestion[];
}

const FACTS: Readonly<Record<string, readonly string[]>> = { facts: ['locality', 'topic', 'private'], desk: ['open', 'staffed'] };
const ROOTS = ['answers.', 'facts.', 'desk.', 'channel', 'language', 'hour', 'today', 'daysBetween(today, '];
const CHANNELS = ['sms', 'whatsapp', 'web'];

/** Suggestions at the caret; null where there are none. */
export function completeCel(source: string, caret: number, answers: ReadonlyMap<string, AnswerKind>): CelCompletion | null {
  const before = source.slice(0, caret);
  const found = compared(before, source, answers) ?? (isInText(before) ? null : (member(before, answers) ?? root(before)));
  return found !== null && found.options.length > 0 ? found : null;
}

/** Behind `answers.need == `: the values that it can have. */
function compared(before: string, source: string, answers: ReadonlyMap<string, AnswerKind>): CelCompletion | null {
  const match = /(?:\banswers\.([a-z][a-z0-9_]*)|\b(channel))\s*(?:==|!=)\s*("?)(\w*)$/.exec(before);
  if (match === null) return null;
  const [, answer = '', channel, quote = '', begun = ''] = match;
  const from = before.length - begun.length - quote.length;
  const to = before.length + (quote !== '' && source[before.length] === '"' ? 1 : 0);
  const options = channel === undefined ? valuesOf(answer, answers.get(answer)) : CHANNELS.map((name) => named(`"${name}"`, name));
  return { from, to, options: options.filter(({ insert }) => insert.replaceAll('"', '').startsWith(begun) && insert.startsWith(quote)) };
}

function valuesOf(answer: string, kind: AnswerKind | undefined): CelSuggestion[] {
  if (kind === undefined) return [];
  if (kind.type === 'choice') return kind.choices.map((choice) => ({ insert: `"${choice}"`, about: { type: 'choice', answer, choice } }));
  if (kind.type === 'yes_no' || kind.type === 'media') return ['true', 'false'].map((value) => named(value, value));
  return [named('null', 'null')];
}

/** Behind `answers.`: the names of answers. */
function member(before: string, answers: ReadonlyMap<string, AnswerKind>): CelCompletion | null {
  const match = /\b(answers|facts|desk)\.(\w*)$/.exec(before);
  if (match === null) return null;
  const [, holder = '', begun = ''] = match;
  const names = holder === 'answers' ? [...answers.keys()] : (FACTS[holder] ?? []);
  return {
    from: before.length - begun.length,
    to: before.length,
    options: names
      .filter((name) => name.startsWith(begun) && name !== begun)
      .map((name) => (holder === 'answers' ? { insert: name, about: { type: 'answer', answer: name } } : named(name, `${holder}.${name}`))),
  };
}

/** At the beginning of a word: what an expression may begin with. */
function root(before: string): CelCompletion | null {
  const begun = /(?:^|[^\w."'])([a-zA-Z]\w*)?$/.exec(before)?.[1] ?? '';
  if (begun === '' && !/(?:^|&&|\|\||!|\()\s*$/.test(before)) return null;
  return {
    from: before.length - begun.length,
    to: before.length,
    options: ROOTS.filter((word) => word.startsWith(begun) && word !== begun).map((word) => named(word, word.replace(/[.(].*$/, ''))),
  };
}

function named(insert: string, name: string): CelSuggestion {
  return { insert, about: { type: 'name', name } };
}

/** Whether the caret stands within a text in quotes. */
function isInText(before: string): boolean {
  let quote: string | null = null;
  for (const character of before) {
    if (quote === null && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = null;
  }
  return quote !== null;
}
