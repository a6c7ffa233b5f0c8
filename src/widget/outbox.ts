// Messages of the person on their way out: in order, one at a time, each taken by the service once. Used by chat.ts.
// What is not sent survives a reload; a retry carries the same client id, so an answer that was lost doubles nothing.
import type { SendOutcome } from './connection.ts';
import type { Memory, Outgoing } from './memory.ts';
import type { SendState } from './thread.ts';

export interface Outbox {
  waiting(): Outgoing[];
  add(text: string, payload?: string): Outgoing;
  /** Sends what waits; called whenever the line is back. */
  flush(): void;
  /** Tries a failed message again. */
  retry(clientId: string): void;
  /** Forgets what could not be sent; returns the client ids. */
  dropFailed(): string[];
  stop(): void;
}

const MAX_TRIES = 5;
const RETRY_MS = 2000;

/**
 * Opens the outbox with what an earlier page of this tab left in it.
 * @param send one try
 * @param onState how far a message is
 */
export function openOutbox(
  memory: Pick<Memory, 'read' | 'write'>,
  send: (outgoing: Outgoing) => Promise<SendOutcome>,
  onState: (clientId: string, state: SendState) => void,
): Outbox {
  let running = false;
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** The service asked not to be tried before. */
  let pausedUntil = 0;
  /** Written during such a pause: it is tried once all the same, for emergencies are taken in at any time. */
  let untried: string | null = null;
  const waiting = (): Outgoing[] => memory.read().outbox ?? [];
  const change = (clientId: string, next: (outgoing: Outgoing) => Outgoing | null): void => {
    const outbox = waiting().map((one) => (one.clientId === clientId ? next(one) : one));
    memory.write({ outbox: outbox.filter((one): one is Outgoing => one !== null) });
  };

  /** One try at one message; false when the rest has to wait. */
  async function sendOne(outgoing: Outgoing): Promise<boolean> {
    const { clientId } = outgoing;
    onState(clientId, 'sending');
    const outcome = await send(outgoing);
    if (outcome.kind === 'sent') {
      tries = 0;
      change(clientId, () => null);
      onState(clientId, 'sent');
      return true;
    }
    // Without a connection it waits for one, however long; a service that keeps failing is told to the person.
    if (outcome.kind === 'busy') tries += 1;
    if (outcome.kind === 'refused' || tries >= MAX_TRIES) {
      tries = 0;
      change(clientId, (one) => ({ ...one, failed: true }));
      onState(clientId, 'failed');
      return outcome.kind === 'refused';
    }
    onState(clientId, 'waiting');
    const pauseMs = Math.max(RETRY_MS, outcome.kind === 'busy' ? outcome.afterMs : 0);
    if (outcome.kind === 'busy') pausedUntil = Date.now() + pauseMs;
    clearTimeout(timer);
    timer = setTimeout(flush, pauseMs);
    return false;
  }

  /** One try at a message before those that were turned away; it stays in its place when it is turned away too. */
  async function sendAhead(outgoing: Outgoing): Promise<void> {
    const outcome = await send(outgoing);
    if (outcome.kind === 'sent') change(outgoing.clientId, () => null);
    onState(outgoing.clientId, outcome.kind === 'sent' ? 'sent' : 'waiting');
  }

  async function run(): Promise<void> {
    running = true;
    try {
      while (Date.now() >= pausedUntil) {
        const next = waiting().find((one) => !one.failed);
        if (next === undefined) break;
        if (next.clientId === untried) untried = null;
        if (!(await sendOne(next))) break;
      }
      const ahead = waiting().find((one) => one.clientId === untried && one.failed !== true);
      untried = null;
      if (ahead !== undefined && Date.now() < pausedUntil) await sendAhead(ahead);
    } finally {
      running = false;
    }
  }

  function flush(): void {
    if (!running) void run();
  }

  return {
    waiting,
    add(text, payload) {
      const outgoing: Outgoing = { clientId: randomId(), text, ...(payload === undefined ? {} : { payload }) };
      memory.write({ outbox: [...waiting(), outgoing] });
      untried = outgoing.clientId;
      return outgoing;
    },
    flush,
    retry(clientId) {
      pausedUntil = 0;
      change(clientId, (one) => ({
        clientId: one.clientId,
        text: one.text,
        ...(one.payload === undefined ? {} : { payload: one.payload }),
      }));
      onState(clientId, 'waiting');
      flush();
    },
    dropFailed() {
      const failed = waiting().filter((one) => one.failed);
      memory.write({ outbox: waiting().filter((one) => !one.failed) });
      return failed.map((one) => one.clientId);
    },
    stop: () => clearTimeout(timer),
  };
}

/** Works on pages without TLS too, where crypto.randomUUID does not exist. */
function randomId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
