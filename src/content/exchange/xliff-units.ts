// Reads the text of an XLIFF 2 file into its units. Called by xliff.ts. It follows the standard's core and our own metadata;
// what other modules hold (translation candidates, changes, glossaries) is passed over.
// XML from outside: no document type, no entities of its own, no endless nesting.
import { SaxesParser } from 'saxes';
import type { SaxesTagNS } from 'saxes';
import { refuse, releaseNumber } from './read-result.ts';
import type { ExchangeProblem, ReadFailure } from './read-result.ts';
import type { ReadUnit } from './units.ts';
import { isInline, XliffUnit } from './xliff-unit.ts';
import type { Piece } from './xliff-unit.ts';

/** Namespace of the core, in 2.0 and 2.1. */
export const XLIFF = 'urn:oasis:names:tc:xliff:document:2.0';
export const METADATA = 'urn:oasis:names:tc:xliff:metadata:2.0';
const MAX_DEPTH = 60;

export interface XliffFile {
  ok: true;
  language: string | null;
  release: number | null;
  units: ReadUnit[];
  problems: ExchangeProblem[];
}

/** Why a file is refused. */
class XliffFault extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The units of an XLIFF file, or why it is none that can be read. */
export function parseXliff(text: string): XliffFile | ReadFailure {
  const parser = new SaxesParser({ xmlns: true });
  const reader = new Reader(() => parser.line);
  parser.on('error', (fault) => {
    const what = fault.message.replace(/^\d+:\d+:\s*/, '');
    if (/^unclosed tag|^unexpected end/.test(what)) {
      throw new XliffFault('xliff.truncated', 'This file ends too early: the rest of it got lost. Get it anew.');
    }
    throw new XliffFault('xliff.syntax', `This is not valid XML: ${what}`);
  });
  parser.on('doctype', () => {
    throw new XliffFault('xliff.doctype', 'A document type (<!DOCTYPE …>) is not allowed here; take it out.');
  });
  parser.on('opentag', (tag) => reader.open(tag));
  parser.on('closetag', () => reader.close());
  parser.on('text', (part) => reader.text(part));
  parser.on('cdata', (part) => reader.text(part));
  try {
    parser.write(text).close();
  } catch (fault) {
    if (!(fault instanceof XliffFault)) throw fault;
    return refuse(fault.code, fault.message, parser.line);
  }
  return { ok: true, language: reader.language, release: reader.release, units: reader.units, problems: reader.problems };
}

/** An element that is open. */
interface Open {
  /** Name in the core, `mda:` and name in the metadata, `?` elsewhere. */
  name: string;
  tag: SaxesTagNS;
}

class Reader {
  language: string | null = null;
  release: number | null = null;
  readonly units: ReadUnit[] = [];
  readonly problems: ExchangeProblem[] = [];
  private readonly line: () => number;
  private readonly path: Open[] = [];
  private fileId = '';
  private unit: XliffUnit | null = null;
  /** Where text goes, and the depth of the element that it belongs to. */
  private sink: { pieces: Piece[]; depth: number } | null = null;

  constructor(line: () => number) {
    this.line = line;
  }

  open(tag: SaxesTagNS): void {
    if (this.path.length >= MAX_DEPTH) throw new XliffFault('xliff.too_deep', `Elements are nested more than ${MAX_DEPTH} deep.`);
    if (this.path.length === 0) this.root(tag);
    const name = tag.uri === XLIFF ? tag.local : tag.uri === METADATA ? `mda:${tag.local}` : '?';
    this.path.push({ name, tag });
    if (this.sink === null) this.openOutside(name, tag);
    else this.openInside(name, tag);
  }

  close(): void {
    const last = this.path.pop();
    if (last === undefined) return;
    if (this.sink !== null && this.path.length < this.sink.depth) {
      if (last.name === 'mda:meta') this.meta(last.tag, this.sink.pieces);
      this.sink = null;
    } else if (this.sink !== null && last.name === 'pc') this.sink.pieces.push(codeOf(last.tag, 'End'));
    if (last.name === 'unit' && this.unit !== null) {
      this.finishUnit(this.unit);
      this.unit = null;
    }
  }

  text(part: string): void {
    const here = this.path.at(-1);
    if (this.sink === null || here === undefined) return;
    if (this.path.length === this.sink.depth || isInline(here.name)) this.sink.pieces.push(part);
  }

