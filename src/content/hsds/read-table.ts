// One CSV table as rows by column name, after RFC 4180, with commas, semicolons or tabs as spreadsheets write them.
// Called by services-of-files.ts; knows nothing of what the columns mean.

/** A row; empty cells are left out. */
export type Row = Record<string, string>;

export interface TableResult {
  rows: Row[];
  /** Line of the file, counted from 1, where a quoted cell begins that is never closed. Then there are no rows. */
  openQuoteLine?: number;
  /** Rows that have more cells than the table has columns; those cells are dropped. */
  tooLong: number;
}

/** The apostrophe that util/csv.ts puts before what a spreadsheet would run as a formula. */
const GUARD = /^'(?=\s*[=+\-@＝＋－＠]|[\t\r\n])/;

/** The rows of a table. The first line that is not empty names the columns. */
export function readTable(text: string): TableResult {
  const cells = readCells(text, separatorOf(text));
  if ('openQuoteLine' in cells) return { rows: [], tooLong: 0, openQuoteLine: cells.openQuoteLine };
  const [header = [], ...body] = cells.rows.filter((row) => row.some((cell) => cell.trim() !== ''));
  const columns = header.map((name) =>
    name
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_'),
  );
  return {
    rows: body.map((row) => named(columns, row)),
    tooLong: body.filter((row) => row.slice(columns.length).some((cell) => cell !== '')).length,
  };
}

/** The first of two columns with one name counts. A column called `__proto__` stays a column. */
function named(columns: string[], cells: string[]): Row {
  const row = new Map<string, string>();
  cells.forEach((written, index) => {
    const column = columns[index] ?? '';
    const cell = written.replace(GUARD, '');
    if (column !== '' && cell !== '' && !row.has(column)) row.set(column, cell);
  });
  return Object.fromEntries(row);
}

function separatorOf(text: string): string {
  const header = (/\S[^\r\n]*/.exec(text)?.[0] ?? '').replaceAll(/"[^"]*"/g, '');
  const count = (separator: string): number => header.split(separator).length;
  return [';', '\t'].find((separator) => count(separator) > count(',')) ?? ',';
}

function readCells(text: string, separator: string): { rows: string[][] } | { openQuoteLine: number } {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < text.length;) {
    let cell = '';
    if (text[at] === '"') {
      const end = closingQuote(text, at + 1);
      if (end === -1) return { openQuoteLine: text.slice(0, at).split(/\r\n|\r|\n/).length };
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    }
    const end = endOfCell(text, at, separator);
    row.push(cell + text.slice(at, end));
    at = end + 1;
    if (text[end] === separator) {
      // A separator at the very end of the file has one more empty cell behind it.
      if (at < text.length) continue;
      row.push('');
    }
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return { rows };
}

/** The next separator, line end or end of the file. Both halves of a CRLF end a line; the empty line between them is none. */
function endOfCell(text: string, from: number, separator: string): number {
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (character === separator || character === '\n' || character === '\r') return at;
  }
  return text.length;
}

/** Where a quoted cell ends; two quotes are one that belongs to it. -1 when it does not end. */
function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from);
  while (at !== -1 && text[at + 1] === '"') at = text.indexOf('"', at + 2);
  return at;
}
