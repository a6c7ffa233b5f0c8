// What to do with a message that was found late (see reconcile.ts). Called by turn.ts with what the engine would make of it; pure.
//
// 2026-11-21: Up to an hour it is answered like any other. After that the answer says that the message came late. After a day
// nobody is written to by a program: people get a case, and only STOP is carried out. A short reply or a button that a younger
// message has overtaken no longer answers the question that was meant: the person is asked to write it again.
import type { EngineEvent } from '../domain/event.ts';
import type { InboundMessage } from '../domain/message.ts';

const HOUR_MS = 3_600_000;
/** From here on the person is told that it came late. */
const LATE_MS = HOUR_MS;
/** From here on people decide. */
const STALE_MS = 24 * HOUR_MS;
/** Fewer words are rather a reply than a question. */
const QUESTION_WORDS = 3;

/** `as_is`: the events as they are given back; `ask_again`: nothing but these events; `case`: nothing is said, people look. */
export interface LateTurn {
  kind: 'as_is' | 'ask_again' | 'case';
  events: EngineEvent[];
}

/**
 * Decides on a message that was found late.
 * @param events what the engine decided upon it.
 * @param now our clock, ms; `lastInboundAt`: when the person last wrote before; `begun`: whether a session was open.
 */
export function meetLate(
  message: InboundMessage,
  events: EngineEvent[],
  { now, lastInboundAt, begun }: { now: number; lastInboundAt: number | null; begun: boolean },
): LateTurn {
  const { sentAt } = message;
  if (sentAt === undefined || has(events, 'stopped')) return { kind: 'as_is', events };
  if (now - sentAt >= STALE_MS) return { kind: 'case', events: [] };
  const overtaken = begun && lastInboundAt !== null && lastInboundAt > sentAt;
  if (overtaken && !has(events, 'emergency') && (isReply(message) || has(events, 'erase_confirmed'))) {
    return { kind: 'ask_again', events: [{ type: 'say', kind: 'flow', line: { text: { key: 'system:late_repeat' } } }] };
  }
  return { kind: 'as_is', events: now - sentAt >= LATE_MS ? withNote(events) : events };
}

const has = (events: EngineEvent[], type: EngineEvent['type']): boolean => events.some((event) => event.type === type);

const isReply = ({ payload, text }: InboundMessage): boolean =>
  payload !== undefined || text.trim().split(/\s+/).filter(Boolean).length < QUESTION_WORDS;

/** Before the answer, in one message with it; but nothing comes before an emergency text. */
function withNote(events: EngineEvent[]): EngineEvent[] {
  const first = events.findIndex((event) => event.type === 'say');
  const said = events[first];
  if (said?.type !== 'say') return events;
  const note: EngineEvent = { ...said, line: { text: { key: 'system:late_answer' } } };
  return events.toSpliced(has(events, 'emergency') ? first + 1 : first, 0, note);
}