  private root(tag: SaxesTagNS): void {
    if (tag.local !== 'xliff') throw new XliffFault('exchange.format', `This is not XLIFF: it begins with <${tag.name.slice(0, 40)}>.`);
    const version = attribute(tag, 'version') ?? '?';
    if (tag.uri !== XLIFF || !/^2\.[01]$/.test(version)) {
      const message = `This is XLIFF ${version.slice(0, 10)}. Here 2.0 and 2.1 can be read: choose XLIFF 2 when you export it from your tool.`;
      throw new XliffFault('xliff.version', message);
    }
    this.language = attribute(tag, 'trgLang') ?? null;
  }

  /** An element outside of words. */
  private openOutside(name: string, tag: SaxesTagNS): void {
    const parents = this.path.map((open) => open.name).slice(0, -1);
    const parent = parents.at(-1);
    const above = parents.at(-2);
    if (name === 'file' && parent === 'xliff') this.fileId = attribute(tag, 'id') ?? '';
    else if (name === 'unit' && (parent === 'file' || parent === 'group')) this.unit = new XliffUnit(this.keyOf(tag), this.line());
    else if (name === 'mda:meta' && (this.path.at(-2)?.tag.attributes['category']?.value ?? '') === 'ventanilla') this.collect([]);
    else if (this.unit === null) return;
    else if ((name === 'segment' || name === 'ignorable') && parent === 'unit') {
      this.unit.beginPart(name, attribute(tag, 'state'), attribute(tag, 'subState'));
    } else if (name === 'data' && parent === 'originalData' && above === 'unit') this.collect(this.unit.data(attribute(tag, 'id') ?? ''));
    else if ((name === 'source' || name === 'target') && (parent === 'segment' || parent === 'ignorable') && above === 'unit') {
      this.collect(this.unit.words(name, Number(attribute(tag, 'order') ?? 0)));
    }
  }

  /** An element among words. */
  private openInside(name: string, tag: SaxesTagNS): void {
    if (this.sink === null) return;
    if (name === 'cp') this.sink.pieces.push(this.character(attribute(tag, 'hex') ?? ''));
    else if (name === 'pc') this.sink.pieces.push(codeOf(tag, 'Start'));
    else if (name === 'ph' || name === 'sc' || name === 'ec') this.sink.pieces.push(codeOf(tag, ''));
  }

  private collect(pieces: Piece[]): void {
    this.sink = { pieces, depth: this.path.length };
  }

  private character(hex: string): string {
    const code = /^[0-9A-Fa-f]{1,6}$/.test(hex) ? Number.parseInt(hex, 16) : Number.NaN;
    if (!(code <= 0x10ffff)) throw new XliffFault('xliff.syntax', `<cp hex="${hex.slice(0, 20)}"/> is no character.`);
    return String.fromCodePoint(code);
  }

  private meta(tag: SaxesTagNS, pieces: Piece[]): void {
    const value = pieces
      .filter((piece) => typeof piece === 'string')
      .join('')
      .trim();
    const type = attribute(tag, 'type');
    if (this.unit !== null) this.unit.meta(type ?? '', value);
    else if (type === 'release') this.release ??= releaseNumber(value);
  }

  /** Units of other programs may have no name; then their id is the key within the file's namespace. */
  private keyOf(tag: SaxesTagNS): string {
    const name = attribute(tag, 'name') ?? attribute(tag, 'id') ?? '';
    return name.includes(':') ? name : `${this.fileId}:${name}`;
  }

  private finishUnit(unit: XliffUnit): void {
    this.units.push(unit.read());
    if (!unit.isIncomplete()) return;
    const message = `Only some segments of "${unit.key}" are translated, so it is taken as not translated.`;
    this.problems.push({ severity: 'warning', code: 'xliff.incomplete', message, line: unit.line, key: unit.key });
  }
}

function codeOf(tag: SaxesTagNS, end: 'Start' | 'End' | ''): Piece {
  return { dataRef: attribute(tag, `dataRef${end}`) ?? null, shown: attribute(tag, `equiv${end}`) ?? attribute(tag, `disp${end}`) ?? '' };
}

function attribute(tag: SaxesTagNS, name: string): string | undefined {
  return tag.attributes[name]?.value;
}
