// The key store: wrapped data keys and the list of erasures, in a database of its own, outside every backup.
// Used by the vault only. On SQLite every read is synchronous beneath its promise. Never sees a key unwrapped.
import { AppError } from '../domain/errors.ts';
import type { Database } from './backends/backend.ts';
import { openDatabase } from './backends/index.ts';
import { migrate } from './migrations.ts';
import type { DataKeyTable, ErasureTable, KeySchema } from './schema.ts';
import { keyStatement, type Runner } from './statement.ts';

/** Rows of one insert: within the number of values that SQLite takes. */
const INSERT_ROWS = 1000;
const IN_LIST = 5000;

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

  /** All keys of several owners; those of other periods than `period` and 0 are left out. */
  findByOwners(owners: string[], period: number): Promise<DataKeyTable[]> {
    return this.#database.write
      .selectFrom('data_keys')
      .selectAll()
      .where('owner', 'in', owners.slice(0, IN_LIST))
      .where('period', 'in', [0, period])
      .execute();
  }

  findByIds(ids: string[]): Promise<DataKeyTable[]> {
    return this.#database.write.selectFrom('data_keys').selectAll().where('id', 'in', ids.slice(0, IN_LIST)).execute();
  }

  /** Every key there is, for the tool that proves erasure. */
  all(): Promise<DataKeyTable[]> {
    return this.#database.write.selectFrom('data_keys').selectAll().execute();
  }

  /** Writes new keys; where one exists for the same owner, class and period it stays. On disk when this resolves. */
  async insert(rows: DataKeyTable[]): Promise<void> {
    for (let start = 0; start < rows.length; start += INSERT_ROWS) {
      const part = rows.slice(start, start + INSERT_ROWS);
      await this.#database.write
        .insertInto('data_keys')
        .values(part)
        .onConflict((conflict) => conflict.columns(['owner', 'class', 'period']).doNothing())
        .execute();
    }
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

  /** Owners with a key of this class from before a period. */
  async ownersBefore(keyClass: string, period: number): Promise<string[]> {
    const rows = await this.#database.write
      .selectFrom('data_keys')
      .select('owner')
      .distinct()
      .where('class', '=', keyClass)
      .where('period', '<', period)
      .execute();
    return rows.map((row) => row.owner);
  }

  /** Destroys the keys of one class from before a period. */
  async destroyBefore(owners: string[], keyClass: string, period: number): Promise<number> {
    let count = 0;
    for (let start = 0; start < owners.length; start += IN_LIST) {
      const result = await this.#database.write
        .deleteFrom('data_keys')
        .where('owner', 'in', owners.slice(start, start + IN_LIST))
        .where('class', '=', keyClass)
        .where('period', '<', period)
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

  close(): Promise<void> {
    return this.#database.close();
  }

  #dropRemains(): void {
    // Nothing holds a transaction open on this connection: every call above is one statement.
    this.#database.dropRemains();
  }
}
