// The service as a process of its own, for tests that kill it and for benchmarks.
import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

export interface ServiceProcess {
  url: string;
  child: ChildProcess;
  /** Milliseconds from spawn to the first `/readyz` that says yes. */
  startMs: number;
  output(): string;
  kill(signal: NodeJS.Signals): Promise<void>;
}

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts `ventanilla start` and waits until it is ready.
 * @param program what to run instead, with its arguments.
 */
export async function startService(
  environment: Record<string, string>,
  port: number,
  program: readonly string[] = ['src/cli/main.ts', 'start'],
): Promise<ServiceProcess> {
  const started = performance.now();
  const child = spawn(process.execPath, program, {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', LOG_LEVEL: 'warn', ...environment, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const gone = new Promise<void>((resolve) => void child.once('exit', () => resolve()));
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`The service ended at start:\n${output}`);
    const ready = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) break;
    if (performance.now() - started > 60_000) throw new Error(`The service does not get ready:\n${output}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return {
    url,
    child,
    startMs: performance.now() - started,
    output: () => output,
    async kill(signal) {
      child.kill(signal);
      await gone;
    },
  };
}
