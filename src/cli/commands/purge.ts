// `ventanilla purge`: removes now what has outlived its retention. The running service does the same every ten minutes.
// With --prove it then opens every record with every key there is, and fails when one is older than it may be.
import { parseArgs } from 'node:util';
import { openApp, projectFolder } from '../../app.ts';
import { purge as purgeNow } from '../../runtime/housekeeping.ts';
import { readEnvironment } from '../../runtime/settings.ts';
import { proveRetention, type RetentionProof } from '../../store/prove-retention.ts';
import type { Command } from '../command.ts';
import { progressLine } from '../progress-line.ts';

export const purge: Command = {
  name: 'purge',
  summary: 'remove now what has outlived its retention; --prove shows that nothing older can be read',
  usage: 'purge [--prove] [--json]',
  async run(args) {
    const { values } = parseArgs({
      args,
      options: { prove: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
    });
    // The role `web` answers nothing and runs no loop; the command does its one thing and ends.
    const app = await openApp({
      folder: projectFolder,
      environment: { ...readEnvironment(projectFolder), NODE_ROLE: 'web', LOG_LEVEL: 'error' },
      modules: [],
      service: false,
    });
    const line = progressLine();
    try {
      const { services } = app.service;
      const removed = await purgeNow(services, Number.POSITIVE_INFINITY);
      const { retention } = services.releases.current().settings;
      const proof = values.prove
        ? await proveRetention(services.store, retention, services.clock(), (opened) => line.show(`${opened} records opened …`))
        : null;
      line.done();
      if (values.json) console.log(JSON.stringify({ removed, ...(proof ? { proof } : {}) }));
      else {
        for (const [kind, count] of Object.entries(removed)) console.log(`${kind}: ${count}`);
        if (proof) show(proof);
      }
      return proof && !proof.kept ? 1 : 0;
    } finally {
      line.done();
      await app.close();
    }
  },
};

function show({ overdue, readable, keys, opened, kept }: RetentionProof): void {
  console.log(`\nOpened ${opened} records with every key there is.`);
  for (const { kind, count, lateMs } of overdue)
    console.log(
      `  ${kind.padEnd(16)} ${count === 0 ? 'none is kept too long' : `${count} kept too long, by up to ${Math.ceil(lateMs / 3_600_000)} h`}`,
    );
  for (const [table, count] of Object.entries(readable)) console.log(`  ${table}: ${count} records can be read and should not be`);
  if (keys > 0) console.log(`  ${keys} keys are there that should be gone`);
  console.log(
    kept ? 'Retention is kept.' : 'Retention is NOT kept. Run the command again; if that does not help, look at the log of the service.',
  );
}
