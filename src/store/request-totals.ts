// What remains of the request log after its retention: counts by month, topic, locality, language and outcome.
// Written by purge.ts before the episodes of a month begin to go, read by the export.
//
// 2026-11-21: a group of fewer than five says too much of somebody. It is merged with its like: first without the locality,
// then without language, outcome and topic; what is too small even then is dropped. Nothing is kept of how long, how
// helpful or how old. An episode counts once, under its first topic; one that was marked sensitive never with its locality.
import type { RequestTotalTable } from './schema.ts';
import type { Reader, Tx } from './tx.ts';

/** The smallest group that is named. */
const SMALLEST = 5;
/** Stands for everything that was too small to be named. */
const ANY = '*';
const ROWS = 500;

type Group = Omit<RequestTotalTable, 'month' | 'episodes'>;
/** In this order a group gives up what it says. */
const GIVE_UP: readonly (keyof Group)[] = ['locality', 'language', 'outcome', 'topic'];

/**
 * Counts the months in which an episode is due to go (hour at or before `before`, ms) and that have no totals yet.
 * @returns how many months were counted
 */
export async function totalDueMonths(tx: Tx, before: number): Promise<number> {
  let count = 0;
  let from = 0;
  for (;;) {
    const next = await tx.db
      .selectFrom('request_log')
      .select('hour')
      .where('hour', '>=', from)
      .where('hour', '<=', before)
      .orderBy('hour')
      .limit(1)
      .executeTakeFirst();
    if (!next) return count;
    const month = new Date(next.hour).toISOString().slice(0, 7);
    from = monthAfter(month);
    if (await isTotalled(tx, month)) continue;
    await totalMonth(tx, month);
    count += 1;
  }
}

/** Totals of the months from `from` to `to`, such as 2026-11, both included. */
export async function exportTotals(reader: Reader, from: string, to: string): Promise<RequestTotalTable[]> {
  return reader.db
    .selectFrom('request_totals')
    .selectAll()
    .where('month', '>=', from)
    .where('month', '<=', to)
    .where('episodes', '>', 0)
    .orderBy('month')
    .orderBy('topic')
    .orderBy('locality')
    .orderBy('language')
    .orderBy('outcome')
    .execute();
}

/** The first ms of the month after. */
function monthAfter(month: string): number {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return Date.UTC(year, number, 1);
}

async function isTotalled(tx: Tx, month: string): Promise<boolean> {
  return (await tx.db.selectFrom('request_totals').select('month').where('month', '=', month).limit(1).executeTakeFirst()) !== undefined;
}

async function totalMonth(tx: Tx, month: string): Promise<void> {
  const rows = await tx.db
    .selectFrom('request_log')
    .select(['topics', 'locality', 'language', 'outcome', 'sensitive'])
    .select(({ fn }) => fn.countAll<number>().as('episodes'))
    .where('hour', '>=', Date.parse(`${month}-01T00:00:00Z`))
    .where('hour', '<', monthAfter(month))
    .groupBy(['topics', 'locality', 'language', 'outcome', 'sensitive'])
    .execute();
  const groups = merge(
    rows.map((row) => ({
      topic: (JSON.parse(row.topics) as string[])[0] ?? 'none',
      locality: row.sensitive === 1 ? ANY : (row.locality ?? 'none'),
      language: row.language ?? 'none',
      outcome: row.outcome ?? 'none',
      episodes: row.episodes,
    })),
  );
  // A month always has a row, and so is counted once.
  if (!groups.some(isMerged)) groups.push({ topic: ANY, locality: ANY, language: ANY, outcome: ANY, episodes: 0 });
  for (let start = 0; start < groups.length; start += ROWS)
    await tx.db
      .insertInto('request_totals')
      .values(groups.slice(start, start + ROWS).map((group) => ({ month, ...group })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
}

type Counted = Group & { episodes: number };

const isMerged = (group: Group): boolean => GIVE_UP.every((name) => group[name] === ANY);

/** Adds up equal groups, and merges those that are too small until none is. */
function merge(groups: Counted[]): Counted[] {
  let sums = addUp(groups);
  for (const name of GIVE_UP) {
    const enough = sums.filter(({ episodes }) => episodes >= SMALLEST);
    const few = sums.filter(({ episodes }) => episodes < SMALLEST).map((group) => ({ ...group, [name]: ANY }));
    sums = addUp([...enough, ...few]);
  }
  return sums.filter(({ episodes }) => episodes >= SMALLEST);
}

function addUp(groups: Counted[]): Counted[] {
  const sums = new Map<string, Counted>();
  for (const group of groups) {
    const name = JSON.stringify([group.topic, group.locality, group.language, group.outcome]);
    const known = sums.get(name);
    sums.set(name, { ...group, episodes: group.episodes + (known?.episodes ?? 0) });
  }
  return [...sums.values()];
}
