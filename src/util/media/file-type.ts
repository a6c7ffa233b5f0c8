// What a file is, by its first bytes: its name and what its sender says of it may be wrong. Used by clean-media.ts and by channels; pure.

const OCTETS = 'application/octet-stream';

/** What stands where in a file of a type, in Latin-1. @see https://mimesniff.spec.whatwg.org */
const SIGNATURES: readonly { type: string; starts?: string; holds?: { at: number; text: string } }[] = [
  { type: 'image/jpeg', starts: '\xFF\xD8\xFF' },
  { type: 'image/png', starts: '\x89PNG\r\n\x1A\n' },
  { type: 'image/gif', starts: 'GIF87a' },
  { type: 'image/gif', starts: 'GIF89a' },
  { type: 'image/webp', starts: 'RIFF', holds: { at: 8, text: 'WEBP' } },
  { type: 'audio/wav', starts: 'RIFF', holds: { at: 8, text: 'WAVE' } },
  { type: 'image/heic', holds: { at: 4, text: 'ftypheic' } },
  { type: 'image/heic', holds: { at: 4, text: 'ftypmif1' } },
  { type: 'image/avif', holds: { at: 4, text: 'ftypavif' } },
  { type: 'audio/mp4', holds: { at: 4, text: 'ftypM4A' } },
  { type: 'video/mp4', holds: { at: 4, text: 'ftyp' } },
  { type: 'audio/ogg', starts: 'OggS' },
  { type: 'audio/mpeg', starts: 'ID3' },
  { type: 'audio/mpeg', starts: '\xFF\xFB' },
  { type: 'audio/mpeg', starts: '\xFF\xFA' },
  { type: 'audio/mpeg', starts: '\xFF\xF3' },
  { type: 'audio/mpeg', starts: '\xFF\xF2' },
  { type: 'audio/amr', starts: '#!AMR' },
  { type: 'video/webm', starts: '\x1A\x45\xDF\xA3' },
  { type: 'application/pdf', starts: '%PDF-' },
];

/**
 * The type of a file.
 * @param head its first bytes as Latin-1 text
 * @returns `application/octet-stream` for whatever is not known for sure
 */
export function typeByBytes(head: string): string {
  const found = SIGNATURES.find(
    ({ starts = '', holds }) => head.startsWith(starts) && (holds === undefined || head.startsWith(holds.text, holds.at)),
  );
  return found?.type ?? OCTETS;
}
