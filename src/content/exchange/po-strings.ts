// The quoted strings of PO files: how a text is written as some, and how one line of them is read.
// Called by po.ts and po-entries.ts.

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', a: '\u0007', b: '\b', f: '\f', v: '\v', '"': '"', '\\': '\\' };
const ESCAPED = new Map([...'ntr"\\'].map((letter) => [ESCAPES[letter] ?? '', `\\${letter}`]));

/** A text as PO writes it after a keyword; one of several lines starts with an empty string, as editors write it. */
export function quotePo(text: string): string {
  const lines = text.toWellFormed().split(/(?<=\n)/);
  const quoted = lines.map((line) => `"${line.replace(/["\\\n\t\r]|[\p{Cc}--[\n\t\r\x7f-\x9f]]|\x7f/gv, escape)}"`);
  return quoted.length > 1 ? ['""', ...quoted].join('\n') : (quoted[0] ?? '""');
}

function escape(character: string): string {
  return ESCAPED.get(character) ?? `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
}

/** The text of one or more quoted strings on a line, or what is wrong with them. */
export function readPoStrings(line: string): { text: string } | { fault: string } {
  let text = '';
  let at = 0;
  while (at < line.length) {
    if (line[at] !== '"') return { fault: 'something stands beside the quoted text; a quote inside a text is written \\".' };
    let end = at + 1;
    while (end < line.length && line[end] !== '"') end += line[end] === '\\' ? 2 : 1;
    if (end >= line.length) return { fault: 'the closing quote of this text is missing.' };
    const part = unescape(line.slice(at + 1, end));
    if (part === null) return { fault: 'a backslash stands before a letter that it does not go with; write \\\\ for a backslash.' };
    text += part;
    at = end + 1;
    while (line[at] === ' ' || line[at] === '\t') at += 1;
  }
  return { text };
}

function unescape(inside: string): string | null {
  if (!inside.includes('\\')) return inside;
  let known = true;
  const text = inside.replace(/\\(?:([0-7]{1,3})|x([0-9a-fA-F]{1,2})|([^]))/gu, (_, octal?: string, hex?: string, letter?: string) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    const character = ESCAPES[letter ?? ''];
    known &&= character !== undefined;
    return character ?? '';
  });
  return known ? text : null;
}
