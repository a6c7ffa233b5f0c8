// A background loop that works while there is work, sleeps otherwise, and is woken by a commit.
// The poll is the fallback: a wake-up that got lost costs a moment, never a message.
import type { Log } from '../util/log.ts';

export interface Loop {
  /** There may be work: look now. */
  wake(): void;
  /** Ends after the round that is running. */
  stop(): Promise<void>;
}

/**
 * Starts a loop.
 * @param round does one round; returns true when it found work and wants to be called again at once.
 * @param pollMs longest sleep between rounds.
 */
export function startLoop(name: string, round: () => Promise<boolean>, pollMs: number, log: Log): Loop {
  const state = { stopped: false, woken: false };
  let rouse: (() => void) | null = null;

  const sleep = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function run(): Promise<void> {
    let failures = 0;
    while (!state.stopped) {
      state.woken = false;
      let busy = false;
      try {
        busy = await round();
        failures = 0;
      } catch (error) {
        failures += 1;
        log.error({ loop: name, failures, error }, 'A background round failed; it will be tried again.');
      }
      if (state.stopped) break;
      if (failures > 0) await sleep(Math.min(100 * 2 ** failures, 5000));
      else if (!busy && !state.woken) await sleep(pollMs);
      else await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  const finished = run();
  return {
    wake() {
      state.woken = true;
      rouse?.();
    },
    async stop() {
      state.stopped = true;
      rouse?.();
      await finished;
    },
  };
}
