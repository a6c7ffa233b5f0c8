// What kind of file a refused upload held: read from the first bytes, so that the flow can offer a person. Used by routes.ts.
// The file itself is read past and forgotten; nothing of it is stored or logged.

import { typeByBytes } from '../../util/media/file-type.ts';

/** Enough to hold the activity part and the first file's headers. */
const PEEK_BYTES = 16_384;
/** What is read past at most, so that the client hears the refusal instead of a broken connection. */
const DRAIN_BYTES = 25_000_000;
const ACTIVITY_TYPE = 'application/vnd.microsoft.activity';

/** What is known of an upload without keeping it. */
export interface UploadPeek {
  contentType: string;
  /** What the client called its message, if it said so. */
  clientId: string | null;
}

/** Reads past an upload. Never fails: what cannot be read counts as a file of unknown type. */
export async function peekUpload(contentTypeHeader: string | undefined, body: ReadableStream<Uint8Array> | null): Promise<UploadPeek> {
  const head = body === null ? '' : await readHead(body).catch(() => '');
  const multipart = /^multipart\//i.test(contentTypeHeader ?? '');
  return {
    contentType: typeByBytes(multipart ? firstFile(head) : head),
    clientId: /"clientActivityID"\s*:\s*"([\x21\x23-\x5b\x5d-\x7e]{1,120})"/.exec(head)?.[1] ?? null,
  };
}

/** What follows the headers of the first part that is not the activity; empty where there is none. */
function firstFile(head: string): string {
  const boundary = /^--[^\r\n]{1,70}/.exec(head)?.[0];
  const parts = boundary === undefined ? [] : head.split(`${boundary}\r\n`).slice(1);
  const file = parts.find((part) => !headersOf(part).includes(ACTIVITY_TYPE));
  return file === undefined ? '' : file.slice(headersOf(file).length + 4);
}

function headersOf(part: string): string {
  const end = part.indexOf('\r\n\r\n');
  return (end === -1 ? part : part.slice(0, end)).toLowerCase();
}

async function readHead(body: ReadableStream<Uint8Array>): Promise<string> {
  let head = '';
  let total = 0;
  for await (const chunk of body) {
    if (head.length < PEEK_BYTES) head += Buffer.from(chunk).toString('latin1').slice(0, PEEK_BYTES);
    total += chunk.length;
    if (total > DRAIN_BYTES) break;
  }
  return head;
}
