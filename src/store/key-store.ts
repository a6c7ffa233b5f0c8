// The key store: wrapped data keys and the list of erasures, in a database of its own, outside every backup.
// Used by the vault only. On SQLite every read is synchronous beneath its promise. Never sees a key unwrapped.
import { sql, type RawBuilder } from 'kysely';
import { AppError } from '../domain/errors.ts';
import type { Database } from './backends/backend.ts';
import { openDatabase } from './backends/index.ts';
import type { SqliteConnection } from './backends/sqlite-connection.ts';
import { migrate } from './migrations.ts';
import type { DataKeyTable, ErasureTable, KeySchema } from './schema.ts';
import { keyStatement, type Runner } from './statement.ts';

/** Rows of one insert: within the number of values that SQLite takes. */
const INSERT_ROWS = 1000;
const IN_LIST = 5000;
/**
 * The key of a day that was replaced stands a generation further: period = day + generation × this. Above all days, so that
 * a program that knows nothing of it destroys none of them too early.
 */
export const GENERATION = 100_000;
/** Fact: the version of the secret that wraps new keys. */
export const WRAP_VERSION = 'wrap_version';
/** Fact: erasures up to this time (ms) are not all in the list any more. */
export const ERASURES_FORGOTTEN = 'erasures_forgotten';

const byOwner = keyStatement((db, p: { owner: string; class: string; period: number }) =>
  db.selectFrom('data_keys').selectAll().where('owner', '=', p.owner).where('class', '=', p.class).where('period', '=', p.period),
);
const byId = keyStatement((db, p: { id: string }) => db.selectFrom('data_keys').selectAll().where('id', '=', p.id));

export class KeyStore {
  readonly #database: Database<KeySchema>;
  readonly #runner: Runner;
  #version = 0;

  private constructor(database: Database<KeySchema>) {
    this.#database = database;
    this.#runner = { dialect: database.dialect, db: database.write, sqlite: database.sqlite?.write ?? null };
  }

  /** Opens and migrates the key database. */
  static async open(url: string): Promise<KeyStore> {
    const database = await openDatabase<KeySchema>(url);
    try {
      await migrate(database.write, 'keys');
    } catch (error) {
      await database.close();
      throw error;
    }
    return new KeyStore(database);
  }

  get dialect(): 'sqlite' | 'postgres' {
    return this.#database.dialect;
  }

