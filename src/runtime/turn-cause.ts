// What sets a turn off: a person's message, routed to flow or staff, a wait that timed out, or a question of people's work.
import type { Route } from '../desk/route.ts';
import type { InboundMessage } from '../domain/message.ts';
import type { TurnInput } from '../engine/env.ts';

export type TurnCause =
  /** `wroteBefore`: when they wrote last. `skipped`: earlier messages of the same person that were passed over with this one. */
  | { kind: 'inbound'; message: InboundMessage; route: Route; wroteBefore: number | null; skipped: number }
  | { kind: 'timeout'; token: number }
  /** People's work asks something: nobody wrote. */
  | { kind: 'prompt'; input: Extract<TurnInput, { kind: 'prompt' }> };
