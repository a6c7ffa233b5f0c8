// `npm run bench [-- <name>,… [--minutes 30]]`: speed, memory and size, as JSON lines { name, value, unit, … }.
// Ratios come from the same run. Never part of `npm test`: figures depend on the machine; only their ratios travel.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { benchBareHttp } from './bare-http.ts';
import { benchConsole } from './console.ts';
import { benchConsoles, benchInbox } from './consoles.ts';
import { benchEditor } from './editor.ts';
import { benchEngine } from './engine.ts';
import type { Place } from '../support/places.ts';
import { startBenchPostgres, type BenchPostgres } from './postgres.ts';
import { benchRawPostgres } from './raw-postgres.ts';
import { benchRawSqlite } from './raw-sqlite.ts';
import { benchSoak } from './soak.ts';
import { benchMemory, benchStart, filled } from './start.ts';
import { benchStored } from './stored.ts';
import { benchAck, benchNodes, benchTurns, PROVIDER_RATE } from './webhooks.ts';
import { benchPublish } from './publish.ts';
import { benchWidget } from './widget.ts';

export interface Figure {
  name: string;
  value: number;
  unit: string;
  [more: string]: string | number;
}

const FEW = 10_000;
const MANY = 1_000_000;
const { values, positionals } = parseArgs({ allowPositionals: true, options: { minutes: { type: 'string', default: '30' } } });
const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-bench-'));
let server: BenchPostgres | null = null;
let places = 0;

/** A new place on PostgreSQL. */
async function onPostgres(): Promise<Record<string, string>> {
  server ??= await startBenchPostgres();
  return server.makePlace(path.join(folder, `place-${++places}`));
}

const onSqlite = (): Record<string, string> => ({ DATA_DIR: path.join(folder, `place-${++places}`) });

/** As helpers of tests want it; everything goes with the run's folder. */
function place(environment: Record<string, string>): Place {
  return { folder: environment['DATA_DIR'] ?? folder, environment, drop: () => Promise.resolve() };
}

/** A figure with its share of the lower of what the raw program and bare HTTP do. */
function against(figure: Figure, raw: Figure, bare: Figure): Figure {
  return { ...figure, share_of_lower: Math.round((figure.value / Math.min(raw.value, bare.value)) * 1000) / 1000 };
}

const benches: Record<string, () => Promise<Figure[]>> = {
  engine: async () => [await benchEngine()],
  async turns() {
    const raw = benchRawSqlite(folder);
    const bare = await benchBareHttp();
    const stored = await benchTurns('durable_turns_sqlite', { ...onSqlite(), ...PROVIDER_RATE });
    const sent = await benchTurns('sent_turns_sqlite', onSqlite());
    return [raw, bare, against(stored, raw, bare), against(sent, raw, bare)];
  },
  async 'turns-postgres'() {
    const database = async (): Promise<string> => (await onPostgres())['DATABASE_URL'] ?? '';
    const rawStored = await benchRawPostgres(await database(), 'stored');
    const rawSent = await benchRawPostgres(await database(), 'sent');
    const bare = await benchBareHttp();
    const stored = await benchTurns('durable_turns_postgres', { ...(await onPostgres()), ...PROVIDER_RATE });
    const sent = await benchTurns('sent_turns_postgres', await onPostgres());
    return [rawStored, rawSent, bare, against(stored, rawStored, bare), against(sent, rawSent, bare)];
  },
  async nodes() {
    const figures: Figure[] = [];
    for (const nodes of [1, 2, 3]) {
      const place = await onPostgres();
      const figure = await benchNodes(`durable_turns_${nodes}_nodes`, Array<Record<string, string>>(nodes).fill(place));
      figures.push({ ...figure, nodes, cores_shared_by_all: availableParallelism() });
    }
    return figures;
  },
  ack: async () => [await benchAck('ack_p99_sqlite', onSqlite()), await benchAck('ack_p99_postgres', await onPostgres())],
  async stored() {
    const [few, many] = [await filled(onSqlite(), 2 * FEW), await filled(onSqlite(), 2 * MANY)];
    return benchStored(
      'stored_sqlite',
      new Map([
        [FEW, few],
        [MANY, many],
      ]),
    );
  },
  async 'stored-postgres'() {
    const [few, many] = [await filled(await onPostgres(), 2 * FEW), await filled(await onPostgres(), 2 * MANY)];
    return benchStored(
      'stored_postgres',
      new Map([
        [FEW, few],
        [MANY, many],
      ]),
    );
  },
  start: () => benchStart(folder),
  memory: () => benchMemory(folder),
  soak: () => benchSoak('soak_sqlite', onSqlite(), Number(values.minutes)),
  'soak-postgres': async () => benchSoak('soak_postgres', await onPostgres(), Number(values.minutes)),
  widget: async () => [benchWidget()],
  console: () => benchConsole(),
  editor: () => benchEditor(),
  async publish() {
    return [...(await benchPublish('sqlite', place(onSqlite()))), ...(await benchPublish('postgres', place(await onPostgres())))];
  },
  async inbox() {
    return [await benchInbox('inbox_sqlite', place(onSqlite())), await benchInbox('inbox_postgres', place(await onPostgres()))];
  },
  async consoles() {
    return [await benchConsoles('consoles_sqlite', place(onSqlite())), await benchConsoles('consoles_postgres', place(await onPostgres()))];
  },
};

const wanted = positionals.flatMap((names) => names.split(','));
if (wanted.some((name) => !(name in benches)) || !(Number(values.minutes) > 0)) {
  console.error(`Usage: npm run bench -- [name,…] [--minutes 30]\nBenchmarks: ${Object.keys(benches).join(', ')}`);
  process.exit(1);
}
try {
  for (const name of wanted.length > 0 ? wanted : Object.keys(benches)) {
    const load = loadavg()[0] ?? 0;
    for (const figure of (await benches[name]?.()) ?? [])
      console.log(JSON.stringify({ ...figure, value: Math.round(figure.value * 1000) / 1000, load_before: Math.round(load * 10) / 10 }));
  }
} finally {
  await (server as BenchPostgres | null)?.stop();
  rmSync(folder, { recursive: true, force: true });
}
