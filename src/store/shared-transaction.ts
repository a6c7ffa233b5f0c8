// Transactions on PostgreSQL that are small and many: those that wait at the same time share one, side by side.
// Used by store.ts for what becomes of lines that were sent. Where one of them fails all are undone and each runs alone;
// where the database is away all are told so at once.
import { AppError } from '../domain/errors.ts';
import { allOrNone } from './all-or-none.ts';
import type { Tx } from './tx.ts';

interface Task {
  work(tx: Tx): Promise<void>;
  committed(): void;
  failed(error: unknown): void;
}

type Transact = (work: (tx: Tx) => Promise<void>) => Promise<void>;

const MAX_TASKS = 64;
/** Whatever comes within so long shares the commit. */
const GATHER_MS = 3;
/** Transactions at the same time: one waits for its commit while the next is filled. */
const MAX_RUNNING = 2;
/** More than that may not wait: whoever asks is told to come again. */
const MAX_WAITING = 10_000;

const isAway = (error: unknown): boolean => error instanceof AppError && error.retryable && error.code !== 'store.conflict';

/** Runs `work` in a transaction that others may share; it may run more than once, and only the last run counts. */
export type Share = <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;

/** @param transact runs a transaction of its own. */
export function shareTransactions(transact: Transact): Share {
  const waiting: Task[] = [];
  let running = 0;

  async function drain(): Promise<void> {
    running += 1;
    while (waiting.length > 0) {
      await new Promise<void>((resolve) => setTimeout(resolve, GATHER_MS));
      await runTogether(waiting.splice(0, MAX_TASKS));
    }
    running -= 1;
  }

  async function runTogether(tasks: Task[]): Promise<void> {
    try {
      await transact((tx) => allOrNone(tasks.map((task) => task.work(tx))));
      for (const task of tasks) task.committed();
    } catch (error) {
      if (tasks.length === 1 || isAway(error)) for (const task of tasks) task.failed(error);
      else for (const task of tasks) await runTogether([task]);
    }
  }

  return <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      if (waiting.length >= MAX_WAITING)
        return reject(new AppError('store.unavailable', 'Too much waits to be stored.', { retryable: true, retryAfterSeconds: 5 }));
      let result: T;
      waiting.push({
        work: async (tx) => {
          result = await work(tx);
        },
        committed: () => resolve(result),
        failed: reject,
      });
      if (running < MAX_RUNNING) void drain();
    });
}
