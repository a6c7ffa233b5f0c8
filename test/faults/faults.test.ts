// Every guarantee under faults, small; `npm run faults` runs the same trials in full.
import { appendFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { guarantees } from './index.ts';
import type { Trial } from './guarantee.ts';

const { FAULTS_SHARE: share, FAULTS_ONLY: only, FAULTS_STORE: onlyStore, FAULTS_REPORT: report } = process.env;
const wanted = guarantees.filter(({ id }) => only === undefined || only.split(',').includes(id));
const HOURS = 4 * 3_600_000;

describe.each(wanted)('$says', ({ id, says, wanted: figure, stores, run }) => {
  const trials = stores.length === 0 ? (['sqlite'] as const) : stores.filter((store) => onlyStore === undefined || store === onlyStore);
  it.each(trials)('%s', { timeout: share === undefined ? 120_000 : HOURS }, async (store) => {
    const trial: Trial = {
      store,
      times: (full, short) => (share === undefined ? short : Math.max(1, Math.ceil(full * Number(share)))),
      progress: (text) => share !== undefined && console.log(`${id} (${store}): ${text}`),
    };
    const started = performance.now();
    const { verdict, measured } = await run(trial);
    const seconds = Math.round((performance.now() - started) / 1000);
    const line = { id, says, store: stores.length === 0 ? '' : store, wanted: figure, verdict, measured, seconds };
    if (report !== undefined) appendFileSync(report, `${JSON.stringify(line)}\n`);
    expect(line).not.toMatchObject({ verdict: 'falls short' });
  });
});
