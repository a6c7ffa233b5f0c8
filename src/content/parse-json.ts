// Reads one strict JSON file into a plain value that knows its lines, and says where and why it is not JSON.
// Called by load-files.ts for texts; a key that stands twice is refused, which JSON.parse would pass over in silence.
import { errorAt } from '../release/problem.ts';
import type { Position, Problem } from '../release/problem.ts';
import type { SourceFile } from '../release/source.ts';

/** A value's place, with the places of what is inside it. */
interface Spot {
  offset: number;
  keys?: Map<string, { keyOffset: number; spot: Spot }>;
  items?: Spot[];
}

class JsonFault extends Error {
  readonly offset: number;
  readonly code: string;
  constructor(offset: number, message: string, code = 'file.json') {
    super(message);
    this.offset = offset;
    this.code = code;
  }
}

const MAX_DEPTH = 50;

/**
 * The file's value of a text that was read before, as those of a stored release were: its places are found out when first asked.
 * @throws SyntaxError when it is not JSON after all
 */
export function parseKnownJson(path: string, text: string): { file: SourceFile } {
  let spot: Spot | null = null;
  const positionOf = positions(path, text);
  return {
    file: {
      path,
      value: JSON.parse(text) as unknown,
      at: (keys, key) => positionOf(find((spot ??= new Scanner(text).document()), keys, key)),
    },
  };
}

/** The file's value, or where it stops being JSON. */
export function parseJson(path: string, text: string): { file: SourceFile } | { problems: Problem[] } {
  const scanner = new Scanner(text);
  const positionOf = positions(path, text);
  try {
    const spot = scanner.document();
    const value: unknown = JSON.parse(text);
    return { file: { path, value, at: (keys, key) => positionOf(find(spot, keys, key)) } };
  } catch (fault) {
    if (!(fault instanceof JsonFault)) throw fault;
    return { problems: [errorAt(positionOf(fault.offset), fault.code, fault.message)] };
  }
}

/** Tells line and column of an offset. Where lines begin is found out when first asked: most files are never asked. */
function positions(file: string, text: string): (offset: number) => Position {
  let lineStarts: number[] | null = null;
  return (offset) => {
    lineStarts ??= [0, ...Array.from(text.matchAll(/\n/g), (match) => match.index + 1)];
    let line = 0;
    for (let after = lineStarts.length; after - line > 1;) {
      const middle = (line + after) >> 1;
      if ((lineStarts[middle] ?? 0) <= offset) line = middle;
      else after = middle;
    }
    return { file, line: line + 1, column: offset - (lineStarts[line] ?? 0) + 1 };
  };
}

function find(root: Spot, path: readonly PropertyKey[], key: string | undefined): number {
  let spot = root;
  for (const step of path) {
    const inner: Spot | undefined = typeof step === 'number' ? spot.items?.[step] : spot.keys?.get(String(step))?.spot;
    if (inner === undefined) return spot.offset;
    spot = inner;
  }
  return key === undefined ? spot.offset : (spot.keys?.get(key)?.keyOffset ?? spot.offset);
}

/** Walks strict JSON (RFC 8259) once, noting where each value begins. */
class Scanner {
  readonly text: string;
  private offset = 0;

  constructor(text: string) {
    this.text = text;
  }

  document(): Spot {
    const spot = this.value(0);
    this.skipSpace();
    if (this.offset < this.text.length) this.fail('something stands after the end of the JSON; remove it.');
    return spot;
  }

  private value(depth: number): Spot {
    if (depth > MAX_DEPTH) this.fail(`values are nested more than ${MAX_DEPTH} deep.`);
    this.skipSpace();
    const offset = this.offset;
    const character = this.text[offset];
    if (character === '{') return this.object(offset, depth);
    if (character === '[') return this.array(offset, depth);
    if (character === '"') this.string();
    else if (!this.take(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y)) {
      if (character === undefined) this.fail('the file ends too early; a closing } or ] is missing.');
      else if (character === "'" || character === '“' || character === '”') this.fail('write straight double quotes (") around a text.');
      else if (character === '}' || character === ']') this.fail('a value is missing here; is there a comma too many before it?');
      else this.fail('a value was expected here: a text in double quotes, a number, true, false, null, { or [.');
    }
    return { offset };
  }

  private object(offset: number, depth: number): Spot {
    const keys = new Map<string, { keyOffset: number; spot: Spot }>();
    this.offset += 1;
    this.skipSpace();
    if (this.text[this.offset] !== '}') {
      do {
        this.skipSpace();
        const keyOffset = this.offset;
        if (this.text[keyOffset] !== '"') this.fail('a key in double quotes was expected here; is there a comma too many before it?');
        const key = this.string();
        if (keys.has(key)) {
          throw new JsonFault(keyOffset, `The key "${key}" stands twice in this file; keep one of them.`, 'file.duplicate_key');
        }
        this.skipSpace();
        if (this.text[this.offset] !== ':') this.fail('a colon was expected after the key.');
        this.offset += 1;
        keys.set(key, { keyOffset, spot: this.value(depth + 1) });
      } while (this.comma('}'));
    }
    this.offset += 1;
    return { offset, keys };
  }

  private array(offset: number, depth: number): Spot {
    const items: Spot[] = [];
    this.offset += 1;
    this.skipSpace();
    if (this.text[this.offset] !== ']') {
      do items.push(this.value(depth + 1));
      while (this.comma(']'));
    }
    this.offset += 1;
    return { offset, items };
  }

  /** True after a comma, false at the closing bracket. */
  private comma(close: string): boolean {
    this.skipSpace();
    const character = this.text[this.offset];
    if (character === close) return false;
    if (character !== ',') this.fail(`a comma or ${close} was expected here; is a comma missing at the end of the line before?`);
    this.offset += 1;
    return true;
  }

  private string(): string {
    const start = this.offset;
    if (!this.take(/"(?:(?!["\\])\P{Cc}|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy)) {
      this.fail('this text does not end properly: close it with " on the same line, and write \\n for a new line and \\" for a quote.');
    }
    return JSON.parse(this.text.slice(start, this.offset)) as string;
  }

  private take(pattern: RegExp): boolean {
    pattern.lastIndex = this.offset;
    const match = pattern.exec(this.text);
    if (match === null) return false;
    this.offset += match[0].length;
    return true;
  }

  private skipSpace(): void {
    this.take(/[ \t\r\n]*/y);
  }

  private fail(reason: string): never {
    throw new JsonFault(this.offset, `This is not valid JSON: ${reason}`);
  }
}
