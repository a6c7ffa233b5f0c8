// Reads a webhook's body as the exact text that was signed. Called by every channel with routes.
// Counts bytes as they stream, so that a lying Content-Length or an endless body costs at most the limit.
import { AppError } from '../domain/errors.ts';

/** Largest webhook body that is read, in bytes. */
export const MAX_BODY_BYTES = 64 * 1024;

/** Invalid UTF-8 is an error and a byte order mark stays: two different bodies must never read as the same text. */
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads the whole body as text.
 * @param request the request, its body not yet read
 * @param maxBytes limit in bytes
 * @throws AppError channel.too_large above the limit; channel.bad_request when it is not UTF-8
 */
export async function readBody(request: Request, maxBytes: number = MAX_BODY_BYTES): Promise<string> {
  const bytes = await readBytes(request, maxBytes);
  try {
    return decoder.decode(bytes);
  } catch {
    throw new AppError('channel.bad_request', 'The body is not valid UTF-8 text.');
  }
}

async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const length = request.headers.get('content-length');
  if (Number(length ?? 0) > maxBytes) throw tooLarge(maxBytes);
  // Node reads no more than it was told of, so such a body needs no stream to be counted; a stream costs more than all the rest.
  if (length !== null && !request.headers.has('transfer-encoding')) {
    const bytes = new Uint8Array(await request.arrayBuffer());
    if (bytes.length > maxBytes) throw tooLarge(maxBytes);
    return bytes;
  }
  if (request.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop by a throw cancels the stream.
  for await (const chunk of request.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(maxBytes: number): AppError {
  return new AppError('channel.too_large', `The body is larger than ${maxBytes} bytes.`);
}
