// Declares a test for every guarantee on one database: small as part of `npm test`, in full by `npm run faults` (run.ts).
// One test file a database, so that the two can run side by side.
import { appendFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Backend } from '../support/places.ts';
import type { Trial } from './guarantee.ts';
import { guarantees } from './index.ts';

const { FAULTS_SHARE: share, FAULTS_ONLY: only, FAULTS_REPORT: report } = process.env;
const HOURS = 4 * 3_600_000;

/** Tries each guarantee on a database; those that touch none are tried along with SQLite. */
export function tryGuarantees(store: Backend): void {
  const wanted = guarantees
    .filter(({ id }) => only === undefined || only.split(',').includes(id))
    .filter(({ stores }) => (stores.length === 0 ? store === 'sqlite' : stores.includes(store)));
  const options = share === undefined ? { timeout: 120_000 } : { timeout: HOURS, retry: 0 };

  describe.skipIf(wanted.length === 0)(`under faults on ${store}`, () => {
    it.each(wanted)('$says', options, async ({ id, says, wanted: figure, stores, run }) => {
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
      expect(`${verdict}: ${measured}`).not.toMatch(/^falls short/);
    });
  });
}
