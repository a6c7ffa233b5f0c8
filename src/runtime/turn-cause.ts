// What sets a turn off: a person's message, routed to flow or staff, or a wait that timed out.
import type { Route } from '../desk/route.ts';
import type { InboundMessage } from '../domain/message.ts';

export type TurnCause = { kind: 'inbound'; message: InboundMessage; route: Route } | { kind: 'timeout'; token: number };
