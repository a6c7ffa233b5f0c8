// The parts of an upload as Direct Line's clients send them: with or without `form-data`, or one file and nothing around it.
// Called by upload.ts; pure. What cannot be read counts as no part. @see RFC 2046, 5.1

export interface UploadPart {
  /** Lower case, without parameters; empty where none is named. */
  contentType: string;
  bytes: Buffer;
}

const MAX_PARTS = 10;
const END_OF_HEADERS = Buffer.from('\r\n\r\n');

/** Reads the parts of a body; a body that is not multipart is one part. */
export function readParts(contentType: string, body: Buffer): UploadPart[] {
  const multipart = /^\s*multipart\/[\w-]+\s*;/i.test(contentType);
  if (!multipart) return [{ contentType: plainType(contentType), bytes: body }];
  const boundary = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType);
  const name = boundary?.[1] ?? boundary?.[2];
  if (name === undefined) return [];
  const line = Buffer.from(`--${name}`, 'latin1');
  const parts: UploadPart[] = [];
  for (let at = body.indexOf(line); at !== -1 && parts.length < MAX_PARTS;) {
    const from = at + line.length;
    const next = body.indexOf(`\r\n--${name}`, from, 'latin1');
    const part = readPart(body.subarray(from, next === -1 ? body.length : next));
    if (part) parts.push(part);
    at = next === -1 ? -1 : next + 2;
  }
  return parts;
}

/** A part: the rest of the boundary's line, headers, an empty line, content. */
function readPart(bytes: Buffer): UploadPart | null {
  const end = bytes.indexOf(END_OF_HEADERS);
  if (end === -1 || bytes.subarray(0, 2).toString('latin1') === '--') return null;
  const headers = bytes.subarray(0, end).toString('latin1');
  const type = /^content-type:([^\r\n]*)$/im.exec(headers)?.[1] ?? '';
  return { contentType: plainType(type), bytes: bytes.subarray(end + END_OF_HEADERS.length) };
}

function plainType(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase().slice(0, 200);
}
