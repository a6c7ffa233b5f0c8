// Changes the text of a JSON file so that it says another object, touching only the keys that changed; the order of keys stays and new ones
// come last. Called by write-entries.ts. A file that looks as JSON.stringify writes it, with two spaces, looks so afterwards.
import type { Json } from '../release/entry.ts';
import { isJsonList, isJsonObject, sameJson } from '../release/same-json.ts';
import type { JsonObject } from '../release/same-json.ts';

interface Member {
  key: string;
  keyStart: number;
  from: number;
  to: number;
}

interface Splice {
  from: number;
  to: number;
  text: string;
}

/** The text of a file that holds `before`, changed so that it says `after`. */
export function editJson(text: string, before: Json, after: Json): string {
  if (sameJson(before, after)) return text;
  const whole = writeWholeJson(inOrderOf(before, after));
  if (text === writeWholeJson(before) || !isJsonObject(before) || !isJsonObject(after)) return whole;
  const splices = editObject(text, text.indexOf('{'), before, after);
  let result = '';
  let done = 0;
  for (const splice of splices.toSorted((a, b) => a.from - b.from)) {
    result += text.slice(done, splice.from) + splice.text;
    done = splice.to;
  }
  result += text.slice(done);
  return says(result, after) ? result : whole;
}

/** A whole file. */
export function writeWholeJson(value: Json): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function editObject(text: string, at: number, before: JsonObject, after: JsonObject): Splice[] {
  const members = membersOf(text, at);
  const keeps = ({ key }: Member): boolean => Object.hasOwn(after, key);
  const added = Object.keys(after).filter((key) => !Object.hasOwn(before, key));
  const last = members.at(-1);
  if (last === undefined || !members.some(keeps)) {
    return [
      {
        from: at,
        to: valueEnd(text, at),
        text: writeJson(after, indentAt(text, at), !text.slice(at, valueEnd(text, at)).includes('\n') && added.length === 0),
      },
    ];
  }
  const firstKept = members.findIndex(keeps);
  const splices = members.flatMap((member, index): Splice[] => {
    const value = after[member.key];
    if (!keeps(member) || value === undefined) {
      if (index < firstKept) return [{ from: member.keyStart, to: members[index + 1]?.keyStart ?? member.to, text: '' }];
      return [{ from: members[index - 1]?.to ?? member.from, to: member.to, text: '' }];
    }
    const old = before[member.key];
    if (sameJson(old, value)) return [];
    if (isJsonObject(old) && isJsonObject(value) && text[member.from] === '{') return editObject(text, member.from, old, value);
    const indent = indentAt(text, member.keyStart);
    return [
      {
        from: member.from,
        to: member.to,
        text: writeJson(value, indent, isInline(text, [member], value) ?? isInline(text, members, value) ?? isJsonList(value)),
      },
    ];
  });
  const lines = startsLine(text, last.keyStart);
  const indent = indentAt(text, last.keyStart);
  const news = added.map((key) => {
    const value = after[key] ?? null;
    const written = writeJson(value, indent, isInline(text, members, value) ?? (isJsonList(value) || !lines));
    return `,${lines ? `\n${indent}` : ' '}${JSON.stringify(key)}: ${written}`;
  });
  return news.length === 0 ? splices : [...splices, { from: last.to, to: last.to, text: news.join('') }];
}

/** Whether values of the same form are written on one line there; undefined where there are none. */
function isInline(text: string, members: readonly Member[], value: Json): boolean | undefined {
  const open = isJsonList(value) ? '[' : isJsonObject(value) ? '{' : null;
  const others = members.map(({ from, to }) => text.slice(from, to)).filter((other) => other[0] === open && other.length > 2);
  return others.length === 0 ? undefined : others.every((other) => !other.includes('\n'));
}

function writeJson(value: Json, indent: string, inline: boolean): string {
  const inner = `${indent}  `;
  const join = (parts: string[], open: string, close: string, space: string): string => {
    if (parts.length === 0) return open + close;
    return inline
      ? `${open}${space}${parts.join(', ')}${space}${close}`
      : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
  };
  if (isJsonList(value))
    return join(
      value.map((item) => writeJson(item, inner, inline)),
      '[',
      ']',
      '',
    );
  if (!isJsonObject(value)) return JSON.stringify(value);
  return join(
    Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${writeJson(item, inner, inline || isJsonList(item))}`),
    '{',
    '}',
    ' ',
  );
}

/** The members of the object that opens at an offset of valid JSON. */
function membersOf(text: string, at: number): Member[] {
  const members: Member[] = [];
  let offset = skipSpace(text, at + 1);
  while (offset < text.length && text[offset] !== '}') {
    const keyEnd = valueEnd(text, offset);
    const from = skipSpace(text, skipSpace(text, keyEnd) + 1);
    const to = valueEnd(text, from);
    members.push({ key: String(JSON.parse(text.slice(offset, keyEnd))), keyStart: offset, from, to });
    offset = skipSpace(text, to);
    if (text[offset] === ',') offset = skipSpace(text, offset + 1);
  }
  return members;
}

/** Behind the value that begins at an offset of valid JSON. */
function valueEnd(text: string, at: number): number {
  const token = /"(?:[^"\\]|\\.)*"|[[\]{}]|[^\s",:[\]{}]+/gs;
  token.lastIndex = at;
  let depth = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    if (match[0] === '{' || match[0] === '[') depth += 1;
    else if (match[0] === '}' || match[0] === ']') depth -= 1;
    if (depth === 0) return token.lastIndex;
  }
  return text.length;
}

function skipSpace(text: string, at: number): number {
  let offset = at;
  while (/[ \t\r\n]/.test(text[offset] ?? '')) offset += 1;
  return offset;
}

function startsLine(text: string, at: number): boolean {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, at).trim() === '';
}

/** The spaces at the beginning of the line that an offset is in. */
function indentAt(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1, at))?.[0] ?? '';
}

/** The same value with the keys of objects in the order that they had. */
function inOrderOf(before: Json | undefined, after: Json): Json {
  if (!isJsonObject(before) || !isJsonObject(after)) return after;
  const keys = new Set([...Object.keys(before).filter((key) => Object.hasOwn(after, key)), ...Object.keys(after)]);
  return Object.fromEntries(
    [...keys].map((key) => [key, inOrderOf(Object.hasOwn(before, key) ? before[key] : undefined, after[key] ?? null)]),
  );
}

function says(text: string, value: Json): boolean {
  try {
    return sameJson(JSON.parse(text) as Json, value);
  } catch {
    return false;
  }
}
