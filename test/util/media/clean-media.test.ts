// What staff see of a file holds no position, name or time, whatever kind of file it is; and nothing that a file holds breaks us.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanMedia, isAsClaimed, mayBeShown } from '../../../src/util/media/clean-media.ts';
import { FRAME, page, png, SCAN, secretsIn, withSecrets } from '../../support/media-files.ts';

const kinds = Object.entries(withSecrets);
const file = (name: string): Buffer => withSecrets[name]?.bytes ?? Buffer.alloc(0);
const cleaned = (name: string): Buffer => Buffer.from(cleanMedia(file(name))?.bytes ?? []);

describe.each(kinds)('%s', (_, { type, bytes }) => {
  it('holds what must not be seen before, and none of it after', () => {
    expect(secretsIn(bytes)).toContain('41.3874N');
    const clean = cleanMedia(bytes);
    expect(clean?.contentType).toBe(type);
    expect(secretsIn(clean?.bytes ?? Buffer.from('Amina'))).toEqual([]);
  });

  it('is the same when it is cleaned again', () => {
    const once = cleanMedia(bytes)?.bytes ?? Buffer.alloc(0);
    expect(Buffer.from(cleanMedia(once)?.bytes ?? []).equals(once)).toBe(true);
  });

  it('never breaks on damage, and never grows', () => {
    const damage = fc.record({
      cut: fc.nat(bytes.length),
      changes: fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { maxLength: 8 }),
    });
    fc.assert(
      fc.property(damage, ({ cut, changes }) => {
        const damaged = Buffer.from(bytes.subarray(0, cut));
        for (const [at, byte] of changes) if (at < cut) damaged[at] = byte;
        const before = Buffer.from(damaged);
        const clean = cleanMedia(damaged);
        expect(damaged.equals(before)).toBe(true);
        expect(clean?.bytes.length ?? 0).toBeLessThanOrEqual(cut);
      }),
      { numRuns: 1500 },
    );
  });
});

it('never breaks on anything that begins like a file', () => {
  const heads = kinds.map(([, { bytes }]) => bytes.subarray(0, 40));
  fc.assert(
    fc.property(fc.constantFrom(...heads), fc.nat(40), fc.uint8Array({ maxLength: 3000 }), (head, keep, rest) => {
      const bytes = Buffer.concat([head.subarray(0, keep), rest]);
      expect(cleanMedia(bytes)?.bytes.length ?? 0).toBeLessThanOrEqual(bytes.length);
    }),
    { numRuns: 3000 },
  );
});

it.each([0xff, 0x49, 0x00, 0x21, 0x4f])('is done quickly with megabytes of %i', (byte) => {
  for (const [, { bytes }] of kinds) cleanMedia(Buffer.concat([bytes, Buffer.alloc(1_000_000, byte)]));
  for (const [, { bytes }] of kinds) cleanMedia(Buffer.concat([bytes.subarray(0, 16), Buffer.alloc(1_000_000, byte)]));
});

