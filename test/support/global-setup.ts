// Once a run of the tests: a folder that the workers share, and the end of what was started in it.
// PostgreSQL starts when the first test asks for it (postgres.ts), so that a run without it pays nothing.
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of this run's PostgreSQL. */
    postgresFolder: string;
    /** Process that the run belongs to. */
    runPid: number;
  }
}

/** Called by vitest before the first test file; what it returns is called after the last. */
export default function setup(project: TestProject): () => Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-postgres-'));
  // The server runs as another user when the tests run as root: it must be able to pass through.
  chmodSync(folder, 0o711);
  project.provide('postgresFolder', folder);
  project.provide('runPid', process.pid);
  return async () => {
    const pidFile = path.join(folder, 'pid');
    if (existsSync(pidFile)) await stop(Number(readFileSync(pidFile, 'utf8')));
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Ends the server that this run started and waits until it is gone. */
async function stop(pid: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      process.kill(pid, tries === 0 ? 'SIGTERM' : 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
