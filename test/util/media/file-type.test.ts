// What a file is, by its bytes.
import { expect, it } from 'vitest';
import { typeByBytes } from '../../../src/util/media/file-type.ts';

it.each([
  ['\xFF\xD8\xFF\xE0..JFIF', 'image/jpeg'],
  ['\x89PNG\r\n\x1A\n....', 'image/png'],
  ['RIFF\n\n\n\nWEBPVP8 ', 'image/webp'],
  ['\0\0\0\x18ftypheic', 'image/heic'],
  ['\0\0\0\x18ftypM4A ', 'audio/mp4'],
  ['\0\0\0\x18ftypisom', 'video/mp4'],
  ['OggS\0', 'audio/ogg'],
  ['%PDF-1.7', 'application/pdf'],
  ['<!doctype html><script>', 'application/octet-stream'],
  ['MZ\x90\0', 'application/octet-stream'],
  ['', 'application/octet-stream'],
])('%j is %s', (head, type) => expect(typeByBytes(head)).toBe(type));
