// i18next JSON v4 for translators: `{ "<namespace>": { "<key>": text } }`, or one namespace alone, as locales/ keeps them.
// Called for export and import of texts. JSON has no place for states and sources: they go into objects of their own when asked.
// Keys are flat when written; nested ones are read as if joined by dots.
import { z } from 'zod';
import { TEXT_STATES } from '../../api/content-shapes.ts';
import type { SourceFile } from '../../release/source.ts';
import { parseJson } from '../parse-json.ts';
import { decodeFile } from './decode-file.ts';
import { firstProblems, refuse } from './read-result.ts';
import type { ExchangeProblem, ReadResult, ReadRow } from './read-result.ts';
import { namespaceOf } from './text-row.ts';
import type { TextExchange, TextRow, Words } from './text-row.ts';

/** What stands at the top of a file beside its texts. States and hashes are by `namespace:key`. */
const Beside = z.object({
  $release: z.int().positive().nullable().catch(null),
  $language: z.string().max(40).nullable().catch(null),
  $states: z.record(z.string(), z.enum(TEXT_STATES)).catch({}),
  $sourceHashes: z.record(z.string(), z.string().regex(/^[0-9a-f]{8}$/)).catch({}),
});
const RESERVED: ReadonlySet<string> = new Set(['$schema', ...Object.keys(Beside.shape)]);

/**
 * A JSON file with all rows; texts that are missing stand there empty.
 * @param options `namespace`: only that one, without its name around it; `states`: with states, hashes of sources, language and release
 */
export function writeI18next(exchange: TextExchange, options: { namespace?: string; states?: boolean } = {}): string {
  const { namespace } = options;
  const rows = exchange.rows.filter((row) => namespace === undefined || namespaceOf(row.key) === namespace);
  const groups = Map.groupBy(rows, (row) => namespaceOf(row.key));
  const texts: [string, unknown][] =
    namespace === undefined ? [...groups].map(([name, group]) => [name, Object.fromEntries(group.map(entryOf))]) : rows.map(entryOf);
  const beside: [string, unknown][] = [
    ['$release', exchange.release],
    ['$language', exchange.language],
    ['$states', Object.fromEntries(rows.map((row) => [row.key, row.state]))],
    ['$sourceHashes', Object.fromEntries(rows.map((row) => [row.key, row.sourceHash]))],
  ];
  const json = JSON.stringify(Object.fromEntries([...texts, ...(options.states === true ? beside : [])]), null, 2);
  // The control characters that JSON would take as they are: not everything that reads it does.
  return `${json.replace(/[\x7f-\x9f]/gu, (character) => `\\u00${character.charCodeAt(0).toString(16)}`)}\n`;
}

function entryOf(row: TextRow): [string, string | string[]] {
  return [row.key.slice(row.key.indexOf(':') + 1), row.target ?? (Array.isArray(row.source) ? [] : '')];
}

/**
 * Reads a JSON file with texts.
 * @param options `namespace` when the file's name says that it holds one namespace of the release: `welcome.json`
 */
export function readI18next(bytes: Uint8Array, options: { namespace?: string } = {}): ReadResult {
  const decoded = decodeFile(bytes, { format: 'json', name: 'JSON' });
  if (!decoded.ok) return decoded;
  const parsed = parse(decoded.text);
  if ('problems' in parsed) return { ok: false, problems: firstProblems(parsed.problems) };
  const { file } = parsed;
  if (!isObject(file.value)) return refuse('json.shape', 'A file of texts is a JSON object: { "welcome": { "hello": "…" } }.', 1);
  const { texts, stray } = namespacesOf(file.value, options.namespace);
  if (stray !== null) {
    const message = `"${stray.slice(0, 60)}" stands at the top of this file, which holds namespaces: name the file after its namespace (welcome.json), or put the texts into one.`;
    return refuse('json.namespace', message, file.at([], stray).line);
  }
  const reader = new Reader(file);
  for (const { namespace, path, value } of texts) reader.read(namespace, '', path, value);
  const beside = Beside.parse({ $release: null, $language: null, $states: {}, $sourceHashes: {}, ...file.value });
  return {
    ok: true,
    language: beside.$language,
    release: beside.$release,
    rows: rowsOf(reader.rows, beside),
    problems: firstProblems(reader.problems),
  };
}

