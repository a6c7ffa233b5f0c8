// Pictures, voice notes and a film made by hand, each with a position and a name in every place where such files keep them.
// `withSecrets.jpeg` and its kin hold SECRETS; what stays of them must not.
import { deflateSync } from 'node:zlib';

/** What must not remain: a position in the words of several formats, a telephone's name, a person's. */
export const SECRETS = ['41.3874N', '+41.3874+002.1686/', 'Phone of Amina', 'Written by Amina', '2026:11:21 10:00:00'] as const;

const words = SECRETS.join('|');
const text = (value: string): Buffer => Buffer.from(value, 'latin1');
const u16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff]);
const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};
const l32 = (value: number): Buffer => u32(value).reverse();
const all = (...parts: (Uint8Array | number[] | string)[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? text(part) : Buffer.from(part))));

const segment = (code: number, body: Uint8Array): Buffer => all([0xff, code], u16(body.length + 2), body);

/** Exif with an orientation and a position, whose words stand behind the fields. */
function exif(orientation: number): Buffer {
  const fields = [all(u16(0x0112), u16(3), u32(1), u16(orientation), u16(0)), all(u16(0x8825), u16(4), u32(1), u32(100))];
  return all('Exif\0\0', 'MM\0*', u32(8), u16(fields.length), ...fields, u32(0), words);
}

export const SCAN = [0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0x00];

function jpeg(): Buffer {
  const icc = segment(0xe2, all('ICC_PROFILE\0', [1, 1], 'a profile of colours'));
  return all(
    [0xff, 0xd8],
    segment(0xe0, all('JFIF\0', [1, 1, 0, 0, 1, 0, 1, 0, 0])),
    segment(0xe1, exif(6)),
    segment(0xe1, all('http://ns.adobe.com/xap/1.0/\0', words)),
    icc,
    segment(0xed, all('Photoshop 3.0\0', words)),
    segment(0xee, all('Adobe', [0, 100, 0, 1, 0, 2, 1], words)),
    segment(0xfe, text(words)),
    [0xff, 0xff],
    segment(0xdb, Buffer.alloc(65, 1)).subarray(1),
    segment(0xc0, all([8], u16(8), u16(8), [1, 1, 0x11, 0])),
    segment(0xc4, Buffer.alloc(19, 1)),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    SCAN,
    segment(0xfe, text(words)),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    SCAN,
    [0xff, 0xd9],
    words,
  );
}

const crcTable = Array.from({ length: 256 }, (_, index) => {
  let sum = index;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum >>> 0;
});
function crc(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (sum >>> 8) ^ (crcTable[(sum ^ byte) & 0xff] ?? 0);
  return ~sum >>> 0;
}
const chunk = (type: string, body: Uint8Array): Buffer => all(u32(body.length), type, body, u32(crc(all(type, body))));

/** A PNG of one grey dot; with `extra` chunks before the picture. */
export function png(extra: Buffer[] = []): Buffer {
  const head = all(u32(1), u32(1), [8, 0, 0, 0, 0]);
  const body = deflateSync(Buffer.from([0, 128]));
  return all('\x89PNG\r\n\x1A\n', chunk('IHDR', head), ...extra, chunk('IDAT', body), chunk('IEND', Buffer.alloc(0)));
}

const riff = (type: string, body: Uint8Array): Buffer => all(type, l32(body.length), body, body.length % 2 === 1 ? [0] : []);

function webp(): Buffer {
  const frame = all(Buffer.alloc(16), riff('VP8L', Buffer.from([0x2f, 0, 0, 0, 0])), riff('junk', text(words)));
  const body = all(
    'WEBP',
    riff('VP8X', Buffer.from([0x2e, 0, 0, 0, 0, 0, 0, 0, 0, 0])),
    riff('ICCP', text('colours')),
    riff('ANIM', Buffer.alloc(6)),
    riff('ANMF', frame),
    riff('EXIF', exif(1)),
    riff('XMP ', text(words)),
  );
  return all('RIFF', l32(body.length), body, words);
}

const blocks = (body: Uint8Array): Buffer => all([body.length], body, [0]);

function gif(): Buffer {
  return all(
    'GIF89a',
    [1, 0, 1, 0, 0x80, 0, 0],
    [0, 0, 0, 255, 255, 255],
    [0x21, 0xff, 11],
    'NETSCAPE2.0',
    [3, 1, 5, 0],
    blocks(text(words)),
    [0x21, 0xfe],
    blocks(text(words)),
    [0x21, 0xff, 11],
    'XMP DataXMP',
    blocks(text(words)),
    [0x21, 0xf9, 4, 0, 0, 0, 0, 0],
    [0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0],
    [2, 2, 0x4c, 1, 0],
    [0x3b],
    words,
  );
}

/** A silent frame of MPEG 1 layer 3, 128 kbit/s, 44,100 Hz: 417 bytes. */
export const FRAME = all([0xff, 0xfb, 0x90, 0x00], Buffer.alloc(413));

function mp3(): Buffer {
  const body = all('TIT2', u32(words.length + 1), [0, 0, 0], words);
  const tag = all('ID3', [4, 0, 0, 0, 0, body.length >> 7, body.length & 0x7f], body);
  return all(tag, FRAME, FRAME, tag, FRAME, all('TAG', words, Buffer.alloc(200)).subarray(0, 128), 'APETAGEX', words);
}

