// A picture, voice note or film as it may be shown: known by its content, without metadata; anything else is not shown.
// Called by runtime/desk/media.ts before staff see it and by the web chat before it is stored. Pure; knows nothing of people.
import { typeByBytes } from './file-type.ts';
import { cleanGif } from './gif.ts';
import { cleanJpeg } from './jpeg.ts';
import { cleanMp3 } from './mp3.ts';
import { cleanMp4 } from './mp4.ts';
import { cleanOgg } from './ogg.ts';
import { cleanPng } from './png.ts';
import { cleanWebp } from './webp.ts';

/** A file whose type is known for sure and that holds nothing but what is seen and heard. */
export interface CleanMedia {
  contentType: string;
  bytes: Uint8Array;
}

const HEAD_BYTES = 64;

/** What is all of one format: telephones name it as they like. */
const ISO_FILMS =
  'audio/mp4 audio/m4a audio/x-m4a audio/mp4a-latm audio/aac audio/3gpp audio/3gpp2 video/mp4 video/3gpp video/3gpp2 video/quicktime video/x-m4v'.split(
    ' ',
  );
/** Types that say the same, or that programs write for each other. */
const FAMILIES: readonly (readonly string[])[] = [
  ['image/jpeg', 'image/jpg', 'image/pjpeg'],
  ['image/png', 'image/x-png', 'image/apng'],
  ['image/webp'],
  ['image/gif'],
  ['audio/ogg', 'audio/opus', 'application/ogg', 'audio/vorbis'],
  ['audio/mpeg', 'audio/mp3', 'audio/mpeg3', 'audio/x-mpeg', 'audio/mpga'],
  ['audio/amr', 'audio/amr-wb', 'audio/amr-nb'],
  ISO_FILMS,
];
/** Types that claim nothing. */
const ANY = new Set(['', 'application/octet-stream', 'binary/octet-stream', 'image/*', 'audio/*', 'video/*']);

/** The file without its metadata; null when it is of no type that is shown, or damaged. */
export function cleanMedia(bytes: Uint8Array): CleanMedia | null {
  const type = typeByBytes(Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, HEAD_BYTES)).toString('latin1'));
  const clean = (as: string, cleaned: Uint8Array | null): CleanMedia | null => cleaned && { contentType: as, bytes: cleaned };
  switch (type) {
    case 'image/jpeg':
      return clean(type, cleanJpeg(bytes));
    case 'image/png':
      return clean(type, cleanPng(bytes));
    case 'image/webp':
      return clean(type, cleanWebp(bytes));
    case 'image/gif':
      return clean(type, cleanGif(bytes));
    case 'audio/mpeg':
      return clean(type, cleanMp3(bytes));
    case 'audio/ogg':
      return clean(type, cleanOgg(bytes));
    case 'audio/amr':
      return clean(type, bytes);
    case 'audio/mp4':
    case 'video/mp4': {
      const film = cleanMp4(bytes);
      return film && clean(film.video ? 'video/mp4' : 'audio/mp4', film.bytes);
    }
    default:
      return null;
  }
}

/** Whether a file of some type may be shown at all. A type that claims nothing may. */
export function mayBeShown(claimed: string): boolean {
  const type = plain(claimed);
  return ANY.has(type) || FAMILIES.some((family) => family.includes(type));
}

/** Whether a file is what its sender says: of the type that was found, or of one that says the same. */
export function isAsClaimed(claimed: string, found: string): boolean {
  const type = plain(claimed);
  if (type.endsWith('/*')) return found.startsWith(type.slice(0, -1));
  return ANY.has(type) || FAMILIES.some((family) => family.includes(type) && family.includes(found));
}

function plain(type: string): string {
  return (type.split(';')[0] ?? '').trim().toLowerCase();
}
