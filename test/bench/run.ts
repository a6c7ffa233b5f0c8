// `npm run bench`: speed, memory and size, as JSON lines { name, value, unit, … }. Ratios come from the same run.
// Never part of `npm test`: figures depend on the machine; only their ratios travel.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { benchBareHttp } from './bare-http.ts';
import { benchEngine } from './engine.ts';
import { benchRawSqlite } from './raw-sqlite.ts';
import { startBenchPostgres } from './postgres.ts';
import { benchRawPostgres } from './raw-postgres.ts';
import { benchStart } from './start.ts';
import { benchWebhooks } from './webhooks.ts';
import { benchWidget } from './widget.ts';

export interface Figure {
  name: string;
  value: number;
  unit: string;
  [more: string]: string | number;
}

const only = process.argv[2];
const wanted = (name: string): boolean => only === undefined || name.includes(only);
const print = (figure: Figure): void => console.log(JSON.stringify({ ...figure, value: Math.round(figure.value * 100) / 100 }));

const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-bench-'));
try {
  if (wanted('engine')) print(await benchEngine());
  if (wanted('turns')) {
    const raw = benchRawSqlite(folder);
    const bare = await benchBareHttp();
    print(raw);
    print(bare);
    for (const figure of await benchWebhooks({ DATA_DIR: path.join(folder, 'turns') })) {
      const lower = Math.min(raw.value, bare.value);
      print(figure.name === 'durable_turns' ? { ...figure, share_of_lower: Math.round((figure.value / lower) * 1000) / 1000 } : figure);
    }
  }
  if (wanted('turns-postgres')) {
    const postgres = await startBenchPostgres();
    const raw = await benchRawPostgres((await postgres.makePlace(path.join(folder, 'raw'), true))['DATABASE_URL'] ?? '');
    print(raw);
    for (const figure of await benchWebhooks(await postgres.makePlace(path.join(folder, 'turns-postgres')))) print(figure);
    await postgres.stop();
  }
  if (wanted('start')) for (const figure of await benchStart(folder)) print(figure);
  if (wanted('widget')) print(benchWidget());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
