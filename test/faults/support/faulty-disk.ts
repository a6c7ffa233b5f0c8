// Disks for trials: one that fails on command (a library that is loaded before the program), and a small one that fills up (tmpfs).
// Used by failed-commit.ts. Each says whether this machine can make it.
import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, mkdirSync, openSync, readFileSync, rmSync, statfsSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';

/** What fails: flushing, writing, or whatever needs room. */
export type DiskFault = 'flush' | 'write' | 'room';

const LETTERS = { flush: 's', write: 'w', room: 'f' } as const;

export interface FaultyDisk {
  /** For the environment of the program whose files in `folder` fail. */
  environment: Record<string, string>;
  begin(fault: DiskFault): void;
  end(): void;
  /** Answers that left, and those that left while the write-ahead log had bytes that were not flushed. */
  answers(): { all: number; early: number };
}

/**
 * Makes a disk that fails on command; null where there is no C compiler.
 * @param folder whose files fail.
 * @param tools where the library and its control file are put; the program can read it.
 */
export function makeFaultyDisk(folder: string, tools: string): FaultyDisk | null {
  mkdirSync(tools, { recursive: true });
  chmodSync(tools, 0o755);
  const library = path.join(tools, 'faulty-disk.so');
  const control = path.join(tools, 'faulty-disk.control');
  const source = path.join(import.meta.dirname, 'faulty-disk.c');
  if (process.platform !== 'linux' || spawnSync('gcc', ['-shared', '-fPIC', '-O2', '-o', library, source, '-ldl']).status !== 0)
    return null;
  writeFileSync(control, Buffer.concat([Buffer.from('0'), Buffer.alloc(63)]));
  chmodSync(control, 0o666);
  const say = (letter: string): void => {
    const file = openSync(control, 'r+');
    writeSync(file, letter, 0);
    closeSync(file);
  };
  return {
    environment: { LD_PRELOAD: library, FAULTY_FOLDER: folder, FAULTY_CONTROL: control },
    begin: (fault) => say(LETTERS[fault]),
    end: () => say('0'),
    answers() {
      const bytes = readFileSync(control);
      return { all: Number(bytes.readBigUInt64LE(8)), early: Number(bytes.readBigUInt64LE(16)) };
    },
  };
}

export interface SmallDisk {
  /** Leaves no byte free. */
  fill(): void;
  empty(): void;
  drop(): void;
}

/** Mounts a disk of so many megabytes on an empty folder; null where this process may not. */
export function mountSmallDisk(folder: string, megabytes: number): SmallDisk | null {
  mkdirSync(folder, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=777`, 'tmpfs', folder]);
  if (mounted.status !== 0) return null;
  const filler = path.join(folder, 'filler');
  return {
    fill() {
      const file = openSync(filler, 'a');
      const { bavail, bsize } = statfsSync(folder);
      for (let left = bavail; left > 0; left -= 256) {
        try {
          writeSync(file, Buffer.alloc(bsize * Math.min(left, 256)));
        } catch {
          break;
        }
      }
      closeSync(file);
    },
    empty: () => rmSync(filler, { force: true }),
    drop: () => void spawnSync('umount', ['-l', folder]),
  };
}
