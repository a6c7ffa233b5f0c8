// The text of a file of a directory, or why it cannot be read. Called by services-of-files.ts; does not look into what it says.
import type { HsdsNote } from './report.ts';

/** A file as it was given. */
export interface GivenFile {
  /** With or without folders. */
  name: string;
  bytes: Uint8Array;
}

/** One file may be this long. */
export const MAX_FILE_BYTES = 10_000_000;

/** The file as text without a byte order mark, or the error. */
export function readText({ name, bytes }: GivenFile): { text: string } | { error: HsdsNote } {
  if (bytes.byteLength > MAX_FILE_BYTES) {
    return error(name, 'file.too_large', 'This file is over 10 MB. Split it into several files of services and import them one by one.');
  }
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // UTF-16 of plain letters passes for UTF-8 with a zero between any two of them.
    if (!text.includes('\0')) return { text };
  } catch {
    // Said below.
  }
  return error(name, 'file.encoding', 'This file is not UTF-8 text. Save it again with the encoding UTF-8 ("CSV UTF-8" in a spreadsheet).');
}

function error(record: string, code: string, message: string): { error: HsdsNote } {
  return { error: { severity: 'error', code, message, record } };
}