  /** True when another process changed the store since the last call: what is cached may be gone. */
  changedElsewhere(): boolean {
    if (!this.#database.sqlite) return false;
    const [row] = this.#database.sqlite.write.execute('pragma data_version', []).rows as { data_version: number }[];
    const changed = row !== undefined && row.data_version !== this.#version;
    this.#version = row?.data_version ?? 0;
    return changed;
  }

  findByOwner(owner: string, keyClass: string, period: number): Promise<DataKeyTable | undefined> {
    return byOwner.first(this.#runner, { owner, class: keyClass, period });
  }

  findById(id: string): Promise<DataKeyTable | undefined> {
    return byId.first(this.#runner, { id });
  }

  /** Keys of several owners, of these periods. */
  findByOwners(owners: string[], periods: number[]): Promise<DataKeyTable[]> {
    return this.#database.write
      .selectFrom('data_keys')
      .selectAll()
      .where(this.#isOneOf('owner', owners))
      .where('period', 'in', periods)
      .execute();
  }

  findByIds(ids: string[]): Promise<DataKeyTable[]> {
    return this.#database.write.selectFrom('data_keys').selectAll().where(this.#isOneOf('id', ids)).execute();
  }

  /** PostgreSQL: one text however long the list. */
  #isOneOf(column: 'id' | 'owner', values: string[]): RawBuilder<boolean> {
    const list = values.slice(0, IN_LIST);
    return this.dialect === 'sqlite'
      ? sql<boolean>`${sql.ref(column)} in (${sql.join(list)})`
      : sql<boolean>`${sql.ref(column)} = any(cast(${list} as text[]))`;
  }

  /** Every key there is, for the tool that proves erasure. */
  all(): Promise<DataKeyTable[]> {
    return this.#database.write.selectFrom('data_keys').selectAll().execute();
  }

  /** Whether there is any key. */
  async holdsKeys(): Promise<boolean> {
    return (await this.#database.write.selectFrom('data_keys').select('id').limit(1).executeTakeFirst()) !== undefined;
  }

  /**
   * Writes new keys; where one exists for the same owner, class and period it stays. On disk when this resolves.
   * @param version of the secret that wrapped them all
   * @returns false, with nothing written, when a rotation has put another version in its place.
   */
  async insert(rows: DataKeyTable[], version: number): Promise<boolean> {
    for (let start = 0; start < rows.length; start += INSERT_ROWS) {
      const written = await this.#insertPart(rows.slice(start, start + INSERT_ROWS), version);
      if (written === 0 && (await this.fact(WRAP_VERSION)) !== String(version)) return false;
    }
    return true;
  }

  async #insertPart(rows: DataKeyTable[], version: number): Promise<number> {
    const { sqlite } = this.#runner;
    if (sqlite) return insertEach(sqlite, rows, version);
    const result = await sql`insert into data_keys (id, owner, class, period, secret_version, wrapped, created_at)
      select * from ${arraysOf(rows)} as fresh
      where exists (select 1 from key_meta where name = ${WRAP_VERSION} and value = ${String(version)})
      on conflict (owner, class, period) do nothing`.execute(this.#database.write);
    return Number(result.numAffectedRows ?? 0n);
  }

  /**
   * From now on keys are wrapped by this version. PostgreSQL: inserts that are under way end first, so that whoever reads
   * the older keys afterwards misses none.
   */
  async startVersion(version: number): Promise<void> {
    const change = (db: Database<KeySchema>['write']) =>
      db
        .updateTable('key_meta')
        .set({ value: String(version) })
        .where('name', '=', WRAP_VERSION)
        .execute();
    if (this.dialect === 'sqlite') await change(this.#database.write);
    else
      await this.#database.write.transaction().execute(async (db) => {
        await sql`lock table data_keys in share row exclusive mode`.execute(db);
        await change(db);
      });
  }

  /** Keys that an older version wrapped, after an id; in the order of ids. */
  olderThan(version: number, after: string, limit: number): Promise<DataKeyTable[]> {
    return this.#database.write
      .selectFrom('data_keys')
      .selectAll()
      .where('id', '>', after)
      .where('secret_version', '<', version)
      .orderBy('id')
      .limit(limit)
      .execute();
  }

  /** How many keys there are, and how many of them an older version wrapped. */
  async countOlder(version: number): Promise<{ all: number; older: number }> {
    const row = await this.#database.write
      .selectFrom('data_keys')
      .select(({ fn }) => fn.countAll<number>().as('all'))
      .select(sql<number>`count(case when secret_version < ${version} then 1 end)`.as('older'))
      .executeTakeFirstOrThrow();
    return { all: row.all, older: row.older };
  }

  /** Replaces wrapped keys, all or none; those that were destroyed meanwhile stay away. All were wrapped by one version. */
  async replace(rows: DataKeyTable[], version: number): Promise<void> {
    const bytes = this.dialect === 'sqlite' ? sql`blob` : sql`bytea`;
    const cases = rows.map(({ id, wrapped }) => sql`when ${id} then cast(${wrapped} as ${bytes})`);
    await this.#database.write
      .updateTable('data_keys')
      .set({ secret_version: version, wrapped: sql<Uint8Array>`case id ${sql.join(cases, sql` `)} end` })
      .where(
        'id',
        'in',
        rows.map(({ id }) => id),
      )
      .where('secret_version', '<', version)
      .execute();
  }

  /** Destroys the keys of owners; all their classes unless some are named. */
  async destroy(owners: string[], classes?: string[]): Promise<number> {
    let count = 0;
    for (let start = 0; start < owners.length; start += IN_LIST) {
      let query = this.#database.write.deleteFrom('data_keys').where('owner', 'in', owners.slice(start, start + IN_LIST));
      if (classes) query = query.where('class', 'in', classes);
      count += Number((await query.executeTakeFirst()).numDeletedRows);
    }
    this.#dropRemains();
    return count;
  }

  /** Owners with a key of this class from before a day. */
  async ownersBefore(keyClass: string, day: number): Promise<string[]> {
    const rows = await this.#database.write
      .selectFrom('data_keys')
      .select('owner')
      .distinct()
      .where('class', '=', keyClass)
      .where(isBefore(day))
      .execute();
    return rows.map((row) => row.owner);
  }

  /** Those of the owners that have a key of this class. */
  async ownersWith(keyClass: string, owners: string[]): Promise<string[]> {
    if (owners.length === 0) return [];
    const rows = await this.#database.write
      .selectFrom('data_keys')
      .select('owner')
      .distinct()
      .where('owner', 'in', owners.slice(0, IN_LIST))
      .where('class', '=', keyClass)
      .execute();
    return rows.map((row) => row.owner);
  }

  /** Keys after an id that were made before a time (ms), without what they wrap; in the order of ids. */
  madeBefore(time: number, after: string, limit: number): Promise<Omit<DataKeyTable, 'wrapped' | 'secret_version'>[]> {
    return this.#database.write
      .selectFrom('data_keys')
      .select(['id', 'owner', 'class', 'period', 'created_at'])
      .where('id', '>', after)
      .where('created_at', '<', time)
      .orderBy('id')
      .limit(limit)
      .execute();
  }

  /** Destroys keys by their ids. */
  async destroyIds(ids: string[]): Promise<number> {
    if (ids.length === 0) return 0;
    const result = await this.#database.write.deleteFrom('data_keys').where('id', 'in', ids.slice(0, IN_LIST)).executeTakeFirst();
    this.#dropRemains();
    return Number(result.numDeletedRows);
  }

  /** Keys of class messages in whose place there is one of a later generation. */
  async replaced(): Promise<Pick<DataKeyTable, 'id' | 'owner' | 'class' | 'period'>[]> {
    return this.#database.write
      .selectFrom('data_keys as later')
      .innerJoin('data_keys as key', (join) =>
        join.onRef('key.owner', '=', 'later.owner').onRef('key.class', '=', 'later.class').onRef('key.period', '<', 'later.period'),
      )
      .select(['key.id', 'key.owner', 'key.class', 'key.period'])
      .distinct()
      .where('later.class', '=', 'messages')
      .where('later.period', '>=', GENERATION)
      .where(sql<boolean>`key.period % ${sql.lit(GENERATION)} = later.period % ${sql.lit(GENERATION)}`)
      .execute();
  }

  /** Destroys the keys of one class from before a day. */
  async destroyBefore(owners: string[], keyClass: string, day: number): Promise<number> {
    let count = 0;
    for (let start = 0; start < owners.length; start += IN_LIST) {
      const result = await this.#database.write
        .deleteFrom('data_keys')
        .where('owner', 'in', owners.slice(start, start + IN_LIST))
        .where('class', '=', keyClass)
        .where(isBefore(day))
        .executeTakeFirst();
      count += Number(result.numDeletedRows);
    }
    if (count > 0) this.#dropRemains();
    return count;
  }

  /** Notes an erasure: before its commit with `done` 0, and once its keys are destroyed with 1. */
  async noteErasure(erasure: ErasureTable): Promise<void> {
    await this.#database.write
      .insertInto('erasures')
      .values(erasure)
      .onConflict((conflict) => conflict.column('contact_id').doUpdateSet({ owners: erasure.owners, at: erasure.at, done: erasure.done }))
      .execute();
  }

  /** Forgets one whose transaction was undone. */
  async forgetErasure(contactId: string): Promise<void> {
    await this.#database.write.deleteFrom('erasures').where('contact_id', '=', contactId).where('done', '=', 0).execute();
  }

  /** Forgets erasures from before a time (ms). A backup that is as old as that is refused from then on: it could bring people back. */
  async forgetErasuresBefore(time: number): Promise<number> {
    const some = await this.#database.write
      .selectFrom('erasures')
      .select('at')
      .where('done', '=', 1)
      .where('at', '<=', time)
      .executeTakeFirst();
    if (!some) return 0;
    // Noted first: if the process dies in between, a backup is refused that need not be.
    await this.note(ERASURES_FORGOTTEN, String(time));
    const result = await this.#database.write.deleteFrom('erasures').where('done', '=', 1).where('at', '<=', time).executeTakeFirst();
    return Number(result.numDeletedRows);
  }

  erasures(done: 0 | 1): Promise<ErasureTable[]> {
    return this.#database.write.selectFrom('erasures').selectAll().where('done', '=', done).orderBy('at').execute();
  }

  /** A fact about the store that is set once; returns what is there afterwards. */
  async settle(name: string, value: string): Promise<string> {
    await this.#database.write
      .insertInto('key_meta')
      .values({ name, value })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute();
    const row = await this.#database.write.selectFrom('key_meta').select('value').where('name', '=', name).executeTakeFirst();
    if (!row) throw new AppError('store.unavailable', 'The key store lost a row that was just written.');
    return row.value;
  }

  /** A fact by name. */
  async fact(name: string): Promise<string | null> {
    return (await this.facts()).get(name) ?? null;
  }

  /** All facts. */
  async facts(): Promise<Map<string, string>> {
    const rows = await this.#database.write.selectFrom('key_meta').selectAll().execute();
    return new Map(rows.map(({ name, value }) => [name, value]));
  }

  /** Writes a fact, whatever was there. */
  async note(name: string, value: string): Promise<void> {
    await this.#database.write
      .insertInto('key_meta')
      .values({ name, value })
      .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
      .execute();
  }

  /** Removes what replaced rows left in the files beside the database. */
  dropRemains(): void {
    this.#dropRemains();
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  #dropRemains(): void {
    // Nothing holds a transaction open on this connection: every call above ends its own before anything else runs.
    this.#database.dropRemains();
  }
}

/** Of a day before this one, of whatever generation. */
const isBefore = (day: number) =>
  sql<boolean>`(period < ${day} or (period >= ${sql.lit(GENERATION)} and period % ${sql.lit(GENERATION)} < ${day}))`;

const INSERT_ONE = `insert into data_keys (id, owner, class, period, secret_version, wrapped, created_at)
  select ?, ?, ?, ?, ?, ?, ? where exists (select 1 from key_meta where name = '${WRAP_VERSION}' and value = ?)
  on conflict (owner, class, period) do nothing`;

/** One prepared statement a row, all in one commit: a text for each number of rows would be planned anew each time. */
function insertEach(sqlite: SqliteConnection, rows: DataKeyTable[], version: number): number {
  let written = 0;
  const insert = (): void => {
    for (const { id, owner, class: keyClass, period, secret_version: wrappedBy, wrapped, created_at: at } of rows)
      written += sqlite.execute(INSERT_ONE, [id, owner, keyClass, period, wrappedBy, wrapped, at, String(version)]).changes;
  };
  if (rows.length === 1) {
    insert();
    return written;
  }
  sqlite.begin();
  try {
    insert();
    sqlite.commit();
  } catch (error) {
    sqlite.rollback();
    throw error;
  }
  return written;
}

/** The same text however many rows: PostgreSQL need not plan each number of them anew. */
function arraysOf(rows: DataKeyTable[]) {
  const column = <K extends keyof DataKeyTable>(name: K): DataKeyTable[K][] => rows.map((row) => row[name]);
  return sql`unnest(cast(${column('id')} as text[]), cast(${column('owner')} as text[]), cast(${column('class')} as text[]),
    cast(${column('period')} as integer[]), cast(${column('secret_version')} as integer[]), cast(${column('wrapped')} as bytea[]),
    cast(${column('created_at')} as bigint[]))`;
}
