// `npm run faults [-- <guarantee>,… --store sqlite|postgres --share 0.1 --together]`: the long run, and the table of guarantees with
// figures. `--together` tries both databases at the same time: quicker, and harder on whatever is timed.
// A share below 1 does less of everything, for a machine or a moment that has no hours; the table says so.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { guarantees } from './index.ts';

interface Line {
  id: string;
  says: string;
  store: string;
  wanted: string;
  verdict: string;
  measured: string;
  seconds: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { store: { type: 'string' }, share: { type: 'string', default: '1' }, together: { type: 'boolean', default: false } },
});
const only = positionals.flatMap((names) => names.split(','));
const unknown = only.filter((name) => !guarantees.some(({ id }) => id === name));
if (unknown.length > 0 || !(Number(values.share) > 0)) {
  console.error(`Usage: npm run faults -- [guarantee,…] [--store sqlite|postgres] [--share 0.1] [--together]`);
  console.error(`Guarantees: ${guarantees.map(({ id }) => id).join(', ')}`);
  process.exit(1);
}

const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-faults-'));
const report = path.join(folder, 'report');
const files = ['sqlite', 'postgres'].filter((name) => values.store === undefined || values.store === name);
const vitest = ['run', ...files.map((name) => `test/faults/${name}.test.ts`), '--disable-console-intercept', '--passWithNoTests'];
const { status } = spawnSync('vitest', [...vitest, ...(values.together ? [] : ['--no-file-parallelism'])], {
  stdio: 'inherit',
  env: {
    ...process.env,
    FAULTS_SHARE: values.share,
    FAULTS_REPORT: report,
    ...(only.length > 0 ? { FAULTS_ONLY: only.join(',') } : {}),
  },
});
const lines = existsSync(report)
  ? readFileSync(report, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line)
  : [];
rmSync(folder, { recursive: true, force: true });

console.log(`\n| guarantee | store | wanted | measured${values.share === '1' ? '' : ` (at ${values.share} of the figures)`} | | s |`);
console.log('|---|---|---|---|---|---|');
for (const { says, store, wanted, measured, verdict, seconds } of lines)
  console.log(`| ${says} | ${store} | ${wanted} | ${measured} | ${verdict} | ${seconds} |`);
process.exit(status === 0 && lines.length > 0 ? 0 : 1);
