// What the parts of the runtime share: one object, made once by app.ts. Names concrete rooms, holds no state of its own.
import type { Channel } from '../channels/channel.ts';
import type { StaffSurface } from '../channels/staff-surface.ts';
import type { Store } from '../store/store.ts';
import type { Clock } from '../util/clock.ts';
import type { Log } from '../util/log.ts';
import type { Hub } from './hub.ts';
import type { LoopGuard } from './loop-guard.ts';
import type { Metrics } from './metrics.ts';
import type { Releases } from './releases.ts';

export interface Services {
  store: Store;
  releases: Releases;
  channels: Map<string, Channel>;
  clock: Clock;
  /** For spans: only goes forward, whatever happens to the clock. */
  steady: Clock;
  /** How long a node may be at sending a line before others ask its provider what became of it. */
  sendLeaseMs: number;
  log: Log;
  metrics: Metrics;
  hub: Hub;
  loopGuard: LoopGuard;
  /** Channels whose spending ceiling was reached, with the day on which this node knew that operators were told. */
  alerted: Map<string, string>;
  /** Channels whose ordinary messages wait until their outbox is emptier. */
  heldChannels(): readonly string[];
  /** True when a staff surface such as Slack is configured: people without an account answer. Accounts: desk/roster.ts. */
  staffed: boolean;
  /** The surface, once it is open. */
  surface: StaffSurface | null;
  /** How far back providers' lists are read: for as long it is known whose addresses were erased. */
  listedMs: number;
}

/** What is to be done after a turn's commit, and only then. */
export interface AfterCommit {
  /** Lines were queued: wake the deliverer. */
  lines: boolean;
  /** A case was opened or has news: wake the staff surface. */
  cases: boolean;
  /** Copies at providers are to be erased: wake the housekeeping. */
  copies: boolean;
}

/** Nothing to do yet. */
export function nothingYet(): AfterCommit {
  return { lines: false, cases: false, copies: false };
}
