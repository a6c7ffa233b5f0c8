// How SIGTERM and SIGINT end the service. Called by commands/start.ts as its first act: as process 1 of a container a signal
// without a listener is ignored.

/** A terminal and npm may both pass the same Ctrl-C on: what comes this soon after is the same wish. */
const SAME_WISH_MS = 500;

export interface StopSignals {
  /** From now on a signal asks for an orderly end; before, it ends a start that is not over. */
  ready(): void;
  /** Resolves at the first signal. A second one ends the process at once. */
  told: Promise<void>;
}

/** Starts listening. */
export function listenForStop(): StopSignals {
  let isReady = false;
  let toldAt: number | null = null;
  let tell = (): void => {};
  const told = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const hear = (): void => {
    const now = performance.now();
    if (toldAt !== null && now - toldAt < SAME_WISH_MS) return;
    if (toldAt !== null) {
      console.log('Stopped at once. What was under way is taken up at the next start.');
      process.exit(1);
    }
    if (!isReady) {
      // Whatever transaction is open is undone by the database.
      console.log('Stopped before it was ready.');
      process.exit(0);
    }
    toldAt = now;
    tell();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, hear);
  return {
    ready() {
      isReady = true;
    },
    told,
  };
}
