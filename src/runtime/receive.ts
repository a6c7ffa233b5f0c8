// Takes inbound messages in: one durable commit for all that arrive together, and only then the acknowledgement.
// Called by channels through their context. Knows nothing of flows; the worker takes it from the inbox.
// Bounded: admission.ts is asked before a message waits here, and emergencies do not wait behind others.
import { AppError } from '../domain/errors.ts';
import type { InboundMessage } from '../domain/message.ts';
import type { Store } from '../store/store.ts';
import { receiveBatch } from '../store/receive-batch.ts';
import type { Admission } from './admission.ts';

export type Received = 'new' | 'duplicate';

interface Waiting {
  message: InboundMessage;
  emergency: boolean;
  resolve(result: Received): void;
  reject(error: unknown): void;
}

/** Most messages in one commit. */
const MAX_BATCH = 200;

const MAX_TRIES = 4;

const isConflict = (error: unknown): boolean => error instanceof AppError && error.code === 'store.conflict';

export interface Receiver {
  /**
   * Stores a message in the inbox. Resolves after the commit is on disk.
   * @throws AppError service.overloaded, store.unavailable or store.full (retryable): nothing was stored, answer 503.
   */
  receive(message: InboundMessage): Promise<Received>;
  /** Resolves when nothing waits for a commit any more. */
  idle(): Promise<void>;
}

export interface ReceiverParts {
  store: Store;
  admission: Admission;
  /** Channels whose provider keeps what it delivered, to be erased there later. */
  keepsCopies(channel: string): boolean;
  /** Channels that can get a person's file from their provider. */
  fetchesMedia(channel: string): boolean;
  /** Whether a text has emergency words, in any language. */
  isEmergency(text: string): boolean;
  /** Called after each commit with the messages that were new. */
  onStored(messages: InboundMessage[]): void;
}

/** Opens the receiver. */
export function createReceiver({ store, admission, keepsCopies, fetchesMedia, isEmergency, onStored }: ReceiverParts): Receiver {
  const waiting: Waiting[] = [];
  let running: Promise<void> | null = null;

  async function commit(batch: Waiting[]): Promise<void> {
    const messages = batch.map((entry) => entry.message);
    const urgent = new Set(batch.filter((entry) => entry.emergency).map((entry) => entry.message));
    const taking = { keepsCopies, fetchesMedia, isEmergency: (message: InboundMessage) => urgent.has(message) };
    const results = await store.transaction((tx) => receiveBatch(tx, messages, taking));
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
      if (waiting.length > MAX_BATCH) putEmergenciesFirst(waiting);
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
      return new Promise((resolve, reject) => {
        const emergency = isEmergency(message.text);
        admission.admit(message, emergency, waiting.length);
        waiting.push({
          message,
          emergency,
          resolve(result) {
            admission.settled(message, result === 'new');
            resolve(result);
          },
          reject(error) {
            admission.settled(message, false);
            reject(error);
          },
        });
        // Start on the next turn of the event loop, so that requests that arrived together share the commit.
        running ??= new Promise<void>((done) => setImmediate(done)).then(run);
      });
    },
    idle: () => running ?? Promise.resolve(),
  };
}

/** Emergencies, with whatever else the same people sent, before the rest; all in the order in which they came. */
function putEmergenciesFirst(waiting: Waiting[]): void {
  const personOf = ({ message: { channel, from } }: Waiting): string => `${channel} ${from[0]?.value}`;
  const people = new Set(waiting.filter((entry) => entry.emergency).map(personOf));
  if (people.size === 0) return;
  const isFirst = (entry: Waiting): boolean => people.has(personOf(entry));
  waiting.splice(0, waiting.length, ...waiting.filter(isFirst), ...waiting.filter((entry) => !isFirst(entry)));
}
