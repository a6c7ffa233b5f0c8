// Sends what staff write, in order, until it has arrived: a message keeps the id that it was born with, so that however often
// it is tried the server takes it once. Made by workspace.tsx, one for all cases of a tab; knows no React.
// A lost connection or an ended session only makes it wait. What the server refuses stays visible, with why, to be changed or dropped.

export interface Outgoing {
  /** A UUID; the message's id on the server, too. */
  id: string;
  caseId: string;
  kind: 'reply' | 'note';
  text: string;
  how: 'now' | 'template' | 'sms' | 'when_they_write';
  template: string | null;
  mentions: readonly string[];
  at: number;
  /** `sent`: the server has it; it goes once it shows in the conversation. `waiting`: no connection, or nobody is signed in. */
  state: 'sending' | 'waiting' | 'sent' | 'refused';
  /** Why it was refused. */
  fault: Fault | null;
}

/** What the server said when it refused: the same as ApiError, kept as plain values. */
export interface Fault {
  status: number;
  code: string;
  message: string;
  permission?: string | undefined;
  takenBy?: string | undefined;
}

export type Tried =
  | { kind: 'sent' }
  /** Try again: the network, or a server that is overloaded. */
  | { kind: 'later'; afterMs?: number }
  /** Nobody is signed in: `wake` comes when somebody is. */
  | { kind: 'signed_out' }
  | { kind: 'refused'; fault: Fault };

export interface OutboxOptions {
  send(one: Outgoing): Promise<Tried>;
  /** Calls back after so many milliseconds; returns what stops it. */
  after(ms: number, run: () => void): () => void;
}

export interface Outbox {
  list(): readonly Outgoing[];
  add(one: Omit<Outgoing, 'state' | 'fault'>): void;
  /** Takes back what was written down before a reload: what was on its way goes on, what was refused stays so, with why. */
  restore(kept: readonly Outgoing[]): void;
  /** Tries a refused one once more, with the same id: what had arrived after all is not sent twice. */
  retry(id: string): void;
  drop(id: string): void;
  /** Shows in the conversation: nothing more to remember. */
  arrived(ids: ReadonlySet<string>): void;
  /** The network or the session is back. */
  wake(): void;
  subscribe(listener: () => void): () => void;
}

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30_000;

/** Makes an outbox. */
export function createOutbox({ send, after }: OutboxOptions): Outbox {
  const listeners = new Set<() => void>();
  const pauses = new Map<string, () => void>();
  const failures = new Map<string, number>();
  const underWay = new Set<string>();
  let all: readonly Outgoing[] = [];

  const set = (next: readonly Outgoing[]): void => {
    all = next;
    for (const listener of listeners) listener();
  };
  const put = (id: string, change: Partial<Outgoing>): void => set(all.map((one) => (one.id === id ? { ...one, ...change } : one)));

  /** The first of each case that is not there yet goes out; those behind it wait, so that words keep their order. */
  const run = (): void => {
    const begun = new Set<string>();
    for (const one of all) {
      if (one.state === 'sent' || one.state === 'refused' || begun.has(one.caseId)) continue;
      begun.add(one.caseId);
      if (!underWay.has(one.caseId) && !pauses.has(one.caseId)) void attempt(one);
    }
  };

  async function attempt(one: Outgoing): Promise<void> {
    underWay.add(one.caseId);
    if (one.state !== 'sending') put(one.id, { state: 'sending', fault: null });
    const tried = await send(one).catch((): Tried => ({ kind: 'later' }));
    underWay.delete(one.caseId);
    if (tried.kind === 'sent' || tried.kind === 'refused') {
      failures.delete(one.caseId);
      put(one.id, tried.kind === 'sent' ? { state: 'sent' } : { state: 'refused', fault: tried.fault });
      return run();
    }
    const count = (failures.get(one.caseId) ?? 0) + 1;
    failures.set(one.caseId, count);
    put(one.id, { state: 'waiting' });
    const ms =
      tried.kind === 'signed_out' ? LONGEST_PAUSE_MS : (tried.afterMs ?? Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (count - 1)));
    const again = (): void => {
      pauses.delete(one.caseId);
      run();
    };
    pauses.set(one.caseId, after(ms, again));
  }

  return {
    list: () => all,
    add(one) {
      if (all.some(({ id }) => id === one.id)) return;
      set([...all, { ...one, state: 'sending', fault: null }]);
      run();
    },
    restore(kept) {
      const back = kept.filter(({ id }) => all.every((one) => one.id !== id));
      // Before what was written since: words keep their order.
      set([...back.map((one): Outgoing => (one.state === 'sending' ? { ...one, state: 'waiting' } : one)), ...all]);
      run();
    },
    retry(id) {
      put(id, { state: 'waiting', fault: null });
      run();
    },
    drop: (id) => set(all.filter((one) => one.id !== id || one.state === 'sending')),
    arrived(ids) {
      if (all.some(({ id }) => ids.has(id))) set(all.filter(({ id }) => !ids.has(id)));
    },
    wake() {
      for (const stop of pauses.values()) stop();
      pauses.clear();
      failures.clear();
      run();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
