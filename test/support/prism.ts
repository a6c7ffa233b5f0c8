// Prism, which knows other people's descriptions of their HTTP: as the provider itself, or between a client and our service.
// It is fetched when it is asked for and is no dependency of the project. Used by contracts.ts.
import { spawn } from 'node:child_process';
import { freePort } from './process.ts';

const PRISM = '@stoplight/prism-cli@5.16.0';
const START_MS = 180_000;

export interface Prism {
  url: string;
  close(): void;
}

/** Starts it with a command of its own: `mock` answers like the one who is described, `proxy` checks what goes to an upstream and comes back. */
export async function startPrism(command: string[]): Promise<Prism> {
  const port = await freePort();
  const child = spawn('npx', ['--yes', PRISM, ...command, '--host', '127.0.0.1', '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  const listening = new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`Prism does not start:\n${output}`)), START_MS);
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      if (!output.includes('Prism is listening')) return;
      clearTimeout(late);
      resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => reject(new Error(`Prism ended:\n${output}`)));
  });
  await listening;
  return {
    url: `http://127.0.0.1:${port}`,
    // The whole group: npx starts Prism as a process of its own.
    close: () => void process.kill(-(child.pid ?? 0), 'SIGTERM'),
  };
}
