// Turns the bytes of a translator's file into text: UTF-8 or UTF-16 by its mark, or the charset that the file itself declares.
// Called by the readers of each format. It refuses what is too big, empty, no text, or not in the charset that it claims.
import { kindOfBytes, kindOfText } from './file-kind.ts';
import type { FileKind } from './file-kind.ts';
import { refuse } from './read-result.ts';
import type { ReadFailure } from './read-result.ts';

/** 10 MB: all texts of a language beside their sources take less than one. */
export const MAX_EXCHANGE_BYTES = 10 * 1024 * 1024;
/** Where a file declares its charset, it does so before this. */
const DECLARED_WITHIN = 8192;

export interface FileFormat {
  format: NonNullable<FileKind['format']>;
  /** With its article: `a PO file`. */
  name: string;
  /** The charset that the beginning of the file, read byte by byte, declares; null when none. */
  charsetOf?: (start: string) => string | null;
}

/** The file's text, when it looks like the format or like nothing that is known. */
export function decodeFile(bytes: Uint8Array, format: FileFormat): { ok: true; text: string } | ReadFailure {
  if (bytes.length > MAX_EXCHANGE_BYTES) {
    return refuse('exchange.too_big', `This file is larger than ${MAX_EXCHANGE_BYTES / 1024 / 1024} MB; split it by namespace.`);
  }
  const binary = kindOfBytes(bytes);
  if (binary !== null) return refuse('exchange.format', `This is not ${format.name}: it looks like ${binary}.`);
  const decoded = decode(bytes, format);
  if (!decoded.ok) return decoded;
  if (decoded.text.trim() === '') return refuse('exchange.empty', 'This file is empty.');
  const kind = kindOfText(decoded.text);
  if (kind.format === format.format || kind.name === 'something else') return decoded;
  const hint = kind.format === null ? '' : ' Choose that format instead.';
  return refuse('exchange.format', `This is not ${format.name}: it looks like ${kind.name}.${hint}`);
}

function decode(bytes: Uint8Array, format: FileFormat): { ok: true; text: string } | ReadFailure {
  const mark = markedCharset(bytes);
  const start = mark === null ? new TextDecoder('latin1').decode(bytes.subarray(0, DECLARED_WITHIN)) : '';
  const declared = format.charsetOf?.(start) ?? null;
  // What could be read so far byte by byte is no UTF-16, whatever it says: it has been saved anew since.
  const label = mark ?? (declared === null || /^(?:utf-?16|charset$)/i.test(declared) ? 'utf-8' : declared);
  let decoder;
  try {
    decoder = new TextDecoder(label, { fatal: true });
  } catch {
    return refuse(
      'exchange.charset',
      `This file says that its charset is "${label.slice(0, 40)}", which is not known here; save it as UTF-8.`,
    );
  }
  try {
    return { ok: true, text: decoder.decode(bytes) };
  } catch {
    const line = new TextDecoder(label).decode(bytes).split('\ufffd', 1)[0]?.split('\n').length ?? 1;
    return refuse('exchange.encoding', `This file is not ${decoder.encoding.toUpperCase()}, from line ${line} on; save it as UTF-8.`, line);
  }
}

function markedCharset(bytes: Uint8Array): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : null;
}
