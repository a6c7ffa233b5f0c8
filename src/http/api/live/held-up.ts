// When to look again while changes of the desk are committed that cannot be read yet, because an older transaction still runs.
// Asked by feed.ts after each round. Pure: knows no clock and no database.

/** Most older transactions are over within a moment. */
const FIRST_WAIT_MS = 25;
const LONGEST_WAIT_MS = 1000;
/** So long consoles hear nothing; then they are told to load everything again, and again after so long. */
const SILENT_MS = 5000;

/** What a round has found. */
export interface Round {
  /** Something is committed and not to be read yet. */
  unsettled: boolean;
  /** Something was read. */
  moved: boolean;
}

export interface HeldUp {
  /**
   * Takes in a round.
   * @param now ms of a clock that only goes forward
   * @returns after how many ms to look again, null for whenever something comes; and whether consoles must load again
   */
  after(round: Round, now: number): { waitMs: number | null; resync: boolean };
}

/** Begins with nothing held up. */
export function createHeldUp(): HeldUp {
  let waitMs = FIRST_WAIT_MS;
  /** Since when nothing could be read, or consoles were last told so. */
  let silentSince: number | null = null;
  return {
    after({ unsettled, moved }, now) {
      if (!unsettled || moved || silentSince === null) {
        waitMs = FIRST_WAIT_MS;
        silentSince = unsettled ? now : null;
        return { waitMs: unsettled ? waitMs : null, resync: false };
      }
      waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2);
      const resync = now - silentSince >= SILENT_MS;
      if (resync) silentSince = now;
      return { waitMs, resync };
    },
  };
}