function rowsOf(texts: ReadonlyMap<string, Words>, beside: z.output<typeof Beside>): ReadRow[] {
  const states = new Map(Object.entries(beside.$states));
  const hashes = new Map(Object.entries(beside.$sourceHashes));
  return [...texts].map(([key, target]) => ({
    key,
    target,
    state: states.get(key) ?? null,
    sourceHash: hashes.get(key) ?? null,
    source: null,
  }));
}

function parse(text: string): { file: SourceFile } | { problems: ExchangeProblem[] } {
  try {
    const parsed = parseJson('', text);
    if ('file' in parsed) return parsed;
    return { problems: parsed.problems.map(({ code, message, line }) => ({ severity: 'error', code, message, line })) };
  } catch (fault) {
    // What reads a string in one go runs out of room at some millions of characters.
    if (!(fault instanceof RangeError)) throw fault;
    return { problems: refuse('json.too_long', 'A text of this file has millions of characters; no message is that long.').problems };
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The file's namespaces with their texts; `stray` is a text where only namespaces may stand. */
function namespacesOf(
  file: Record<string, unknown>,
  only: string | undefined,
): { texts: { namespace: string; path: string[]; value: unknown }[]; stray: string | null } {
  const top = Object.entries(file).filter(([key]) => !RESERVED.has(key));
  const wrapped = top.length === 1 && top[0]?.[0] === only && isObject(top[0]?.[1]);
  if (only !== undefined && !wrapped) return { texts: [{ namespace: only, path: [], value: Object.fromEntries(top) }], stray: null };
  const stray = top.find(([, value]) => !isObject(value))?.[0] ?? null;
  return { texts: top.map(([namespace, value]) => ({ namespace, path: [namespace], value })), stray };
}

/** Takes the texts out of objects, however they are nested. */
class Reader {
  readonly rows = new Map<string, Words>();
  readonly problems: ExchangeProblem[] = [];
  private readonly seen = new Set<string>();
  private readonly file: SourceFile;

  constructor(file: SourceFile) {
    this.file = file;
  }

  read(namespace: string, name: string, path: PropertyKey[], value: unknown): void {
    if (isObject(value)) {
      for (const [key, inner] of Object.entries(value)) this.read(namespace, name === '' ? key : `${name}.${key}`, [...path, key], inner);
      return;
    }
    const key = `${namespace}:${name}`;
    const words = wordsOf(value);
    if (words === undefined) {
      this.fail('json.not_text', `"${key}" is neither a text nor a list of texts, so it is not taken; put it in double quotes.`, key, path);
    } else if (this.seen.has(key)) {
      this.rows.delete(key);
      const message = `"${key}" stands twice in this file, once with dots and once nested, so neither is taken; keep one of them.`;
      this.fail('exchange.duplicate_key', message, key, path);
    } else this.rows.set(key, words);
    this.seen.add(key);
  }

  private fail(code: string, message: string, key: string, path: PropertyKey[]): void {
    const line = this.file.at(path.slice(0, -1), String(path.at(-1))).line;
    this.problems.push({ severity: 'error', code, message, line, key });
  }
}

/** Undefined for what is neither a text nor a list of texts. */
function wordsOf(value: unknown): Words | undefined {
  if (value === null || value === '') return null;
  if (typeof value === 'string') return value;
  if (!Array.isArray(value) || !value.every((item) => typeof item === 'string')) return undefined;
  const items = value.filter((item) => item !== '');
  return items.length === 0 ? null : items;
}
