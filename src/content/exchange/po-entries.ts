// Reads the text of a PO file into its entries, line by line, and says where it is none. Called by po.ts.
// It knows the format, not what we write into it. Entries that are marked as obsolete (#~) are passed over.
// Written here and not taken from a library: those known lose the lines of entries and pass over keys that stand twice.
import { readPoStrings } from './po-strings.ts';
import type { ExchangeProblem } from './read-result.ts';

/** @see https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html */
export interface PoEntry {
  /** msgctxt. */
  context: string | null;
  /** msgid. */
  id: string;
  /** msgstr; of an entry with plural forms the first. */
  text: string;
  /** It has a msgid_plural. */
  plural: boolean;
  fuzzy: boolean;
  /** Lines of the comments that begin with `#.`. */
  comments: string[];
  line: number;
}

type Field = 'context' | 'id' | 'plural' | 'text';
const KEYWORD = /^(msgctxt|msgid_plural|msgid|msgstr)(\[\d{1,2}\])?\s*(?=")/;
/** A file with so many faults is something else altogether. */
const MAX_FAULTS = 20;
const FIELDS: Record<string, Field> = { msgctxt: 'context', msgid: 'id', msgid_plural: 'plural', msgstr: 'text' };

/** The entries of a PO file; with an error among the problems it is none, or only a part of one. */
export function parsePoEntries(text: string): { entries: PoEntry[]; problems: ExchangeProblem[] } {
  const reader = new Reader();
  let number = 0;
  for (const line of text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/)) {
    number += 1;
    reader.read(line.trim(), number);
    if (reader.problems.length >= MAX_FAULTS) return reader;
  }
  reader.end(number);
  return reader;
}

interface Part {
  fields: Map<Field, string>;
  /** `msgstr[1]` and the like are read, but not kept. */
  extra: boolean;
  fuzzy: boolean;
  comments: string[];
  line: number;
}

class Reader {
  readonly entries: PoEntry[] = [];
  readonly problems: ExchangeProblem[] = [];
  private entry: Part | null = null;
  private field: Field | null = null;
  private comments: string[] = [];
  private fuzzy = false;

  read(line: string, number: number): void {
    if (line === '') return;
    if (line.startsWith('#')) this.comment(line);
    else if (line.startsWith('"')) this.goOn(line, number);
    else this.keyword(line, number);
  }

  /** Nothing follows. What is wrong with the very last line is that it was cut off. */
  end(number: number): void {
    const cut = this.problems.at(-1)?.line === number;
    if (cut || (this.entry !== null && !this.entry.fields.has('text'))) {
      if (cut) this.problems.pop();
      this.fail('po.truncated', 'This file ends in the middle of an entry: the rest of it got lost. Get it anew.', number);
    } else this.finish();
  }

  private comment(line: string): void {
    if (line.startsWith('#~')) {
      this.comments = [];
      this.fuzzy = false;
    } else if (line.startsWith('#.')) this.comments.push(line.slice(2).trim());
    else if (/^#[,=]/.test(line) && /[,=\s]fuzzy(?:[,\s]|$)/.test(line)) this.fuzzy = true;
  }

  private keyword(line: string, number: number): void {
    const match = KEYWORD.exec(line);
    const field = FIELDS[match?.[1] ?? ''];
    if (match === null || field === undefined) {
      this.fail('po.syntax', 'A line of a PO file begins with #, msgctxt, msgid, msgstr or a quote; this one does not.', number);
      return;
    }
    if (field === 'context' || (field === 'id' && (this.entry === null || this.entry.fields.has('id')))) this.begin(number);
    const { entry } = this;
    const needed = { context: null, id: null, plural: 'id', text: 'id' } as const;
    const before = needed[field];
    if (entry === null || (before !== null && !entry.fields.has(before))) {
      this.fail('po.syntax', `A ${match[1]} stands here without its msgid.`, number);
      return;
    }
    const again = match[2] !== undefined && match[2] !== '[0]';
    if (entry.fields.has(field) && !again) this.fail('po.syntax', `This entry has a second ${match[1]}.`, number);
    entry.extra = again;
    this.field = field;
    if (!entry.fields.has(field)) entry.fields.set(field, '');
    this.goOn(line.slice(match[0].length), number);
  }

  /** A quoted string: the first of a field or one more. */
  private goOn(line: string, number: number): void {
    const read = readPoStrings(line);
    if ('fault' in read) this.fail('po.syntax', `This line cannot be read: ${read.fault}`, number);
    else if (this.entry === null || this.field === null)
      this.fail('po.syntax', 'A quoted text stands here without its msgid or msgstr.', number);
    else if (!this.entry.extra) this.entry.fields.set(this.field, (this.entry.fields.get(this.field) ?? '') + read.text);
  }

  private begin(line: number): void {
    this.finish();
    this.entry = { fields: new Map(), extra: false, fuzzy: this.fuzzy, comments: this.comments, line };
    this.comments = [];
    this.fuzzy = false;
  }

  private finish(): void {
    const { entry } = this;
    this.entry = null;
    this.field = null;
    if (entry === null) return;
    const { fields, fuzzy, comments, line } = entry;
    const text = fields.get('text');
    if (text === undefined) this.fail('po.syntax', 'This entry has no msgstr.', line);
    else {
      const context = fields.get('context') ?? null;
      this.entries.push({ context, id: fields.get('id') ?? '', text, plural: fields.has('plural'), fuzzy, comments, line });
    }
  }

  private fail(code: string, message: string, line: number): void {
    this.problems.push({ severity: 'error', code, message, line });
  }
}
