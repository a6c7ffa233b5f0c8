// The request log as CSV, safe to open in a spreadsheet: `ventanilla export requests`. Holds no number, name or free text.
import { writeFileSync } from 'node:fs';
import { AppError } from '../domain/errors.ts';
import { exportRequests } from '../store/request-log.ts';
import { exportTotals } from '../store/request-totals.ts';
import { toCsv } from '../util/csv.ts';
import { openStoreBeside } from './open-store-beside.ts';

const COLUMNS = [
  'id',
  'hour',
  'channel',
  'language',
  'locality',
  'topics',
  'stage',
  'callerType',
  'flow',
  'release',
  'answers',
  'outcome',
  'barrier',
  'secondsToPerson',
  'helpful',
  'rating',
  'gender',
  'ageBand',
  'disability',
  'sensitive',
] as const;

const TOTAL_COLUMNS = ['month', 'topic', 'locality', 'language', 'outcome', 'episodes'] as const;

export interface RequestsOptions {
  from?: string | undefined;
  to?: string | undefined;
  out?: string | undefined;
  totals: boolean;
}

/** Writes episodes, or with `totals` the months whose episodes are gone already. */
export async function exportRequestLog(values: RequestsOptions): Promise<number> {
  if (values.totals) return exportMonths(values);
  const from = day(values.from, '--from');
  const to = day(values.to, '--to') + 86_400_000;
  const store = await openStoreBeside();
  try {
    const entries = await store.read((reader) => exportRequests(reader, from, to));
    // An episode that nobody ended: the person stopped writing.
    const ended = entries.map((entry) =>
      entry.outcome === undefined && entry.hour < Date.now() - 25 * 3_600_000 ? { ...entry, outcome: 'abandoned' as const } : entry,
    );
    const rows = ended.map((entry) =>
      COLUMNS.map((column) => cell(column === 'hour' ? new Date(entry.hour).toISOString() : entry[column])),
    );
    write(toCsv([[...COLUMNS], ...rows]), values.out);
    console.error(`${entries.length} episodes`);
    return 0;
  } finally {
    await store.close();
  }
}

/** The months whose episodes are gone already: counts of groups that are large enough. */
async function exportMonths(values: RequestsOptions): Promise<number> {
  const [from, to] = [day(values.from, '--from'), day(values.to, '--to')].map((time) => new Date(time).toISOString().slice(0, 7));
  const store = await openStoreBeside();
  try {
    const totals = await store.read((reader) => exportTotals(reader, from ?? '', to ?? ''));
    const rows = totals.map((total) => TOTAL_COLUMNS.map((column) => cell(total[column])));
    write(toCsv([[...TOTAL_COLUMNS], ...rows]), values.out);
    console.error(`${totals.length} groups; * stands for groups that were too small to be named`);
    return 0;
  } finally {
    await store.close();
  }
}

function write(csv: string, file: string | undefined): void {
  if (file) writeFileSync(file, csv, { mode: 0o600 });
  else process.stdout.write(csv);
}

function day(value: string | undefined, name: string): number {
  const time = value && /^\d{4}-\d{2}-\d{2}$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time)) throw new AppError('cli.usage', `${name} needs a date such as 2026-11-01.`);
  return time;
}

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join(' ');
  return typeof value === 'string' ? value : JSON.stringify(value);
}
