// Runs before `npm start` and `npm test`, under whatever Node the system has (Node 20 syntax, no dependency).
// Installs the locked packages when they differ from the lock file, and builds the front ends when their sources changed.
// About 0.1 s when nothing is to be done.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

const root = fileURLToPath(new URL('../../', import.meta.url));
const at = (...parts) => path.join(root, ...parts);
const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** Whether the process that wrote its number is no more. */
function isGone(pid) {
  if (pid === '') return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/** Runs `work` alone: two npm commands that start together wait for each other. */
function withLock(work) {
  const lock = at('.bootstrap.lock');
  for (let waited = 0; ; waited += 250) {
    try {
      mkdirSync(lock);
      writeFileSync(path.join(lock, 'pid'), String(process.pid));
      break;
    } catch {
      // One that was stopped in the middle leaves its lock behind.
      const stale = existsSync(lock) && (isGone(read(path.join(lock, 'pid'))) || Date.now() - statSync(lock).mtimeMs > 600_000);
      if (stale) rmSync(lock, { recursive: true, force: true });
      else if (waited > 900_000)
        throw new Error('Another installation seems to be stuck. Remove the folder .bootstrap.lock and try again.');
      else sleep(250);
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function run(command, args, hint) {
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: at('node_modules', '.bin') + path.delimiter + process.env.PATH },
  });
  if (result.status !== 0) {
    console.error(hint);
    process.exit(result.status ?? 1);
  }
}

function hashOf(...places) {
  const hash = createHash('sha256');
  const visit = (place) => {
    if (!existsSync(place)) return;
    if (statSync(place).isDirectory()) for (const name of readdirSync(place).sort()) visit(path.join(place, name));
    else hash.update(path.relative(root, place)).update('\0').update(readFileSync(place));
  };
  for (const place of places) visit(place);
  return hash.digest('hex');
}

/** What is to be done, each with the hash of its sources and the stamp of what was done last. */
const steps = [
  {
    want: () => hashOf(at('package-lock.json')),
    stamp: at('node_modules', '.stamp'),
    work() {
      console.log('Installing packages (once; about half a minute) …');
      // Install scripts stay off: every binary that is needed ships inside its package.
      const args = ['ci', '--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
      const npm = process.env.npm_execpath;
      if (npm) run(process.execPath, [npm, ...args], 'npm ci failed: see the lines above.');
      else run('npm', args, 'npm ci failed: see the lines above.');
    },
  },
  {
    want: () => hashOf(at('package-lock.json'), at('vite.config.ts'), at('src', 'widget')),
    stamp: at('dist', 'widget', '.stamp'),
    work() {
      console.log('Building the web chat …');
      run(
        'node',
        [at('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'error'],
        'The web chat could not be built: see the lines above.',
      );
    },
  },
  {
    want: () =>
      hashOf(
        at('package-lock.json'),
        at('vite.config.ts'),
        ...['console', 'api', 'domain', 'engine', 'language', 'release', 'rendering', 'util'].map((room) => at('src', room)),
      ),
    stamp: at('dist', 'console', '.stamp'),
    work() {
      console.log('Building the console …');
      run(
        'node',
        [at('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--mode', 'console', '--logLevel', 'error'],
        'The console could not be built: see the lines above.',
      );
    },
  },
];

/** `npx ventanilla` finds this project's own command. */
function linkCommand() {
  const link = at('node_modules', '.bin', 'ventanilla');
  if (!existsSync(link) && process.platform !== 'win32') symlinkSync('../../src/cli/ventanilla.mjs', link);
}

const stale = () => steps.filter((step) => read(step.stamp) !== step.want());
if (stale().length > 0) {
  withLock(() => {
    for (const step of stale()) {
      step.work();
      mkdirSync(path.dirname(step.stamp), { recursive: true });
      writeFileSync(step.stamp, step.want());
    }
  });
}
linkCommand();
