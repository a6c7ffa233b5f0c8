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
 * @param round does one round; returns true when it found work and wants to be called again at once, or after how many ms it does.
 * @param pollMs longest sleep between rounds.
 * @param gatherMs least time from the beginning of one round to the next, so that under load each finds more to do. The first
 * after a rest begins at once.
 */
export function startLoop(name: string, round: () => Promise<boolean | number>, pollMs: number, log: Log, gatherMs = 0): Loop {
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
    let began = Number.NEGATIVE_INFINITY;
    while (!state.stopped) {
      const early = began + gatherMs - performance.now();
      if (early > 0) await new Promise<void>((resolve) => setTimeout(resolve, early));
      began = performance.now();
      state.woken = false;
      let again: boolean | number = false;
      try {
        again = await round();
        failures = 0;
      } catch (error) {
        failures += 1;
        log.error({ loop: name, failures, error }, 'A background round failed; it will be tried again.');
      }
      if (state.stopped) break;
      if (failures > 0) await sleep(Math.min(100 * 2 ** failures, 5000));
      else if (again !== true && !state.woken) await sleep(again === false ? pollMs : again);
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
