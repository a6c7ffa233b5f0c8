// Files come in whatever encoding and of whatever kind: what can be read is read, the rest is refused with what it looks like.
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MAX_EXCHANGE_BYTES } from '../../../src/content/exchange/decode-file.ts';
import { readI18next } from '../../../src/content/exchange/i18next-json.ts';
import { readPo } from '../../../src/content/exchange/po.ts';
import type { ReadResult } from '../../../src/content/exchange/read-result.ts';
import { readXliff } from '../../../src/content/exchange/xliff.ts';
import { bytesOf } from './real-texts.ts';

const po = (charset: string): string =>
  `msgid ""\nmsgstr "Content-Type: text/plain; charset=${charset}\\n"\n\nmsgctxt "w:a"\nmsgid "A"\nmsgstr "é"\n`;
const json = '{ "w": { "a": "é" } }';
const xliff = (encoding: string): string =>
  `<?xml version="1.0" encoding="${encoding}"?><xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="fr"><file id="w"><unit id="a"><segment><source>A</source><target>é</target></segment></unit></file></xliff>`;

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function utf16(text: string, littleEndian: boolean, mark = true): Uint8Array {
  const units = Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  return Uint8Array.from(
    [...(mark ? [0xfeff] : []), ...units].flatMap((unit) => (littleEndian ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255])),
  );
}

function targetOf(result: ReadResult): unknown {
  return result.ok ? result.rows[0]?.target : result.problems;
}

describe('encodings', () => {
  it.each([
    ['PO in UTF-8', readPo(bytesOf(po('UTF-8')))],
    ['PO in UTF-8 with its mark, whatever its header says', readPo(bytesOf(`\ufeff${po('ISO-8859-1')}`))],
    ['PO in UTF-16, little end first', readPo(utf16(po('UTF-16'), true))],
    ['PO in UTF-16, big end first', readPo(utf16(po('UTF-16'), false))],
    ['PO in the charset of its header', readPo(latin1(po('ISO-8859-1')))],
    ['PO that says UTF-16 and is no longer', readPo(bytesOf(po('UTF-16')))],
    ['PO made from a template', readPo(bytesOf(po('CHARSET')))],
    ['JSON with the mark of UTF-8', readI18next(bytesOf(`\ufeff${json}`))],
    ['JSON in UTF-16', readI18next(utf16(json, true))],
    ['XLIFF in the encoding that it declares', readXliff(latin1(xliff('windows-1252')))],
    ['XLIFF in UTF-16', readXliff(utf16(xliff('UTF-16'), false))],
    ['XLIFF with the mark of UTF-8', readXliff(bytesOf(`\ufeff${xliff('utf-8')}`))],
  ])('reads %s', (_, result) => expect(targetOf(result)).toBe('é'));

  it.each([
    ['PO that is not what it says', readPo(latin1(po('UTF-8'))), 'exchange.encoding', 6],
    ['JSON in Latin-1', readI18next(latin1(`{\n${json.slice(1)}`)), 'exchange.encoding', 2],
    ['a charset that nobody knows', readPo(latin1(po('X-KLINGON'))), 'exchange.charset', undefined],
    ['XLIFF in half a character', readXliff(bytesOf(xliff('utf-8')).subarray(0, -65)), 'xliff.truncated', 1],
  ])('refuses %s', (_, result, code, line) => {
    expect(result.ok).toBe(false);
    expect(result.problems.map((problem) => [problem.code, problem.line])).toEqual([[code, line]]);
  });
});

describe('what is something else', () => {
  const READERS: [string, (bytes: Uint8Array) => ReadResult][] = [
    ['PO', readPo],
    ['XLIFF', readXliff],
    ['JSON', readI18next],
  ];
  const OTHERS: [kind: string, bytes: Uint8Array, words: RegExp][] = [
    ['an Excel sheet', latin1('PK\u0003\u0004rest'), /Office/],
    ['an MO file', latin1('\u00de\u0012\u0004\u0095'), /MO file/],
    ['a PDF', bytesOf('%PDF-1.7'), /PDF/],
    ['a compressed file', gzipSync('msgid ""'), /compressed/],
    ['UTF-16 without its mark', utf16(po('UTF-16'), true, false), /UTF-16/],
    ['bytes', Uint8Array.from([1, 2, 0, 0, 4]), /binary/],
    ['a web page', bytesOf('<!DOCTYPE html><html></html>'), /web page/],
    ['a translation memory', bytesOf('<?xml version="1.0"?><tmx version="1.4"/>'), /TMX/],
    ['a table', bytesOf('key,source,target\nw:a,A,B\n'), /CSV/],
    ['YAML', bytesOf('welcome:\n  hello: x\n'), /YAML/],
    ['nothing', bytesOf(' \n'), /empty/],
    ['too much', new Uint8Array(MAX_EXCHANGE_BYTES + 1), /10 MB/],
  ];
  it.each(READERS.flatMap(([format, read]) => OTHERS.map(([kind, bytes, words]) => [format, kind, read(bytes), words] as const)))(
    'no %s: %s',
    (_format, _kind, result, words) => {
      expect(result.ok).toBe(false);
      expect(result.problems).toEqual([expect.objectContaining({ severity: 'error', message: expect.stringMatching(words) })]);
    },
  );
  it.each([
    ['XLIFF', readPo(bytesOf(xliff('utf-8')))],
    ['JSON', readXliff(bytesOf(json))],
    ['a PO file', readI18next(bytesOf(po('UTF-8')))],
  ])('says that it is %s', (name, result) => {
    expect(result.problems[0]?.message).toMatch(new RegExp(`it looks like ${name}\\. Choose that format instead\\.`));
  });
});
