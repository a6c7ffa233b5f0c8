// `npm test`: every check of the project, one after the other, with its progress; ends with `tests: N passed, N failed`.
// `npm run check` runs the quick ones only (`--fast`): types, lint, format, unused code, architecture, content.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface Step {
  name: string;
  command: string[];
  fast: boolean;
}

const report = path.join(mkdtempSync(path.join(tmpdir(), 'ventanilla-tests-')), 'vitest.json');
const fastOnly = process.argv.includes('--fast');

const steps: Step[] = [
  { name: 'types', command: ['tsc', '--noEmit', '-p', '.'], fast: true },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings', 'src', 'db', 'test'], fast: true },
  { name: 'format', command: ['oxfmt', '--check', 'src', 'db', 'test'], fast: true },
  { name: 'unused code', command: ['knip', '--no-progress'], fast: true },
  { name: 'content', command: ['node', 'src/cli/main.ts', 'check'], fast: true },
  fastOnly
    ? { name: 'architecture', command: ['vitest', 'run', 'test/architecture.test.ts'], fast: true }
    : { name: 'tests', command: ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`], fast: false },
];

function run(command: string[]): Promise<number> {
  return new Promise((resolve) => {
    const [program = '', ...args] = command;
    const child = spawn(program, args, { stdio: 'inherit', env: process.env });
    child.once('error', () => resolve(1));
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

let passed = 0;
let failed = 0;
const failedSteps: string[] = [];
for (const step of steps) {
  if (fastOnly && !step.fast) continue;
  const started = performance.now();
  console.log(`\n— ${step.name} …`);
  const status = await run(step.command);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`— ${step.name}: ${status === 0 ? 'passed' : 'FAILED'} (${seconds} s)`);
  if (status !== 0) failedSteps.push(step.name);
  if (step.name === 'tests') {
    const counts = readCounts();
    passed += counts.passed;
    failed += Math.max(counts.failed, status === 0 ? 0 : 1);
  } else if (status === 0) passed += 1;
  else failed += 1;
}

function readCounts(): { passed: number; failed: number } {
  try {
    const result = JSON.parse(readFileSync(report, 'utf8')) as { numPassedTests: number; numFailedTests: number };
    return { passed: result.numPassedTests, failed: result.numFailedTests };
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(path.dirname(report), { recursive: true, force: true });
  }
}

if (failedSteps.length > 0) console.log(`\nfailed: ${failedSteps.join(', ')}`);
console.log(`\ntests: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
