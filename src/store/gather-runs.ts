// Collects runs of one statement until the event loop turns, and sends them as one (PostgreSQL): when many turns go side by
// side in a transaction, each step of theirs costs one round trip. Used by statement.ts; knows nothing of Kysely.
import { POSITION, type ManyRows } from './many-rows.ts';

/** What became of a run: its rows, and how many rows it changed. */
export interface Result {
  rows: unknown[];
  changes: number;
}

type Values = Record<string, unknown>;
type Send = (sql: string, parameters: unknown[]) => Promise<Result>;

interface Run {
  values: Values;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/** Takes a run on a connection; `send` is how statements reach that connection. */
export type Gather = (connection: object, values: object, send: Send) => Promise<Result>;

/**
 * Makes the collector of one statement.
 * @param form its form for many sets of values; asked for once.
 * @param key names of values: changes with the same ones never share a statement, the others go in their order.
 */
export function gatherRuns(form: () => ManyRows, key: readonly string[]): Gather {
  const waiting = new WeakMap<object, Run[]>();
  let many: ManyRows | null = null;

  function flush(runs: Run[], send: Send): void {
    try {
      many ??= form();
    } catch (error) {
      for (const { reject } of runs) reject(error);
      return;
    }
    // On one connection they run in the order in which they are sent.
    for (const sets of many.reads ? [sameTogether(runs, many.names, key)] : apart(runs, key)) void sendSets(many, sets, key, send);
  }

  return (connection, values, send) =>
    new Promise((resolve, reject) => {
      const run = { values: values as Values, resolve, reject };
      const runs = waiting.get(connection);
      if (runs) {
        runs.push(run);
        return;
      }
      const first = [run];
      waiting.set(connection, first);
      setImmediate(() => {
        waiting.delete(connection);
        flush(first, send);
      });
    });
}

/** A set of values, and the runs that ask for it. */
type ValueSet = Run[];

const nameOf = (values: Values, names: readonly string[]): string => names.map((name) => String(values[name])).join(' ');
const firstOf = (set: ValueSet): Values => set[0]?.values ?? {};

/** Reads: whoever asks the same gets the same rows. */
function sameTogether(runs: Run[], names: readonly string[], key: readonly string[]): ValueSet[] {
  const sets = [...Map.groupBy(runs, ({ values }) => nameOf(values, names)).values()];
  return key.length === 0 ? sets : inOrder(sets, key);
}

/** Changes: those of one row one after another. */
function apart(runs: Run[], key: readonly string[]): ValueSet[][] {
  if (key.length === 0) return [runs.map((run) => [run])];
  const statements: ValueSet[][] = [];
  for (const same of Map.groupBy(runs, ({ values }) => nameOf(values, key)).values()) {
    for (const [index, run] of same.entries()) (statements[index] ??= []).push([run]);
  }
  return statements.map((sets) => inOrder(sets, key));
}

/** Transactions that touch the same rows then wait for each other instead of deadlocking. */
function inOrder(sets: ValueSet[], key: readonly string[]): ValueSet[] {
  return sets
    .map((set) => ({ set, name: nameOf(firstOf(set), key) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ set }) => set);
}

async function sendSets({ sql, names, tell }: ManyRows, sets: ValueSet[], key: readonly string[], send: Send): Promise<void> {
  try {
    const parameters = names.map((name) => sets.map((set) => firstOf(set)[name]));
    const { rows } = await send(sql, parameters);
    const results = sets.map((): Result => ({ rows: [], changes: tell === 'all' ? 1 : 0 }));
    const places = tell === 'by key' ? new Map(sets.map((set, index) => [nameOf(firstOf(set), key), index])) : null;
    for (const row of rows as Values[]) {
      const result = results[places ? (places.get(nameOf(row, key)) ?? -1) : Number(row[POSITION]) - 1];
      result?.rows.push(row);
      if (result) result.changes += 1;
    }
    for (const [index, set] of sets.entries()) for (const { resolve } of set) resolve(results[index] as Result);
  } catch (error) {
    for (const set of sets) for (const { reject } of set) reject(error);
  }
}
