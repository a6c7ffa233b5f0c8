// Transactions on SQLite: those that wait at the same time share one commit, each undone alone if it fails.
// Used by store.ts. A commit costs a flush of the disk, whatever it holds; sharing it is what makes durable writes cheap.
// Nothing is reported done before the shared commit is on disk.
import type { SqliteConnection } from './backends/sqlite-connection.ts';

/** What surrounds a commit. */
export interface CommitHooks {
  /** After begin. */
  begun(): void;
  /** Before commit: what must be on disk first. */
  beforeCommit(): Promise<void>;
  /** After a rollback of the whole group. */
  undone(): void;
}

interface Task {
  /** Works inside the transaction; a fault undoes this task alone. */
  work(): Promise<void>;
  committed(): void;
  failed(error: unknown): void;
}

const MAX_TASKS = 64;
/** A group that takes longer leaves the rest to the next one, so that the first are not kept waiting. */
const MAX_MS = 10;
/**
 * Rounds of the event loop after a group that took long. Node takes in one new connection a round: where every round is as long as
 * such a group, some people's requests would wait for seconds before anybody reads them.
 */
const ROUNDS_AFTER_LONG = 16;
const LONG_MS = 4;

export class GroupCommit {
  readonly #connection: SqliteConnection;
  readonly #hooks: CommitHooks;
  #waiting: Task[] = [];
  readonly #exclusive: (() => void)[] = [];
  #running = false;

  constructor(connection: SqliteConnection, hooks: CommitHooks) {
    this.#connection = connection;
    this.#hooks = hooks;
  }

  /** Runs `work` in a transaction; resolves after the commit. */
  run<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      let result: T;
      this.#waiting.push({
        work: async () => {
          result = await work();
        },
        committed: () => resolve(result),
        failed: reject,
      });
      this.#start();
    });
  }

  /** Runs `action` while no transaction is open: checkpoints, vacuum. */
  alone(action: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#exclusive.push(() => {
        try {
          action();
          resolve();
        } catch (error) {
          reject(error);
        }
      });
      this.#start();
    });
  }

  #start(): void {
    if (this.#running) return;
    this.#running = true;
    // Whatever else arrives in this turn of the event loop shares the commit.
    setImmediate(() => void this.#drain());
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0 || this.#exclusive.length > 0) {
      const began = performance.now();
      for (const action of this.#exclusive.splice(0)) action();
      if (this.#waiting.length > 0) await this.#commit(this.#waiting.splice(0, MAX_TASKS));
      // Lets the event loop take in what arrived meanwhile, so that it joins the next group.
      const rounds = performance.now() - began > LONG_MS ? ROUNDS_AFTER_LONG : 1;
      for (let round = 0; round < rounds; round++) await new Promise<void>((resolve) => setImmediate(resolve));
    }
    this.#running = false;
  }

  async #commit(group: Task[]): Promise<void> {
    const done: Task[] = [];
    try {
      this.#connection.begin();
      this.#hooks.begun();
      const started = performance.now();
      for (const [index, task] of group.entries()) {
        if (index > 0 && performance.now() - started > MAX_MS) {
          this.#waiting.unshift(...group.slice(index));
          break;
        }
        done.push(task);
        // A savepoint costs a copy of every page that is changed: a task that is alone goes without.
        if (group.length === 1) await task.work();
        else if (!(await this.#attempt(task))) done.pop();
      }
      await this.#hooks.beforeCommit();
      this.#connection.commit();
    } catch (error) {
      this.#undo();
      // Tasks that were not reached yet share the fate: their transaction never began.
      const rest = group.filter((task) => !this.#waiting.includes(task));
      for (const task of rest) task.failed(error);
      return;
    }
    for (const task of done) task.committed();
  }

  /** Runs one task in a savepoint. False when it failed by itself; throws when the whole transaction is gone. */
  async #attempt(task: Task): Promise<boolean> {
    this.#connection.execute('savepoint task', []);
    try {
      await task.work();
      this.#connection.execute('release task', []);
      return true;
    } catch (error) {
      if (this.#connection.lost) throw error;
      this.#connection.execute('rollback to task', []);
      this.#connection.execute('release task', []);
      task.failed(error);
      return false;
    }
  }

  #undo(): void {
    try {
      this.#connection.rollback();
    } catch {
      // The callers get the fault that came first; the next begin shows whether the database is still in trouble.
    }
    this.#hooks.undone();
  }
}
