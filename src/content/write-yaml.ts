// Writes values as YAML in the manner of the files under flows/: blocks for what is long, one line for what is short, single quotes only
// where they are needed. Called by edit-yaml.ts. Knows nothing of what a value means.
import { parse } from 'yaml';
import type { Json } from '../release/entry.ts';
import { isJsonList, isJsonObject } from '../release/same-json.ts';

/** How a value was written before, which a new one follows where it can. */
export interface YamlStyle {
  /** In one line, between brackets. */
  flow?: boolean;
  /** Between quotes of this kind. */
  quotes?: 'single' | 'double';
  /** Something stands behind the value on its line, so that a block of text is not possible. */
  followed?: boolean;
}

/** One line of this length is still read easily. */
const SHORT_LINE = 100;
/** What was on one line stays on one line up to here. */
const LONG_LINE = 160;

/** What stands behind `key:` for a value, from the space or line break on; `column` is the key's, from 0. No line break at the end. */
export function afterKey(value: Json, column: number, style: YamlStyle = {}): string {
  const line = oneLine(value, column, style);
  if (line !== null) return ` ${line}`;
  if (typeof value === 'string') return ` ${literal(value, column + 2)}`;
  const inner = column + 2;
  return `\n${' '.repeat(inner)}${block(value, inner)}`;
}

/** What stands behind the `-` of a list's item, from the space on; `column` is the dash's. `asBlock`: a mapping is written one key a line. */
export function afterDash(value: Json, column: number, style: YamlStyle & { asBlock?: boolean } = {}): string {
  const asBlock = style.asBlock === true && isJsonObject(value) && Object.keys(value).length > 0;
  const line = asBlock ? null : oneLine(value, column, style);
  if (line !== null) return ` ${line}`;
  return ` ${typeof value === 'string' ? literal(value, column + 2) : block(value, column + 2)}`;
}

/** A value as a block whose first line begins where the caller stands and whose others begin at the column. `asBlock` is for the items of a list. */
export function block(value: Json, column: number, asBlock = false): string {
  const pad = `\n${' '.repeat(column)}`;
  if (isJsonList(value) && value.length > 0) return value.map((item) => `-${afterDash(item, column, { asBlock })}`).join(pad);
  if (isJsonObject(value) && Object.keys(value).length > 0) {
    return Object.entries(value)
      .map(([key, inner]) => writePair(key, inner, column))
      .join(pad);
  }
  return flowText(value);
}

/** `key: value` as it stands in a block at the column. */
export function writePair(key: string, value: Json, column: number): string {
  return `${scalar(key, true)}:${afterKey(value, column)}`;
}

/** How a file as a whole is written. */
export interface FileStyle {
  /** The key of the list that the file is about; empty where the file is the list. */
  listAt: string;
  /** Each item of the list is a block, one key a line. */
  asBlocks: boolean;
  /** An empty line stands between the items. */
  spaced: boolean;
}

/** A whole file, with a line break at the end. */
export function wholeYaml(value: Json, { listAt, asBlocks, spaced }: FileStyle): string {
  if (isJsonList(value) && value.length > 0) {
    return value.map((item) => `-${afterDash(item, 0, { asBlock: asBlocks && listAt === '' })}\n`).join(spaced ? '\n' : '');
  }
  if (!isJsonObject(value) || Object.keys(value).length === 0) return `${block(value, 0)}\n`;
  return Object.entries(value)
    .map(([key, inner]) => {
      const isList = key === listAt && isJsonList(inner) && inner.length > 0;
      return isList ? `${scalar(key, true)}:\n  ${block(inner, 2, asBlocks)}\n` : `${writePair(key, inner, 0)}\n`;
    })
    .join('');
}

/** The value on one line; null where it is better, or only, written as a block. */
function oneLine(value: Json, column: number, { flow, quotes, followed }: YamlStyle): string | null {
  if (typeof value === 'string' && value.includes('\n') && followed !== true && fitsLiteral(value)) return null;
  if (!isJsonList(value) && !isJsonObject(value)) return scalar(value, false, quotes);
  const items = Object.values(value);
  if (items.length === 0) return isJsonList(value) ? '[]' : '{}';
  const isScalar = (item: Json): boolean => !isJsonList(item) && !isJsonObject(item);
  const simple = (item: Json): boolean => isScalar(item) || (isJsonObject(value) && isJsonList(item) && item.every(isScalar));
  const text = flowText(value);
  const longest = flow === true ? LONG_LINE : SHORT_LINE;
  return column + text.length <= longest && (flow === true || items.every(simple)) ? text : null;
}

function flowText(value: Json): string {
  if (isJsonList(value)) return `[${value.map(flowText).join(', ')}]`;
  if (!isJsonObject(value)) return scalar(value, true);
  const pairs = Object.entries(value).map(([key, inner]) => `${scalar(key, true)}: ${flowText(inner)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

function scalar(value: Json, inFlow: boolean, quotes?: 'single' | 'double'): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (/\p{Cc}|[\u2028\u2029\uFEFF]|\p{Cs}/u.test(value) || quotes === 'double') return doubleQuoted(value);
  return quotes === undefined && isPlain(value, inFlow) ? value : `'${value.replaceAll("'", "''")}'`;
}

/** JSON's way of quoting is YAML's, but for a few characters that YAML does not take as they are. */
function doubleQuoted(value: string): string {
  return JSON.stringify(value).replaceAll(
    /[\u007f-\u009f\u2028\u2029\uFEFF]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Whether a string may stand without quotes, and no reader or older parser takes it for a number, a date, a truth value or a mark. */
function isPlain(value: string, inFlow: boolean): boolean {
  if (value === '' || value.trim() !== value || /^[-?:,[\]{}#&*!|>'"%@`<=~.]/.test(value)) return false;
  if (/: | #|:$/.test(value) || (inFlow && /[,[\]{}"':]/.test(value))) return false;
  if (/^(true|false|yes|no|on|off|null|y|n)$/i.test(value) || /^[\d.+-][\d.,:+_a-fotxzTZ -]*$/i.test(value)) return false;
  try {
    return parse(value) === value;
  } catch {
    return false;
  }
}

function fitsLiteral(value: string): boolean {
  return !/^[ \n]|[^\P{Cc}\n]|[ \t]\n|[ \t]$|\n\n$|[\u2028\u2029\uFEFF]|\p{Cs}/u.test(value);
}

function literal(value: string, column: number): string {
  const pad = ' '.repeat(column);
  const lines = value.replace(/\n$/, '').split('\n');
  return [value.endsWith('\n') ? '|' : '|-', ...lines.map((line) => (line === '' ? '' : `${pad}${line}`))].join('\n');
}
