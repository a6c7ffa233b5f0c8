// A service that restarts in a tenth of a second, for trials that kill it a thousand times: the program is bundled once,
// and the next process is forked and has everything loaded while the one before still serves.
import { fork, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { MODEL_FILE } from '../../../src/content/language-model.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const START_MS = 30_000;
/** Within node_modules, so that what is not bundled is found from there; a folder for each run. */
const BUNDLES = path.join(root, 'node_modules/.cache/faults');

export interface QuickProcess {
  child: ChildProcess;
  /** Resolves when the process is gone, whoever ended it. */
  gone: Promise<void>;
  /** Asks the process something, with the preloaded module that understands it. */
  ask(question: object): Promise<unknown>;
  /** Everything that it wrote. */
  output(): string;
}

export interface QuickService {
  url: string;
  /** Begins to open the next process, whose predecessor must be gone. Resolves when it listens; rejects when it ended before. */
  start(): { process: QuickProcess; ready: Promise<void> };
  close(): Promise<void>;
}

let bundling: Promise<string> | null = null;

/** Bundles test/faults/preload/standby.ts once a run. What the trials reach into from outside stays outside. */
async function bundle(): Promise<string> {
  const { build } = await import('vite');
  removeOld();
  const outDir = path.join(BUNDLES, String(process.pid));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: 'test/faults/preload/standby.ts',
      outDir,
      emptyOutDir: true,
      copyPublicDir: false,
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'standby.mjs', codeSplitting: false } },
    },
    ssr: { noExternal: true, external: ['better-sqlite3', 'pg', 'pg-native'] },
  });
  // The trained model is read from beside the program.
  cpSync(path.dirname(MODEL_FILE), path.join(outDir, path.basename(path.dirname(MODEL_FILE))), { recursive: true });
  return path.join(outDir, 'standby.mjs');
}

/** Removes the bundles of runs that are over: a test's process is ended before it could tidy up. */
function removeOld(): void {
  for (const name of existsSync(BUNDLES) ? readdirSync(BUNDLES) : []) {
    try {
      process.kill(Number(name), 0);
    } catch {
      rmSync(path.join(BUNDLES, name), { recursive: true, force: true });
    }
  }
}

/**
 * Makes the first process ready to be opened.
 * @param environment settings of the service, with CONTENT_FOLDER for its flows and texts.
 * @param preload a module that is loaded before the service (`node --import`).
 */
export async function openQuickService(environment: Record<string, string>, port: number, preload?: string): Promise<QuickService> {
  const program = await (bundling ??= bundle());
  const load = (): QuickProcess & { loaded: Promise<void> } => {
    const child = fork(program, {
      cwd: root,
      execArgv: preload === undefined ? [] : ['--import', path.join(root, 'test/faults/preload', preload)],
      env: { PATH: process.env['PATH'], HOME: process.env['HOME'], LOG_LEVEL: 'warn', ...environment, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (part: Buffer) => (output = (output + part.toString()).slice(-100_000)));
    const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
    child.on('error', () => {});
    const loaded = hear(child, gone, 'loaded');
    return { child, gone, loaded, output: () => output, ask: (question) => ask(child, gone, question) };
  };
  let next = load();
  return {
    url: `http://127.0.0.1:${port}`,
    start() {
      const process = next;
      const ready = process.loaded.then(() => {
        const opened = hear(process.child, process.gone, 'ready').catch(() => {
          throw new Error(`The service ended at start:\n${process.output()}`);
        });
        process.child.send('open', () => {});
        return opened;
      });
      void ready.catch(() => {});
      next = load();
      return { process, ready };
    },
    async close() {
      next.child.kill('SIGKILL');
      await next.gone;
    },
  };
}

/** Waits for one word of a process. */
function hear(child: ChildProcess, gone: Promise<void>, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The process did not say "${word}".`)), START_MS);
    const listen = (message: unknown): void => {
      if (message !== word) return;
      clearTimeout(timer);
      child.off('message', listen);
      resolve();
    };
    child.on('message', listen);
    void gone.then(() => {
      clearTimeout(timer);
      reject(new Error(`The process ended before it said "${word}".`));
    });
  });
}

/** The answer to a question; undefined when the process ends instead. */
function ask(child: ChildProcess, gone: Promise<void>, question: object): Promise<unknown> {
  return new Promise((resolve) => {
    const listen = (message: unknown): void => {
      if (typeof message !== 'object' || message === null || !('answer' in message)) return;
      child.off('message', listen);
      resolve(message.answer);
    };
    child.on('message', listen);
    void gone.then(() => resolve(undefined));
    child.send(question, () => {});
  });
}
