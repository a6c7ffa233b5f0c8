// Short signals between the nodes of one PostgreSQL database: there is something to look at. Never what, and never of whom.
// Opened by store.ts for runtime/service.ts. A signal that gets lost costs a moment: everything is looked at from time to time.
import { randomUUID } from 'node:crypto';
import pg from 'pg';

const CHANNEL = 'ventanilla';
/** PostgreSQL takes 8,000 bytes in one notice. */
const MAX_BYTES = 7000;
/** Signals of so many ms go out together. */
const GATHER_MS = 5;
/** Most names that are gathered, and notices on their way: a server that hangs must not fill the memory. */
const MAX_NAMES = 2000;
const MAX_NOTICES = 100;
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
  const hear = (payload: string): void => {
    const [from, ...names] = payload.split(' ');
    if (from !== self) for (const name of names) onSignal(name);
  };
  const link = keepConnected(connectionString, hear, onFault);
  const waiting = new Set<string>();
  let flushing: NodeJS.Timeout | null = null;

  function flush(): void {
    flushing = null;
    for (const notice of pack(self, waiting)) link.notify(notice);
    waiting.clear();
  }

  return {
    send(name) {
      if (waiting.size < MAX_NAMES) waiting.add(name);
      flushing ??= setTimeout(flush, GATHER_MS);
    },
    async close() {
      if (flushing) {
        clearTimeout(flushing);
        flush();
      }
      await link.close();
    },
  };
}

/** Names after their sender, in as few notices as hold them. */
function pack(self: string, names: Iterable<string>): string[] {
  const notices: string[] = [];
  let notice = self;
  for (const name of names) {
    if (notice.length + name.length >= MAX_BYTES) {
      notices.push(notice);
      notice = self;
    }
    notice += ` ${name}`;
  }
  return [...notices, notice];
}

interface Link {
  /** Best effort: dropped while there is no connection. */
  notify(payload: string): void;
  close(): Promise<void>;
}

function keepConnected(connectionString: string, hear: (payload: string) => void, onFault: (error: unknown) => void): Link {
  let closed = false;
  let pauseMs = FIRST_PAUSE_MS;
  let client: pg.Client | null = null;
  let notices = 0;
  let retrying: NodeJS.Timeout | null = null;
  let connecting = connect();

  function lose(lost: pg.Client, error: unknown): void {
    if (client === lost) client = null;
    void lost.end().catch(() => {});
    if (closed || retrying) return;
    if (pauseMs === FIRST_PAUSE_MS) onFault(error);
    retrying = setTimeout(() => {
      retrying = null;
      connecting = connect();
    }, pauseMs);
    pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS);
  }

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ connectionString, keepAlive: true });
    fresh.on('error', (error) => lose(fresh, error));
    fresh.on('end', () => lose(fresh, new Error('The connection for signals between nodes ended.')));
    fresh.on('notification', ({ payload }) => hear(payload ?? ''));
    try {
      await fresh.connect();
      await fresh.query(`listen ${CHANNEL}`);
      client = fresh;
      pauseMs = FIRST_PAUSE_MS;
    } catch (error) {
      lose(fresh, error);
    }
  }

  return {
    notify(payload) {
      if (!client || notices >= MAX_NOTICES) return;
      notices += 1;
      const sent = client.query('select pg_notify($1, $2)', [CHANNEL, payload]).catch(() => {});
      void sent.finally(() => (notices -= 1));
    },
    async close() {
      closed = true;
      if (retrying) clearTimeout(retrying);
      await connecting;
      await client?.end().catch(() => {});
    },
  };
}
