// Runs `ventanilla <command>` as a process of its own, as an operator does, and tells what it printed.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

const LONGEST_MS = 30_000;

export interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a command to its end. @param folder a copy of the program, where it is not this one */
export function runCommand(args: string[], environment: Record<string, string>, folder: string = root): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['src/cli/main.ts', ...args], {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', LOG_LEVEL: 'warn', PORT: '0', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ran: Ran = { status: null, stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (ran.stdout += String(chunk)));
    child.stderr.on('data', (chunk: Buffer) => (ran.stderr += String(chunk)));
    // One that does not end by itself has started, which the test will say.
    const late = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
    child.once('error', reject);
    child.once('close', (status) => {
      clearTimeout(late);
      resolve({ ...ran, status });
    });
  });
}

/** A copy of the program in a folder of its own, so that a test may put a `.env` or a migration into it. */
export function copyProgram(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-program-'));
  for (const part of ['src', 'db', 'flows', 'locales', 'dist', 'package.json'])
    cpSync(path.join(root, part), path.join(folder, part), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(folder, 'node_modules'));
  return folder;
}
