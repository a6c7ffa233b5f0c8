// Conditions and computed values: the Common Expression Language without macros and without matches().
// Compiled once when a program is built, type-checked against the flow's own answers; evaluated by the step loop.
// 2026-11-21: what was not answered is null. Comparing null by order, or with another value, is false; it is never a fault.
import { Environment, type ASTNode } from '@marcbachmann/cel-js';
import { AppError } from '../domain/errors.ts';
import type { Value } from '../domain/session.ts';
import { daysBetween } from './local-time.ts';

/** Types an answer may have in an expression. */
export type ValueType = 'string' | 'bool' | 'double' | 'dyn';

/** What an expression is evaluated over. */
export interface Scope {
  answers: Record<string, Value>;
  facts: { locality: string | null; topic: string | null; private: boolean };
  channel: string;
  language: string;
  hour: bigint;
  /** Local date, YYYY-MM-DD. */
  today: string;
  desk: { open: boolean; staffed: boolean };
}

/** A compiled expression. */
export interface Expression {
  readonly source: string;
  readonly type: ValueType;
  /** Names of `answers` that it reads. */
  readonly reads: readonly string[];
  /** For `answers.x` alone, the name x; else null. */
  readonly only: string | null;
  evaluate(scope: Scope): Value;
}

const LIMITS = { maxAstNodes: 200, maxDepth: 30, maxListElements: 50, maxMapEntries: 10, maxCallArguments: 8 };
const BANNED = new Set([
  'matches',
  'has',
  'all',
  'exists',
  'exists_one',
  'map',
  'filter',
  'bind',
  'optMap',
  'optFlatMap',
  'transformList',
  'transformMap',
]);

/** Operators that make null and whole numbers behave as authors expect. Order with null is false. */
function newEnvironment(): Environment {
  const env = new Environment({ unlistedVariablesAreDyn: false, limits: LIMITS });
  for (const type of ['string', 'bool', 'double', 'int']) env.registerOperator(`${type} == null`, () => false);
  env.registerOperator('double == int', (a: number, b: bigint) => a === Number(b));
  env.registerOperator('double + int', (a: number, b: bigint) => a + Number(b));
  env.registerOperator('double - int', (a: number, b: bigint) => a - Number(b));
  env.registerOperator('double * int', (a: number, b: bigint) => a * Number(b));
  env.registerFunction('daysBetween(string, string): double', (from: string, to: string) => daysBetween(from, to));
  return env;
}

const running = (() => {
  const env = newEnvironment();
  for (const operator of ['<', '<=', '>', '>=']) {
    for (const type of ['int', 'double', 'string']) {
      env.registerOperator(`null ${operator} ${type}`, () => false);
      env.registerOperator(`${type} ${operator} null`, () => false);
    }
  }
  for (const method of ['startsWith', 'endsWith', 'contains']) env.registerFunction(`null.${method}(string): bool`, () => false);
  for (const map of ['answers', 'facts', 'desk']) env.registerVariable(map, 'map<string, dyn>');
  return env
    .registerVariable('channel', 'string')
    .registerVariable('language', 'string')
    .registerVariable('hour', 'int')
    .registerVariable('today', 'string');
})();

/** Reads expressions of one flow: knows the names and types of its answers. */
export interface ExpressionReader {
  /** @returns the compiled expression, or a sentence that says what is wrong with it. */
  read(source: string, want: 'bool' | 'value'): Expression | { fault: string };
}

/**
 * Makes the reader for one flow.
 * @param answers type of each answer of the flow
 * @param choices for an answer given by choice, its possible values
 */
export function createExpressionReader(
  answers: ReadonlyMap<string, ValueType>,
  choices: ReadonlyMap<string, readonly string[]>,
): ExpressionReader {
  const checking = newEnvironment()
    .registerVariable('answers', { schema: Object.fromEntries(answers) })
    .registerVariable('facts', { schema: { locality: 'dyn', topic: 'dyn', private: 'bool' } })
    .registerVariable('desk', { schema: { open: 'bool', staffed: 'bool' } })
    .registerVariable('channel', 'string')
    .registerVariable('language', 'string')
    .registerVariable('hour', 'int')
    .registerVariable('today', 'string');
  return { read: (source, want) => readExpression(checking, source, want, answers, choices) };
}

