// The previous version runs on the new schema: every migration after the first only expands, and the previous release's own store
// tests pass on it. That the rule bites is shown with migrations that break it.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { afterEach, describe, expect, it } from 'vitest';
import type { Database } from '../../src/store/backends/backend.ts';
import { openDatabase } from '../../src/store/backends/index.ts';
import { KEY_MIGRATIONS, migrate, MIGRATIONS } from '../../src/store/migrations.ts';
import { BACKENDS, makePlace, type Backend } from '../support/places.ts';
import { checkOut, previousTag } from '../support/previous-release.ts';
import { breaches, shapeOf, type Shape } from '../support/schema-shape.ts';

const root = path.resolve(import.meta.dirname, '../..');
const cleaners: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const clean of cleaners.splice(0).reverse()) await clean();
});

/** A database without any table. */
async function empty(backend: Backend): Promise<Database<unknown>> {
  const place = await makePlace(backend);
  cleaners.push(() => place.drop());
  const database = await openDatabase<unknown>(place.environment['DATABASE_URL'] ?? `sqlite:${place.folder}/empty.db`);
  cleaners.push(() => database.close());
  if (backend === 'postgres') await sql`drop schema public cascade; create schema public`.execute(database.write);
  return database;
}

/** Shapes after each migration, in order. */
async function shapes(backend: Backend, which: 'main' | 'keys', migrations: Record<string, Migration>): Promise<Shape[]> {
  const database = await empty(backend);
  const after: Shape[] = [];
  for (const index of Object.keys(migrations).keys()) {
    await migrate(database.write, which, Object.fromEntries(Object.entries(migrations).slice(0, index + 1)));
    after.push(await shapeOf(database));
  }
  return after;
}

const bad: Record<string, string[]> = {
  'takes a column away': ['alter table cases drop column topic'],
  'renames a column': ['alter table cases rename column topic to subject'],
  'takes a table away': ['drop table consents'],
  'renames a table': ['alter table consents rename to agreements'],
  'makes values unique': ['create unique index one_topic on cases (topic)'],
  'changes a type': ['alter table cases drop column topic', 'alter table cases add column topic integer'],
};
const badOnPostgres: Record<string, string[]> = {
  'wants a value that was optional': ['alter table cases alter column topic set not null'],
  'wants a value that the older program does not give': ['alter table cases add column colour text not null'],
  'checks values': [`alter table cases add constraint short check (length(topic) < 9)`],
  'refers to another table': ['alter table outbox add foreign key (conversation_id) references conversations (id)'],
};

describe.each(BACKENDS)('migrations on %s', (backend) => {
  it.each([
    ['main', MIGRATIONS],
    ['keys', KEY_MIGRATIONS],
  ] as const)('of the %s database only expand', async (which, migrations) => {
    const after = await shapes(backend, which, migrations);
    expect(Object.keys(after[0] ?? {}).length).toBeGreaterThan(2);
    const names = Object.keys(migrations);
    const found = after
      .slice(1)
      .flatMap((shape, index) => breaches(after[index] ?? {}, shape).map((breach) => `${names[index + 1]}: ${breach}`));
    expect(found).toEqual([]);
  });

  it.each(Object.entries({ ...bad, ...(backend === 'postgres' ? badOnPostgres : {}) }))(
    'the rule finds one that %s',
    async (_, statements) => {
      const database = await empty(backend);
      await migrate(database.write, 'main');
      const before = await shapeOf(database);
      for (const statement of statements) await sql.raw(statement).execute(database.write);
      expect(breaches(before, await shapeOf(database))).not.toEqual([]);
    },
  );

  it('the rule lets new tables, optional columns and columns with a default pass', async () => {
    const database = await empty(backend);
    await migrate(database.write, 'main');
    const before = await shapeOf(database);
    for (const statement of [
      'create table colours (id text primary key not null, name text not null unique)',
      'alter table cases add column colour text',
      `alter table cases add column shade integer not null default 0`,
      'create index cases_colour on cases (colour)',
    ])
      await sql.raw(statement).execute(database.write);
    expect(breaches(before, await shapeOf(database))).toEqual([]);
  });
});

describe('the previous release', () => {
  const previous = previousTag(root);

  it.skipIf('none' in previous)(
    `${'tag' in previous ? previous.tag : `cannot be tried: ${previous.none}`}; its store tests pass on the new schema`,
    { timeout: 900_000 },
    () => {
      if (!('tag' in previous)) return;
      const place = checkOut(root, previous.tag);
      cleaners.push(() => rmSync(place, { recursive: true, force: true }));
      const vitest = path.join(root, 'node_modules', 'vitest', 'vitest.mjs');
      const ran = spawnSync(process.execPath, [vitest, 'run', 'test/store', '--exclude', '**/migrations.test.ts'], {
        cwd: place,
        encoding: 'utf8',
      });
      expect(ran.status, ran.stdout.slice(-4000)).toBe(0);
    },
  );

  it('is the newest earlier tag, in a full clone; without one there is none', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-tags-'));
    cleaners.push(() => rmSync(folder, { recursive: true, force: true }));
    const git = (...args: string[]): void =>
      void execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@t.invalid', ...args], { cwd: folder, stdio: 'ignore' });
    expect(previousTag(folder)).toEqual({ none: 'this is no git checkout' });
    git('init');
    for (const [count, tag] of ['v0.1.0', 'v0.10.0', 'v0.9.0', null].entries()) {
      writeFileSync(path.join(folder, 'file'), String(count));
      git('add', '.');
      git('commit', '-m', 'x');
      if (count === 0) expect(previousTag(folder)).toEqual({ none: 'there is no earlier release' });
      if (tag) git('tag', tag);
    }
    expect(previousTag(folder)).toEqual({ tag: 'v0.10.0' });
    git('tag', 'v0.11.0');
    expect(previousTag(folder)).toEqual({ tag: 'v0.10.0' });
  });
});
