// Database and key store as `ventanilla doctor` sees them: reachable, whole, durable, and whether work piles up. Migrates nothing.
import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import { AppError } from '../../domain/errors.ts';
import { ok, problem, warning, type Finding } from '../../domain/finding.ts';
import type { ServiceSettings } from '../../runtime/settings.ts';
import type { Database } from '../../store/backends/backend.ts';
import { openDatabase } from '../../store/backends/index.ts';
import { takeMeasurements, type Measurements } from '../../store/measurements.ts';
import { isMigrated } from '../../store/migrations.ts';
import { countStuckCopies } from '../../store/provider-copies.ts';
import type { Schema } from '../../store/schema.ts';
import { openStore, type Store } from '../../store/store.ts';

const MAX_SKEW_MS = 5000;
const LATE_MS = 300_000;
const BACKUP_MS = 26 * 3_600_000;
const DAY_MS = 86_400_000;
const OLDEST_POSTGRES = 140_000;

/** Looks at the database, then at key store and queues. */
export async function checkDatabase(settings: ServiceSettings, now: () => number): Promise<Finding[]> {
  const { databaseUrl, keyDatabaseUrl, secretKeyFile } = settings;
  if (databaseUrl.startsWith('sqlite:') && !existsSync(databaseUrl.slice('sqlite:'.length)))
    return [ok('database', 'There is no database yet; the first start makes it.')];
  const database = await openDatabase<Schema>(databaseUrl);
  const findings: Finding[] = [];
  try {
    findings.push(...(await (database.sqlite ? checkSqlite(database) : checkPostgres(database, now()))));
    if (!(await isMigrated(database.read)))
      return [
        ...findings,
        warning(
          'database',
          "Its tables are not this version's.",
          'Start this version: it brings them up to date. If it refuses, the database is newer.',
        ),
      ];
  } finally {
    await database.close();
  }
  const store = await openStore({ databaseUrl, keyDatabaseUrl, secretKeyFile, now });
  try {
    return [
      ...findings,
      ok('database', "Its tables are this version's."),
      ok('keys', 'Key store, secret and database belong together.'),
      ...(await checkWork(store, now())),
    ];
  } finally {
    await store.close();
  }
}

/** A fault of opening as a finding. */
export function faultOf(error: unknown, about: string): Finding {
  return error instanceof AppError
    ? problem(about, 'It cannot be used.', error.message)
    : problem(about, 'It could not be looked at.', 'Run it again with LOG_LEVEL=debug, and report what it says.');
}

async function checkSqlite(database: Database<Schema>): Promise<Finding[]> {
  const pragma = (name: string): unknown => database.sqlite?.write.database.pragma(name, { simple: true });
  const { rows } = await sql<{ version: string }>`select sqlite_version() as version`.execute(database.read);
  const damage = pragma('quick_check(1)');
  return [
    ok('database', `SQLite ${rows[0]?.version}.`),
    pragma('journal_mode') === 'wal' && pragma('synchronous') === 2
      ? ok('database', 'Every commit is on disk before it is acknowledged (WAL, synchronous FULL).')
      : problem(
          'database',
          'Commits may be lost when the power fails.',
          'The folder must be on a disk that supports SQLite’s WAL mode, not on a network share.',
        ),
    damage === 'ok'
      ? ok('database', 'The file is whole.')
      : problem('database', 'The file is damaged.', 'Stop the service and restore a backup.'),
  ];
}

async function checkPostgres(database: Database<Schema>, now: number): Promise<Finding[]> {
  const { rows } = await sql<{ version: string; number: string; commits: string; fsync: string; now: string }>`
    select current_setting('server_version') as version, current_setting('server_version_num') as number,
      current_setting('synchronous_commit') as commits, current_setting('fsync') as fsync,
      extract(epoch from clock_timestamp()) * 1000 as now
  `.execute(database.read);
  const [found] = rows;
  if (!found) return [];
  const skew = Number(found.now) - now;
  return [
    Number(found.number) >= OLDEST_POSTGRES
      ? ok('database', `PostgreSQL ${found.version}.`)
      : warning('database', `PostgreSQL ${found.version} is old.`, 'Use version 14 or later.'),
    found.commits === 'off' || found.fsync === 'off'
      ? problem(
          'database',
          'An acknowledged message may be lost when the power fails.',
          'Set fsync = on and synchronous_commit = on in postgresql.conf.',
        )
      : ok('database', 'Every commit is on disk before it is acknowledged.'),
    Math.abs(skew) <= MAX_SKEW_MS
      ? ok('clock', "This machine's clock agrees with the database's.")
      : problem(
          'clock',
          `This machine's clock differs from the database's by ${Math.round(Math.abs(skew) / 1000)} s.`,
          'Turn on NTP on both.',
        ),
  ];
}

async function checkWork(store: Store, now: number): Promise<Finding[]> {
  const found = await takeMeasurements(store, now);
  const late = (since: number | null): boolean => since !== null && now - since > LATE_MS;
  const stuck = await store.read((reader) => countStuckCopies(reader));
  const findings = [
    ...(found.inbox.some((row) => late(row.since))
      ? [
          problem(
            'queues',
            'Acknowledged messages have waited for more than five minutes.',
            'See that the service runs, and look in its log for "A turn failed".',
          ),
        ]
      : []),
    ...(found.outbox.some((row) => row.state === 'queued' && late(row.since))
      ? [
          warning(
            'queues',
            'Answers have waited for more than five minutes to be sent.',
            'See that the service runs and that its provider answers.',
          ),
        ]
      : []),
    ...(found.outbox.some((row) => row.state === 'unknown' && late(row.since))
      ? [
          warning(
            'queues',
            'What became of a line is not known after five minutes.',
            "See that the provider's list of messages can be read with these credentials.",
          ),
        ]
      : []),
    ...(late(found.copies.since)
      ? [warning('erasure', 'Copies at providers are overdue for erasure.', "Check the provider's credentials.")]
      : []),
    ...(stuck > 0
      ? [
          problem(
            'erasure',
            `${stuck} copies at providers could not be erased.`,
            "Delete them in the provider's console, and tell the people.",
          ),
        ]
      : []),
  ];
  return [...(findings.length > 0 ? findings : [ok('queues', 'Nothing waits too long.')]), checkBackup(found, now)];
}

function checkBackup({ lastBackup }: Measurements, now: number): Finding {
  if (lastBackup === null)
    return warning('backup', 'No backup was ever made.', 'Run `ventanilla backup FILE` every night, and keep the file elsewhere.');
  return now - lastBackup > BACKUP_MS
    ? warning(
        'backup',
        `The last backup is ${Math.floor((now - lastBackup) / DAY_MS)} days old.`,
        'Run `ventanilla backup FILE` every night.',
      )
    : ok('backup', 'A backup was made within a day.');
}
