// Expressions of RapidPro as a tree: `if(fields.age >= 18, "adult", "child")`. Called by expression.ts, which translates the tree.
// A sum, a comparison and a call of a function are read; look-ups with [ ] and arrows are not.

export type Tree =
  | { kind: 'number'; value: number }
  | { kind: 'text'; value: string }
  | { kind: 'bool'; value: boolean }
  | { kind: 'null' }
  | { kind: 'path'; path: string[] }
  | { kind: 'call'; name: string; args: Tree[] }
  | { kind: 'minus'; of: Tree }
  | { kind: 'binary'; operator: string; left: Tree; right: Tree };

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|("(?:[^"\\]|\\.|"")*")|([A-Za-z]\w*(?:\.\w+)*)|(<=|>=|!=|[-+*/^&=<>(),]))/y;
/** Weakest first. */
const OPERATORS = [['=', '!='], ['<', '<=', '>', '>='], ['&'], ['+', '-'], ['*', '/'], ['^']];
const MAX_DEPTH = 30;

interface Token {
  kind: 'number' | 'text' | 'name' | 'mark';
  value: string;
}

/** The tree of an expression, or null when it holds something that is not read. */
export function parseExpression(source: string): Tree | null {
  const tokens = tokenise(source);
  if (tokens === null) return null;
  const reader = new TokenReader(tokens);
  const tree = readLevel(reader, 0, 0);
  return tree !== null && reader.done() ? tree : null;
}

function tokenise(source: string): Token[] | null {
  const tokens: Token[] = [];
  const end = source.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const [, number, text, name, mark] = TOKEN.exec(source) ?? [];
    if (number !== undefined) tokens.push({ kind: 'number', value: number });
    else if (text !== undefined) tokens.push({ kind: 'text', value: unquote(text) });
    else if (name !== undefined) tokens.push({ kind: 'name', value: name });
    else if (mark !== undefined) tokens.push({ kind: 'mark', value: mark });
    else return null;
  }
  return tokens;
}

function unquote(text: string): string {
  const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r' };
  return text
    .slice(1, -1)
    .replaceAll(/""|\\(.)/gs, (whole, letter: string | undefined) => (whole === '""' ? '"' : (escapes[letter ?? ''] ?? letter ?? '')));
}

class TokenReader {
  #tokens: Token[];
  #at = 0;
  constructor(tokens: Token[]) {
    this.#tokens = tokens;
  }
  done(): boolean {
    return this.#at === this.#tokens.length;
  }
  take(): Token | undefined {
    return this.#tokens[this.#at++];
  }
  /** Takes the next mark when it is one of these. */
  mark(...marks: string[]): string | null {
    const next = this.#tokens[this.#at];
    if (next?.kind !== 'mark' || !marks.includes(next.value)) return null;
    this.#at += 1;
    return next.value;
  }
}

function readLevel(reader: TokenReader, level: number, depth: number): Tree | null {
  const operators = OPERATORS[level];
  if (operators === undefined) return readUnary(reader, depth);
  let left = readLevel(reader, level + 1, depth);
  for (let operator = reader.mark(...operators); left !== null && operator !== null; operator = reader.mark(...operators)) {
    const right = readLevel(reader, level + 1, depth);
    left = right === null ? null : { kind: 'binary', operator, left, right };
  }
  return left;
}

function readUnary(reader: TokenReader, depth: number): Tree | null {
  if (depth > MAX_DEPTH) return null;
  if (reader.mark('-') !== null) {
    const of = readUnary(reader, depth + 1);
    return of === null ? null : { kind: 'minus', of };
  }
  if (reader.mark('(') !== null) {
    const inner = readLevel(reader, 0, depth + 1);
    return reader.mark(')') === null ? null : inner;
  }
  const token = reader.take();
  if (token?.kind === 'number') return { kind: 'number', value: Number(token.value) };
  if (token?.kind === 'text') return { kind: 'text', value: token.value };
  if (token?.kind !== 'name') return null;
  const name = token.value.toLowerCase();
  if (reader.mark('(') !== null) return readCall(reader, name, depth);
  if (name === 'true' || name === 'false') return { kind: 'bool', value: name === 'true' };
  return name === 'null' ? { kind: 'null' } : { kind: 'path', path: name.split('.') };
}

function readCall(reader: TokenReader, name: string, depth: number): Tree | null {
  const args: Tree[] = [];
  if (reader.mark(')') !== null) return { kind: 'call', name, args };
  for (;;) {
    const arg = readLevel(reader, 0, depth + 1);
    if (arg === null) return null;
    args.push(arg);
    if (reader.mark(')') !== null) return { kind: 'call', name, args };
    if (reader.mark(',') === null) return null;
  }
}
