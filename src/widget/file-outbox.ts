// Pictures and voice notes of the person on their way out, each taken by the service once. Used by chat.ts.
// A file is in the page's own memory alone, and only until it was sent: nothing of it is stored in the browser, a reload forgets it.
import type { SendOutcome } from './connection.ts';
import type { Outgoing, Saved } from './memory.ts';
import { openOutbox, type Outbox } from './outbox.ts';
import type { SendState } from './thread.ts';

export interface FileOutbox extends Pick<Outbox, 'flush' | 'retry' | 'dropFailed'> {
  add(file: Blob): Outgoing;
  /** Whether the message of this client id is a file. */
  holds(clientId: string): boolean;
  /** Forgets all of them. */
  clear(): void;
}

/** Largest file that the service takes. */
export const MAX_FILE_BYTES = 5_000_000;

/**
 * Opens it, empty.
 * @param send one try
 * @param onState how far a file is
 */
export function openFileOutbox(
  send: (clientId: string, file: Blob) => Promise<SendOutcome>,
  onState: (clientId: string, state: SendState) => void,
): FileOutbox {
  const files = new Map<string, Blob>();
  let saved: Saved = {};
  const pageMemory = { read: () => saved, write: (change: Partial<Saved>) => void (saved = { ...saved, ...change }) };

  async function sendOne({ clientId }: Outgoing): Promise<SendOutcome> {
    const file = files.get(clientId);
    if (file === undefined) return { kind: 'refused' };
    const outcome = await send(clientId, file);
    // Taken, or never to be: there is nothing left to try.
    if (outcome.kind === 'sent' || outcome.kind === 'refused') files.delete(clientId);
    return outcome;
  }
  const outbox = openOutbox(pageMemory, sendOne, (clientId, state) =>
    onState(clientId, state === 'failed' && !files.has(clientId) ? 'refused' : state),
  );

  return {
    add(file) {
      const outgoing = outbox.add('');
      files.set(outgoing.clientId, file);
      return outgoing;
    },
    holds: (clientId) => files.has(clientId),
    flush: outbox.flush,
    retry: outbox.retry,
    dropFailed: outbox.dropFailed,
    clear() {
      outbox.stop();
      files.clear();
      saved = {};
    },
  };
}
