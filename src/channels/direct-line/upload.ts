// What kind of file a refused upload held: read from the first bytes, so that the flow can offer a person. Used by routes.ts.
// The file itself is read past and forgotten; nothing of it is stored or logged.

/** Enough to hold the activity part and the first file's headers. */
const PEEK_BYTES = 16_384;
/** What is read past at most, so that the client hears the refusal instead of a broken connection. */
const DRAIN_BYTES = 25_000_000;
const ACTIVITY_TYPE = 'application/vnd.microsoft.activity';
const CONTENT_TYPE = /^[\w.+-]+\/[\w.+-]+$/;

/** What is known of an upload without keeping it. */
export interface UploadPeek {
  contentType: string;
  /** What the client called its message, if it said so. */
  clientId: string | null;
}

/** Reads past an upload. Never fails: what cannot be read counts as a file of unknown type. */
export async function peekUpload(contentTypeHeader: string | undefined, body: ReadableStream<Uint8Array> | null): Promise<UploadPeek> {
  const head = body === null ? '' : await readHead(body).catch(() => '');
  const own = contentTypeHeader?.split(';')[0]?.trim().toLowerCase() ?? '';
  const types = own.startsWith('multipart/')
    ? [...head.matchAll(/^content-type:\s*([^\s;]+)/gim)].map((match) => match[1]?.toLowerCase() ?? '')
    : [own];
  const contentType = types.find((type) => CONTENT_TYPE.test(type) && type !== ACTIVITY_TYPE && type.length <= 200);
  return {
    contentType: contentType ?? 'application/octet-stream',
    clientId: /"clientActivityID"\s*:\s*"([\x21\x23-\x5b\x5d-\x7e]{1,120})"/.exec(head)?.[1] ?? null,
  };
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
