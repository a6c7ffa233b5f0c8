// `npm run sbom`: a CycloneDX bill of everything that a service runs on, from the lock file alone. Node 20 syntax, no dependency.
// 2026-11: `npm sbom --omit dev` leaves out what a development tool needs as well (zod, pg, yaml), so the whole list is made and sifted here.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8'));

const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
const npm = process.env.npm_execpath;
const made = spawnSync(npm ? process.execPath : 'npm', npm ? [npm, ...args] : args, {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 100_000_000,
});
if (made.status !== 0) {
  console.error(`npm sbom failed; it needs npm 9.5 or newer. ${made.stderr}`);
  process.exit(1);
}

const needed = new Set(
  Object.entries(lock.packages)
    .filter(([place, { dev }]) => place !== '' && !dev)
    .map(([place, { name, version }]) => `${name ?? place.split('node_modules/').pop()}@${version}`),
);
const bill = JSON.parse(made.stdout);
const own = bill.metadata.component['bom-ref'];
bill.metadata.component.name = lock.name;
bill.components = bill.components.filter((component) => needed.has(component['bom-ref']));
bill.dependencies = bill.dependencies
  .filter(({ ref }) => ref === own || needed.has(ref))
  .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => needed.has(other)) }));
console.log(JSON.stringify(bill, null, 2));
