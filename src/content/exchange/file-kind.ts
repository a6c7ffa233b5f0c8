// Tells what a file looks like that somebody brings as translations, so that a wrong one is refused with words that help.
// Called by decode-file.ts and the readers of each format. It looks at the beginning only and decides nothing else.

/** What a text looks like. */
export interface FileKind {
  /** The format of ours that it looks like; null when it is none of them. */
  format: 'po' | 'xliff' | 'json' | null;
  /** With its article: `a table (CSV)`. */
  name: string;
}

const SIGNATURES: [bytes: number[], name: string][] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a ZIP archive or an Office document (.xlsx, .docx, .odt)'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Office document (.xls, .doc)'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF'],
  [[0x1f, 0x8b], 'a compressed file (.gz)'],
  [[0xde, 0x12, 0x04, 0x95], 'a compiled MO file; its PO file is needed'],
  [[0x95, 0x04, 0x12, 0xde], 'a compiled MO file; its PO file is needed'],
  [[0x89, 0x50, 0x4e, 0x47], 'a picture (PNG)'],
  [[0xff, 0xd8, 0xff], 'a picture (JPEG)'],
];

const XML_KINDS: [pattern: RegExp, name: string][] = [
  [/<!doctype html|<html\b/i, 'a web page (HTML)'],
  [/<tmx\b/, 'a translation memory (TMX)'],
  [/<TS\b/, 'Qt translations (TS)'],
  [/<resources\b/, 'Android texts (XML)'],
  [/<root\b/, '.NET texts (RESX)'],
];

const TEXT_KINDS: [pattern: RegExp, name: string][] = [
  [/^\s*\{\\rtf/, 'a formatted document (RTF)'],
  [/^[^\n\t]*(?:\t[^\n\t]*){2}/, 'a table (TSV)'],
  [/^(?:[^\n,]*,){2}|^(?:[^\n;]*;){2}/, 'a table (CSV)'],
  [/^\s*(?:---|[\w.-]+:(?:\s|$))/, 'YAML'],
  [/^\s*(?:"[^"\n]*"|[\w.-]+)\s*=/, 'a list of `key = text` lines (properties or strings)'],
];

/** What bytes that are no text of a kind we read look like; null when they may be text. */
export function kindOfBytes(bytes: Uint8Array): string | null {
  const known = SIGNATURES.find(([signature]) => signature.every((byte, index) => bytes[index] === byte));
  if (known !== undefined) return known[1];
  const marked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (!marked && bytes.length > 1 && (bytes[0] === 0) !== (bytes[1] === 0)) {
    return 'UTF-16 without the mark at its beginning; save it as UTF-8';
  }
  return bytes.subarray(0, 1024).includes(0) && !marked ? 'a binary file' : null;
}

/** What a text looks like. */
export function kindOfText(text: string): FileKind {
  const start = text.slice(0, 4096).trimStart();
  if (start.startsWith('<')) {
    if (/<(?:\w+:)?xliff\b/.test(start)) return { format: 'xliff', name: 'XLIFF' };
    return { format: null, name: XML_KINDS.find(([pattern]) => pattern.test(start))?.[1] ?? 'another kind of XML' };
  }
  if (/^[{[](?!\\rtf)/.test(start)) return { format: 'json', name: 'JSON' };
  if (/(?:^|[\r\n])(?:#~\s*)?(?:msgid|msgctxt)\s/.test(text)) return { format: 'po', name: 'a PO file' };
  return { format: null, name: TEXT_KINDS.find(([pattern]) => pattern.test(start))?.[1] ?? 'something else' };
}