/** A page of Ogg, its checksum left empty. */
export function page(sequence: number, flags: number, packets: Uint8Array[], options: { serial?: number; open?: boolean } = {}): Buffer {
  const lacing = packets.flatMap(({ length }, index) => [
    ...Array<number>(Math.floor(length / 255)).fill(255),
    ...(options.open && index === packets.length - 1 ? [] : [length % 255]),
  ]);
  return all('OggS', [0, flags], Buffer.alloc(8), l32(options.serial ?? 7), l32(sequence), l32(0), [lacing.length], lacing, ...packets);
}

const VOICE = [Buffer.alloc(300, 3), Buffer.alloc(40, 4)];

function opus(): Buffer {
  const long = all(words, Buffer.alloc(600, 0x41));
  const tags = all('OpusTags', l32(8), 'recorder', l32(1), l32(long.length), long);
  return all(
    page(0, 2, [all('OpusHead', [1, 1, 0, 0], l32(48_000), [0, 0, 0])]),
    page(1, 0, [tags.subarray(0, 510)], { open: true }),
    page(2, 1, [tags.subarray(510)]),
    page(3, 0, VOICE),
    page(4, 4, [Buffer.alloc(10, 5)]),
    page(0, 2, [all('OpusHead', [1, 1, 0, 0], l32(48_000), [0, 0, 0])], { serial: 8 }),
    page(1, 4, [tags.subarray(0, 400)], { serial: 8 }),
  );
}

function vorbis(): Buffer {
  const tags = all('\x03vorbis', l32(8), 'recorder', l32(1), l32(words.length), words, [1]);
  return all(page(0, 2, [text('\x01vorbis-and-so-on')]), page(1, 0, [tags, all('\x05vorbis', Buffer.alloc(300, 6))]), page(2, 4, VOICE));
}

const box = (type: string, ...body: (Uint8Array | number[] | string)[]): Buffer => {
  const inner = all(...body);
  return all(u32(inner.length + 8), type, inner);
};

/** A track whose one chunk of two samples stands at a place in the file. */
function track(handler: string, place: number, sizes: number[], entry: Buffer): Buffer {
  const times = all(u32(0), u32(3_900_000_000), u32(3_900_000_001));
  const table = box(
    'stbl',
    box('stsd', u32(0), u32(1), entry),
    box('stts', u32(0), u32(1), u32(sizes.length), u32(10)),
    box('stsc', u32(0), u32(1), u32(1), u32(sizes.length), u32(1)),
    box('stsz', u32(0), u32(0), u32(sizes.length), ...sizes.map(u32)),
    box('stco', u32(0), u32(1), u32(place)),
  );
  return box(
    'trak',
    box('tkhd', times, Buffer.alloc(72)),
    box('meta', words),
    box(
      'mdia',
      box('mdhd', times, Buffer.alloc(12)),
      box('hdlr', u32(0), u32(0), handler, Buffer.alloc(12), words, [0]),
      box('minf', table),
    ),
    box('udta', box('name', words)),
  );
}

/** A film of 48 bytes of data: sound, a track of positions, and bytes that nothing uses. */
function film(brand: string, video: boolean): Buffer {
  const head = box('ftyp', brand, u32(512), 'isom');
  const sound = Buffer.alloc(20, 0x53);
  const data = box('mdat', sound, text(words), text('left over Phone of Amina'));
  const at = head.length + 8;
  const seen = box('avc1', Buffer.alloc(42), text('Phone of Amina'.padEnd(32, '\0')), Buffer.alloc(4));
  const moov = box(
    'moov',
    box('mvhd', u32(0), u32(3_900_000_000), u32(3_900_000_001), Buffer.alloc(88)),
    track(video ? 'vide' : 'soun', at, [12, 8], video ? seen : box('mp4a', Buffer.alloc(28))),
    track('meta', at + sound.length, [words.length], box('mebx', words)),
    box('udta', box('\xa9xyz', words), box('loci', words)),
    box('meta', words),
  );
  return all(head, data, moov, box('uuid', words), box('free', words));
}

/** Every kind of file that staff may be shown, full of what nobody should see. */
export const withSecrets: Record<string, { type: string; bytes: Buffer }> = {
  jpeg: { type: 'image/jpeg', bytes: jpeg() },
  png: {
    type: 'image/png',
    bytes: all(
      png([
        chunk('tEXt', all('Author\0', words)),
        chunk('iTXt', text(words)),
        chunk('zTXt', text(words)),
        chunk('eXIf', exif(1)),
        chunk('tIME', text(words)),
        chunk('priV', text(words)),
        chunk('gAMA', u32(45_455)),
      ]),
      words,
    ),
  },
  webp: { type: 'image/webp', bytes: webp() },
  gif: { type: 'image/gif', bytes: gif() },
  mp3: { type: 'audio/mpeg', bytes: mp3() },
  opus: { type: 'audio/ogg', bytes: opus() },
  vorbis: { type: 'audio/ogg', bytes: vorbis() },
  m4a: { type: 'audio/mp4', bytes: film('M4A ', false) },
  mp4: { type: 'video/mp4', bytes: film('mp42', true) },
};

/** Secrets that can be read in some bytes. */
export function secretsIn(bytes: Uint8Array): string[] {
  const shown = Buffer.from(bytes).toString('latin1');
  return [...SECRETS, 'Amina', 'recorder', '41.38'].filter((secret) => shown.includes(secret));
}
