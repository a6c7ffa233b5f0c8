// Writes the directory in Open Referral HSDS 3.1: as one JSON page of services in full, or as a tabular data package.
// Called by `export` and the console. What a place has and the standard has not goes along as attributes of our own taxonomy.
import type { Place } from '../../domain/content.ts';
import { toCsv } from '../../util/csv.ts';
import { tablesOf } from './directory-tables.ts';
import type { Table } from './directory-tables.ts';
import { serviceOf } from './place-record.ts';
import type { HsdsContext } from './place-record.ts';

/** The directory as JSON: one page of `/services` as an API of the standard gives it in full. */
export function writeHsdsJson(places: Place[], context: HsdsContext): string {
  const contents = places.map((place) => serviceOf(place, context));
  const page = {
    total_items: contents.length,
    total_pages: 1,
    page_number: 1,
    size: contents.length,
    first_page: true,
    last_page: true,
    empty: contents.length === 0,
    contents,
  };
  return `${JSON.stringify(page, null, 2)}\n`;
}

/** The directory as CSV tables with the datapackage.json that describes them. Cells are safe to open in a spreadsheet. */
export function writeHsdsCsv(places: Place[], context: HsdsContext): { name: string; text: string }[] {
  const tables = tablesOf(places.map((place) => serviceOf(place, context)));
  return [
    { name: 'datapackage.json', text: describe(tables) },
    ...tables.map((table) => ({ name: `${table.name}.csv`, text: `${[...table.columns].join(',')}\r\n${table.rows.map(line).join('')}` })),
  ];
}

/** A number is no formula, even below zero: with an apostrophe before it, a coordinate would be none to anybody else. */
function line(cells: Table['rows'][number]): string {
  return `${cells.map((cell) => (typeof cell === 'number' ? String(cell) : toCsv([[cell ?? '']]).slice(0, -2))).join(',')}\r\n`;
}

/** @see https://specs.frictionlessdata.io/tabular-data-package/ */
function describe(tables: Table[]): string {
  const resources = tables.map(({ name, columns }) => ({
    profile: 'tabular-data-resource',
    name: name.replaceAll('_', '-'),
    path: `${name}.csv`,
    schema: { fields: columns.map((column) => ({ name: column, type: TYPES[column] ?? 'string' })), primaryKey: 'id' },
  }));
  return `${JSON.stringify({ profile: 'tabular-data-package', name: 'directory', resources }, null, 2)}\n`;
}

const TYPES: Record<string, string> = { latitude: 'number', longitude: 'number', interval: 'integer' };