function readExpression(
  checking: Environment,
  source: string,
  want: 'bool' | 'value',
  answers: ReadonlyMap<string, ValueType>,
  choices: ReadonlyMap<string, readonly string[]>,
): Expression | { fault: string } {
  const checked = checking.check(source);
  if (!checked.valid) return { fault: explain(source, checked.error?.summary ?? 'not an expression', answers) };
  const parsed = running.parse(source);
  const walked = walk(parsed.ast);
  const banned = walked.calls.find((call) => BANNED.has(call));
  if (banned) return { fault: `${banned}() is not allowed in "${source}": no macros and no matches()` };
  const stray = walked.compared.find(([name, literal]) => choices.has(name) && !choices.get(name)!.includes(literal));
  if (stray) return { fault: `answers.${stray[0]} is never "${stray[1]}"; its choices are ${choices.get(stray[0])!.join(', ')}` };
  const type = valueType(checked.type ?? 'dyn');
  if (type === null) return { fault: `"${source}" gives a ${checked.type}; a text, number or yes/no is needed` };
  if (want === 'bool' && type !== 'bool' && type !== 'dyn')
    return { fault: `a condition must be true or false, but "${source}" gives a ${type}` };
  return {
    source,
    type,
    reads: walked.reads,
    only: /^answers\.([a-z][a-z0-9_]*)$/.exec(source.trim())?.[1] ?? null,
    evaluate: (scope) => evaluate(parsed, scope, walked.reads),
  };
}

function evaluate(parsed: (scope: Scope) => unknown, scope: Scope, reads: readonly string[]): Value {
  try {
    const value = parsed(scope);
    return typeof value === 'bigint' ? Number(value) : (value as Value);
  } catch (cause) {
    if (reads.some((name) => scope.answers[name] === null)) return null;
    throw new AppError('engine.condition_failed', 'A condition or computed value failed.', { cause });
  }
}

function valueType(type: string): ValueType | null {
  if (type === 'int' || type === 'uint' || type === 'double') return 'double';
  if (type === 'string' || type === 'bool' || type === 'dyn') return type;
  return type === 'null' || type.startsWith('dyn') ? 'dyn' : null;
}

function explain(source: string, summary: string, answers: ReadonlyMap<string, ValueType>): string {
  const missing = /^No such key: (.+)$/.exec(summary)?.[1];
  if (missing !== undefined && source.includes(`answers.${missing}`))
    return `unknown answer "${missing}" in "${source}"; this flow's answers are ${[...answers.keys()].join(', ') || 'none'}`;
  return `"${source}": ${summary}`;
}

interface Walked {
  calls: string[];
  reads: string[];
  /** Pairs of an answer's name and a text it is compared with. */
  compared: [string, string][];
}

const isNode = (value: unknown): value is ASTNode => typeof value === 'object' && value !== null && 'op' in value;

function answerName(node: ASTNode): string | null {
  if (node.op !== '.' && node.op !== '[]') return null;
  const [object, key] = node.args;
  if (object.op !== 'id' || object.args !== 'answers') return null;
  if (typeof key === 'string') return key;
  return isNode(key) && key.op === 'value' && typeof key.args === 'string' ? key.args : null;
}

/** Literal texts of a value node or of a list of them. */
function literals(node: ASTNode): string[] {
  if (node.op === 'value') return typeof node.args === 'string' ? [node.args] : [];
  return node.op === 'list' ? node.args.flatMap(literals) : [];
}

function walk(root: ASTNode): Walked {
  const found: Walked = { calls: [], reads: [], compared: [] };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit);
    if (!isNode(value)) return;
    const name = answerName(value);
    if (name !== null && !found.reads.includes(name)) found.reads.push(name);
    if (value.op === 'call' || value.op === 'rcall') found.calls.push(value.args[0]);
    if (value.op === '==' || value.op === '!=' || value.op === 'in') {
      const [left, right] = value.args;
      for (const [side, other] of [
        [left, right],
        [right, left],
      ] as const) {
        const compared = answerName(side);
        if (compared !== null) for (const literal of literals(other)) found.compared.push([compared, literal]);
      }
    }
    visit(value.args);
  };
  visit(root);
  return found;
}