describe('what stays', () => {
  it('of a JPEG: which way is up, its colours, its picture', () => {
    const shown = cleaned('jpeg').toString('latin1');
    expect(shown).toContain('Exif\0\0MM\0*\0\0\0\b\0\u0001\u0001\u0012\0\u0003\0\0\0\u0001\0\u0006\0\0');
    expect(shown).toContain('a profile of colours');
    expect(shown).toContain('Adobe\0d\0\0\0\0\u0001');
    expect(shown.split(Buffer.from(SCAN).toString('latin1'))).toHaveLength(3);
    expect(shown.endsWith('\xff\xd9')).toBe(true);
    expect(shown).not.toContain('JFIF');
  });

  it('of a PNG: its picture, byte for byte', () => {
    expect(cleaned('png').includes('gAMA')).toBe(true);
    expect(Buffer.from(cleanMedia(png())?.bytes ?? []).equals(png())).toBe(true);
  });

  it('of a WebP: flags that announce nothing that is gone', () => {
    const clean = cleaned('webp');
    expect(clean[20]).toBe(0x22);
    expect(clean.readUInt32LE(4)).toBe(clean.length - 8);
  });

  it('of a GIF: how often it repeats', () => {
    expect(cleaned('gif').includes(Buffer.from('NETSCAPE2.0\x03\x01\x05\x00\x00', 'latin1'))).toBe(true);
  });

  it('of an MP3: all of its frames', () => {
    expect(cleaned('mp3').equals(Buffer.concat([FRAME, FRAME, FRAME]))).toBe(true);
  });

  it('of Ogg: pages that are numbered without a gap, each with its checksum', () => {
    const clean = cleaned('opus');
    const starts = [...clean.toString('latin1').matchAll(/OggS/g)].map((match) => match.index);
    expect(starts.map((at) => clean.readUInt32LE(at + 18))).toEqual([0, 1, 2, 3]);
    expect(starts.every((at) => clean.readUInt32LE(at + 22) !== 0)).toBe(true);
    expect(clean.includes(Buffer.alloc(300, 3))).toBe(true);
    // The checksum of a page from another program.
    const known = cleanMedia(Buffer.concat([page(0, 2, [Buffer.from('OpusHead')]), page(1, 4, [Buffer.from('OpusTags\0\0\0\0\0\0\0\0')])]));
    expect(Buffer.from(known?.bytes ?? []).readUInt32LE(22)).toBe(oggChecksum(page(0, 2, [Buffer.from('OpusHead')])));
  });

  it.each(['m4a', 'mp4'])('of %s: its samples where they were, and no time', (name) => {
    const clean = cleaned(name);
    expect(clean).toHaveLength(file(name).length);
    expect(clean.indexOf(Buffer.alloc(20, 0x53))).toBe(file(name).indexOf(Buffer.alloc(20, 0x53)));
    const time = Buffer.alloc(4);
    time.writeUInt32BE(3_900_000_000);
    expect(file(name).includes(time)).toBe(true);
    expect(clean.includes(time)).toBe(false);
  });
});

/** Bit by bit, as RFC 3533 says it. */
function oggChecksum(bytes: Buffer): number {
  let sum = 0;
  for (const byte of bytes) {
    sum = (sum ^ (byte << 24)) >>> 0;
    for (let bit = 0; bit < 8; bit++) sum = (sum & 0x80000000 ? (sum << 1) ^ 0x04c11db7 : sum << 1) >>> 0;
  }
  return sum;
}

describe('what is shown at all', () => {
  it.each(['%PDF-1.7 and so on', '<svg xmlns="http://www.w3.org/2000/svg"><script>', '<!doctype html>', 'MZ\x90\0', 'PK\x03\x04', ''])(
    'never %j',
    (content) => expect(cleanMedia(Buffer.from(content, 'latin1'))).toBeNull(),
  );

  it('never a HEIC, whose position cannot be taken out here', () => {
    expect(cleanMedia(Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'))).toBeNull();
  });

  it.each([
    ['image/jpg', 'image/jpeg', true],
    ['audio/ogg; codecs=opus', 'audio/ogg', true],
    ['audio/aac', 'video/mp4', true],
    ['', 'image/png', true],
    ['image/*', 'image/png', true],
    ['image/*', 'audio/ogg', false],
    ['image/png', 'image/jpeg', false],
    ['application/pdf', 'image/jpeg', false],
    ['audio/ogg', 'video/mp4', false],
  ])('%s that is %s: %s', (claimed, found, expected) => expect(isAsClaimed(claimed, found)).toBe(expected));

  it('is known from what it claims, before it is looked at', () => {
    expect(['image/jpeg', 'audio/ogg; codecs=opus', 'application/octet-stream'].map(mayBeShown)).toEqual([true, true, true]);
    expect(['application/pdf', 'text/vcard', 'image/svg+xml', 'image/heic'].map(mayBeShown)).toEqual([false, false, false, false]);
  });
});
