// Short signals between the nodes of one PostgreSQL database: there is something to look at. Never what, and never of whom.
// Opened by store.ts for runtime/service.ts. A signal that gets lost costs a moment: everything is looked at from time to time.
import { randomUUID } from 'node:crypto';
import pg from 'pg';

const CHANNEL = 'ventanilla';
/** PostgreSQL takes 8,000 bytes in one notice. */
const MAX_BYTES = 7000;
/** Signals of so many ms go out together. */
const GATHER_MS = 5;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;

export interface Signals {
  /** Tells all other nodes, soon. `name` holds no space. */
  send(name: string): void;
  close(): Promise<void>;
}

/** For a database that only one service uses. */
export const noSignals: Signals = { send() {}, close: () => Promise.resolve() };

/**
 * Opens a connection of its own, and opens it again whenever it breaks.
 * @param onSignal called for each signal of another node.
 * @param onFault told once each time the connection breaks.
 */
export function openSignals(connectionString: string, onSignal: (name: string) => void, onFault: (error: unknown) => void): Signals {
  const self = randomUUID();
  const state = { closed: false, pauseMs: FIRST_PAUSE_MS };
  const waiting = new Set<string>();
  let client: pg.Client | null = null;
  let flushing: NodeJS.Timeout | null = null;
  let retrying: NodeJS.Timeout | null = null;

  function hear(payload: string): void {
    const [from, ...names] = payload.split(' ');
    if (from !== self) for (const name of names) onSignal(name);
  }

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ connectionString, keepAlive: true });
    let broken = false;
    const lose = (error: unknown): void => {
      if (broken) return;
      broken = true;
      client = null;
      void fresh.end().catch(() => {});
      if (state.closed) return;
      if (state.pauseMs === FIRST_PAUSE_MS) onFault(error);
      retrying = setTimeout(() => void connect(), state.pauseMs);
      state.pauseMs = Math.min(2 * state.pauseMs, LONGEST_PAUSE_MS);
    };
    fresh.on('error', lose);
    fresh.on('end', () => lose(new Error('The connection for signals between nodes ended.')));
    fresh.on('notification', ({ payload }) => hear(payload ?? ''));
    try {
      await fresh.connect();
      await fresh.query(`listen ${CHANNEL}`);
      if (state.closed) return await fresh.end();
      client = fresh;
      state.pauseMs = FIRST_PAUSE_MS;
    } catch (error) {
      lose(error);
    }
  }

  function flush(): void {
    flushing = null;
    let payload = self;
    const notices: string[] = [];
    for (const name of waiting) {
      if (payload.length + name.length > MAX_BYTES) {
        notices.push(payload);
        payload = self;
      }
      payload += ` ${name}`;
    }
    waiting.clear();
    for (const notice of [...notices, payload]) client?.query('select pg_notify($1, $2)', [CHANNEL, notice]).catch(() => {});
  }

  const connecting = connect();
  return {
    send(name) {
      if (state.closed || client === null) return;
      waiting.add(name);
      flushing ??= setTimeout(flush, GATHER_MS);
    },
    async close() {
      if (flushing) {
        clearTimeout(flushing);
        flush();
      }
      state.closed = true;
      if (retrying) clearTimeout(retrying);
      await connecting;
      await client?.end().catch(() => {});
    },
  };
}
