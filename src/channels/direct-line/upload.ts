// Uploads: while people have the conversation, pictures and voice notes are taken in without what they tell of a person; otherwise
// only what kind of file it was is told, so that the flow can offer a person. Used by routes.ts. Nothing is logged, and what
// is not for people is read past and forgotten.
import { cleanMedia, isAsClaimed } from '../../util/media/clean-media.ts';
import { typeByBytes } from '../../util/media/file-type.ts';
import type { Media } from '../../domain/message.ts';
import { ClientActivity } from '../../api/direct-line.ts';
import { readParts, type UploadPart } from './multipart.ts';
import { Refusal } from './refuse.ts';

/** All files of an upload together. */
const MAX_FILE_BYTES = 5_000_000;
/** The activity and the headers beside them. */
const MAX_UPLOAD_BYTES = MAX_FILE_BYTES + 64_000;
const MAX_FILES = 5;
/** What all uploads under way may hold in memory: more is asked to come again. */
const MAX_UNDER_WAY = 60_000_000;
/** Enough to know a file by. */
const HEAD_BYTES = 16_384;
/** What is read past at most, so that the client hears the refusal instead of a broken connection. */
const DRAIN_BYTES = 25_000_000;
const ACTIVITY_TYPE = 'application/vnd.microsoft.activity';

/** What came in an upload. */
export interface Upload {
  text: string;
  /** What the client called its message, if it said so. */
  clientId: string | null;
  media: Media[];
}

let underWay = 0;

/**
 * Reads an upload.
 * @param keep false while the flow answers: then nothing of it is kept
 * @throws Refusal when too much comes at once, or when it breaks off
 */
export async function readUpload(contentType: string, body: ReadableStream<Uint8Array> | null, keep: boolean): Promise<Upload> {
  const { bytes, whole } = await readBody(body, keep ? MAX_UPLOAD_BYTES : HEAD_BYTES);
  const parts = readParts(contentType, bytes);
  const activity = parts.find((part) => part.contentType === ACTIVITY_TYPE);
  const said = readActivity(activity?.bytes);
  const files = parts.filter((part) => part !== activity);
  if (!keep) return { ...said, text: '', media: [{ contentType: typeOf(files[0]?.bytes), providerRef: '' }] };
  if (!whole || files.reduce((sum, file) => sum + file.bytes.length, 0) > MAX_FILE_BYTES)
    return { ...said, media: [{ contentType: typeOf(files[0]?.bytes), providerRef: '', lost: 'size' }] };
  return { ...said, media: files.slice(0, MAX_FILES).map(take) };
}

/** A file without its metadata; lost when it is nothing that is shown, or not what it says. */
function take({ contentType, bytes }: UploadPart): Media {
  const clean = cleanMedia(bytes);
  if (clean && isAsClaimed(contentType, clean.contentType)) return { ...clean, providerRef: '' };
  return { contentType: typeOf(bytes), providerRef: '', lost: 'type' };
}

function typeOf(bytes: Uint8Array | undefined): string {
  return typeByBytes(Buffer.from(bytes?.subarray(0, 64) ?? []).toString('latin1'));
}

function readActivity(bytes: Uint8Array | undefined): Pick<Upload, 'text' | 'clientId'> {
  try {
    const { text = '', channelData } = ClientActivity.parse(JSON.parse(Buffer.from(bytes ?? []).toString('utf8')));
    return { text, clientId: channelData?.clientActivityID ?? null };
  } catch {
    return { text: '', clientId: null };
  }
}

/** The beginning of a body, and whether it is all of it. Reads past the rest. */
async function readBody(body: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<{ bytes: Buffer; whole: boolean }> {
  const chunks: Uint8Array[] = [];
  let held = 0;
  let total = 0;
  try {
    for await (const chunk of body ?? []) {
      total += chunk.length;
      if (total <= maxBytes || held < Math.min(maxBytes, HEAD_BYTES)) {
        if (underWay + chunk.length > MAX_UNDER_WAY)
          throw new Refusal(503, 'ServiceUnavailable', 'Too many files come at once. Send it again.', 10);
        underWay += chunk.length;
        held += chunk.length;
        chunks.push(chunk);
      }
      if (total > DRAIN_BYTES) break;
    }
  } catch (error) {
    if (error instanceof Refusal) throw error;
    // The client sends it again under the same id: what came now must not be taken for all of it.
    throw new Refusal(503, 'ServiceUnavailable', 'The file did not arrive whole, and nothing of it was kept. Send it again.', 2);
  } finally {
    underWay -= held;
  }
  return { bytes: Buffer.concat(chunks), whole: total <= maxBytes };
}
