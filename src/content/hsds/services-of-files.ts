// All services in the files of a directory, JSON documents and CSV tables alike, or why a file cannot be read.
// Called by read-hsds.ts; knows nothing of places.
import { servicesOfTables } from './csv-services.ts';
import { servicesOfJson } from './json-services.ts';
import { readJson } from './read-json.ts';
import { readTable } from './read-table.ts';
import type { Row } from './read-table.ts';
import { readText } from './read-text.ts';
import type { GivenFile } from './read-text.ts';
import type { Report } from './report.ts';
import { readService } from './shape.ts';
import type { HsdsService } from './shape.ts';
import { baseName, tableOf } from './tables.ts';
import type { TableName } from './tables.ts';

/** All services of all files; tables belong together, a JSON file stands by itself. Null when a file cannot be read. */
export function servicesOfFiles(files: GivenFile[], report: Report): HsdsService[] | null {
  const tables = new Map<TableName, Row[]>();
  const documents: object[][] = [];
  for (const file of files) {
    const name = baseName(file.name);
    // It describes the tables, which are read by their names.
    if (name === 'datapackage.json') continue;
    const read = readText(file);
    if ('error' in read) report.add(read.error);
    else if (isJson(name, read.text)) documents.push(readDocument(file.name, read.text, report));
    else readRows(file.name, read.text, tables, report);
  }
  if (report.failed()) return null;
  return [...documents.flat(), ...servicesOfTables(tables, report)].map((each) => readService(each));
}

/** By its name, else by how it begins. */
function isJson(name: string, text: string): boolean {
  return name.endsWith('.json') || (!/\.(csv|tsv)$/.test(name) && /^\s*[[{]/.test(text));
}

function readDocument(name: string, text: string, report: Report): object[] {
  const read = readJson(name, text);
  if ('value' in read) return servicesOfJson(read.value, report);
  for (const error of read.errors) report.add(error);
  return [];
}

function readRows(name: string, text: string, tables: Map<TableName, Row[]>, report: Report): void {
  const table = tableOf(name);
  if (table === null) {
    const message = 'This file is none of the tables of the standard and is ignored. Name it after its table, such as services.csv.';
    report.add({ severity: 'warning', code: 'file.ignored', message, record: name });
    return;
  }
  const { rows, openQuoteLine, tooLong } = readTable(text);
  if (openQuoteLine !== undefined) {
    const message = `Line ${openQuoteLine}: a quote (") is opened here and never closed. Close it, or save the table again as CSV.`;
    report.add({ severity: 'error', code: 'file.csv', message, record: name });
  }
  if (tooLong > 0) {
    const message = 'Rows have more cells than the table has columns; those cells are dropped. Is there a comma that no quotes enclose?';
    report.add({ severity: 'warning', code: 'table.row_too_long', message, record: name, count: tooLong });
  }
  tables.set(table, [...(tables.get(table) ?? []), ...rows]);
}
