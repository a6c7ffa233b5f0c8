// A sealed record tells nothing of its text, not even its length, and older records can still be opened.
import { createCipheriv, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { decrypt, encrypt, type DataKey } from '../../src/store/sealed-record.ts';

const place = { table: 'messages', row: '1', column: 'sealed' };
const key: DataKey = { id: randomBytes(12).toString('base64url'), bytes: randomBytes(32) };

it('opens to what was sealed, whatever it ends with', () => {
  for (const text of ['', 'hola', 'a'.repeat(127), 'a'.repeat(128), 'مرحبا 👋', 'ends with \u0080', 'zeros \0\0', 'x'.repeat(5000)])
    expect(decrypt(key.bytes, place, encrypt(key, place, text))).toBe(text);
});

it('has one length for all short texts', () => {
  const lengths = ['', 'sí', '+34600000000', '+4912345678901', 'a'.repeat(127)].map((text) => encrypt(key, place, text).length);
  expect(new Set(lengths).size).toBe(1);
  expect(encrypt(key, place, 'a'.repeat(128)).length).toBe((lengths[0] ?? 0) + 128);
});

it('opens a record of the first version, and cannot be made one', () => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.bytes, nonce).setAAD(Buffer.from('messages|1|sealed'));
  const sealed = Buffer.concat([cipher.update('de antes'), cipher.final()]);
  const old = Buffer.concat([Buffer.of(1), Buffer.from(key.id, 'base64url'), nonce, sealed, cipher.getAuthTag()]);
  expect(decrypt(key.bytes, place, old)).toBe('de antes');
  for (const record of [old, encrypt(key, place, 'hola')]) {
    const turned = Buffer.from(record);
    turned[0] = 3 - (turned[0] ?? 0);
    expect(() => decrypt(key.bytes, place, turned)).toThrow('not what was sealed');
  }
});
