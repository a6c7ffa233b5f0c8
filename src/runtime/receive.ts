// Takes inbound messages in: one durable commit for all that arrive together, and only then the acknowledgement.
// Called by channels through their context. Knows nothing of flows; the worker takes it from the inbox.
import { AppError } from '../domain/errors.ts';
import type { InboundMessage } from '../domain/message.ts';
import type { Store } from '../store/store.ts';
import { receiveBatch } from '../store/receive-batch.ts';

export type Received = 'new' | 'duplicate';

interface Waiting {
  message: InboundMessage;
  resolve(result: Received): void;
  reject(error: unknown): void;
}

/** Most messages in one commit, and most that may wait for one before new ones are turned away. */
const MAX_BATCH = 200;
const MAX_WAITING = 2000;

const MAX_TRIES = 4;

const isConflict = (error: unknown): boolean => error instanceof AppError && error.code === 'store.conflict';

export interface Receiver {
  /**
   * Stores a message in the inbox. Resolves after the commit is on disk.
   * @throws AppError store.unavailable or store.full (retryable): nothing was stored, answer 503.
   */
  receive(message: InboundMessage): Promise<Received>;
  /** Resolves when nothing waits for a commit any more. */
  idle(): Promise<void>;
}

/**
 * Opens the receiver.
 * @param keepsCopies channels whose provider keeps what it delivered, to be erased there later.
 * @param onStored called after each commit with the messages that were new.
 */
export function createReceiver(
  store: Store,
  keepsCopies: (channel: string) => boolean,
  onStored: (messages: InboundMessage[]) => void,
): Receiver {
  const waiting: Waiting[] = [];
  let running: Promise<void> | null = null;

  async function commit(batch: Waiting[]): Promise<void> {
    const messages = batch.map((entry) => entry.message);
    const results = await store.transaction((tx) => receiveBatch(tx, messages, { keepsCopies }));
    batch.forEach((entry, index) => entry.resolve(results[index] ?? 'duplicate'));
    const fresh = messages.filter((_, index) => results[index] === 'new');
    if (fresh.length > 0) onStored(fresh);
  }

  async function commitOneByOne(batch: Waiting[]): Promise<void> {
    for (const entry of batch) await commitOne(entry).catch(entry.reject);
  }

  /** What stood in the way a moment ago may be gone. */
  async function commitOne(entry: Waiting): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await commit([entry]);
      } catch (error) {
        if (attempt === MAX_TRIES || !isConflict(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt));
      }
    }
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, MAX_BATCH);
      // One bad message must not cost its neighbours their acknowledgement.
      await commit(batch).catch((error: unknown) => {
        const whole = error instanceof AppError && error.retryable && !isConflict(error);
        if (whole) for (const entry of batch) entry.reject(error);
        else return commitOneByOne(batch);
      });
    }
    running = null;
  }

  return {
    receive(message) {
      if (waiting.length >= MAX_WAITING) {
        return Promise.reject(
          new AppError('store.unavailable', 'Too many messages are waiting to be stored.', { retryable: true, retryAfterSeconds: 5 }),
        );
      }
      return new Promise((resolve, reject) => {
        waiting.push({ message, resolve, reject });
        // Start on the next turn of the event loop, so that requests that arrived together share the commit.
        running ??= new Promise<void>((done) => setImmediate(done)).then(run);
      });
    },
    idle: () => running ?? Promise.resolve(),
  };
}
