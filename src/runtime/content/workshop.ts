// The workshop: everything that is done with content before it is published, in a thread of its own, so that people who write to the
// hotline do not wait for those who write its texts. Opened by the service, asked by drafts.ts and by the API's handlers.
// The worker starts when it is first asked and goes when nobody has asked for a while; its memory goes with it.
import { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import { loadRelease } from '../../store/releases.ts';
import type { Store } from '../../store/store.ts';
import type { Log } from '../../util/log.ts';
import type { ContentRef } from './open-content.ts';
import type { WorkAnswer, WorkName, WorkRequest } from './works.ts';

export type ToWorkshop =
  | { kind: 'release'; release: number; archive: string }
  | { kind: 'work'; id: number; work: WorkName; content: ContentRef; other: ContentRef | null; now: number; request: unknown };

export type FromWorkshop =
  | { kind: 'done'; id: number; result: unknown }
  | { kind: 'failed'; id: number; code: ErrorCode; message: string; fault: string | null }
  | { kind: 'missing'; id: number; releases: number[] };

export interface Workshop {
  /**
   * Does one of the works of works.ts.
   * @param other a second content, for what compares two
   * @throws AppError what the work says; content.refused where it takes too long
   */
  ask<N extends WorkName>(work: N, content: ContentRef, request: WorkRequest<N>, other?: ContentRef): Promise<WorkAnswer<N>>;
  close(): Promise<void>;
}

interface Waiting {
  message: Extract<ToWorkshop, { kind: 'work' }>;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** Content that cannot be checked in this time would hold up everybody else's. */
const LONGEST_MS = 300_000;
const TOO_LONG =
  'This was not done after five minutes and was stopped; nothing is changed. Try again when fewer people work on the content. If it happens again, tell an operator: the content may have grown too large for this machine.';
const IDLE_MS = 10 * 60_000;

/** Opens the workshop; nothing runs until it is asked. */
export function openWorkshop(store: Store, now: () => number, log: Log): Workshop {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let nextId = 1;
  let idle: NodeJS.Timeout | undefined;

  function start(): Worker {
    const started = new Worker(new URL('workshop-worker.ts', import.meta.url));
    started.on('message', (message: FromWorkshop) => void take(started, message));
    // Whatever ends it, those who wait are told; the next to ask gets a new one.
    started.once('error', (error) => fail(started, error));
    started.once('exit', () => fail(started, null));
    return started;
  }

  function fail(failed: Worker, cause: unknown): void {
    if (worker !== failed) return;
    worker = null;
    for (const { reject } of waiting.values())
      reject(new AppError('content.refused', 'The content could not be worked on. Try again.', { cause }));
    waiting.clear();
  }

  async function take(from: Worker, message: FromWorkshop): Promise<void> {
    const asked = waiting.get(message.id);
    if (!asked) return;
    if (message.kind === 'missing') return bring(from, message.releases, asked);
    waiting.delete(message.id);
    if (message.kind === 'done') asked.resolve(message.result);
    else {
      if (message.fault !== null) log.error({ fault: message.fault }, 'Content could not be worked on.');
      asked.reject(new AppError(message.code, message.message));
    }
    clearTimeout(idle);
    idle = setTimeout(() => void (waiting.size === 0 && stop()), IDLE_MS);
    idle.unref();
  }

  async function bring(to: Worker, releases: number[], asked: Waiting): Promise<void> {
    try {
      for (const release of releases) {
        const stored = await store.read((reader) => loadRelease(reader, release));
        if (!stored) throw new AppError('store.not_found', 'There is no such release.');
        to.postMessage({ kind: 'release', release, archive: stored.archive } satisfies ToWorkshop, []);
      }
      to.postMessage(asked.message, []);
    } catch (error) {
      waiting.delete(asked.message.id);
      asked.reject(error);
    }
  }

  async function stop(): Promise<void> {
    clearTimeout(idle);
    const stopped = worker;
    if (stopped === null) return;
    fail(stopped, null);
    await stopped.terminate();
  }

  return {
    ask(work, content, request, other) {
      const message: Waiting['message'] = { kind: 'work', id: nextId++, work, content, other: other ?? null, now: now(), request };
      return new Promise((resolve, reject) => {
        const running = (worker ??= start());
        const late = setTimeout(() => {
          waiting.delete(message.id);
          reject(new AppError('content.refused', TOO_LONG));
          fail(running, null);
          void running.terminate();
        }, LONGEST_MS);
        late.unref();
        const settled =
          <T>(then: (value: T) => void) =>
          (value: T) => {
            clearTimeout(late);
            then(value);
          };
        waiting.set(message.id, { message, resolve: settled(resolve as (result: unknown) => void), reject: settled(reject) });
        running.postMessage(message, []);
      });
    },
    close: stop,
  };
}
