// One turn: session and input in, new session and events out. Pure: it never changes what it is given, never throws, never falls silent.
// Called by runtime/ for each message and timer. Order for a message: emergency, command, dialogue, reply, free text.
// 2026-11-21: a fault throws the draft away, so the session stays as it was but for the offer of a person.
import { AppError } from '../domain/errors.ts';
import type { EngineEvent } from '../domain/event.ts';
import type { Session } from '../domain/session.ts';
import { offerPerson } from './dialogues/offer.ts';
import { noteUnanswered } from './dialogues/referral-consent.ts';
import { forgetIfOver, isIdle, meetReturn } from './dialogues/resume.ts';
import type { EngineEnv, TurnInput } from './env.ts';
import { hearMessage, hearRest } from './hear.ts';
import { ask } from './prompt.ts';
import { newSession } from './new-session.ts';
import type { Program, Turn } from './program.ts';
import { carryOut, standsSomewhere, timeOut } from './run.ts';
import { begin } from './start.ts';
import type { Then } from './then.ts';
import { hasSpoken, isUnbegun } from './turn.ts';

/** Texts that may be read again within one turn (a held message after a change of language). */
const MAX_READS = 3;

/**
 * Takes one turn.
 * @param session null for somebody unknown
 * @returns the new session, plain JSON, and what happened, in order
 */
export function takeTurn(
  program: Program,
  session: Session | null,
  input: TurnInput,
  env: EngineEnv,
): { session: Session; events: EngineEvent[] } {
  const before = session ?? newSession(program, { now: env.now });
  const turn = openTurn(program, before, input, env);
  try {
    play(turn);
    return close(turn, before);
  } catch (fault) {
    return close(meetFault(openTurn(program, before, input, env), turn, fault), before);
  }
}

function openTurn(program: Program, before: Session, input: TurnInput, env: EngineEnv): Turn {
  const session: Session = { ...before, release: program.release, turn: before.turn + 1 };
  return { program, env, input, session, events: [], steps: 0, rest: [], system: env.owner !== 'flow' && env.owner !== 'closed' };
}

function play(turn: Turn): void {
  const { input, session, env } = turn;
  if (input.kind === 'timeout') {
    const then = turn.system || !standsSomewhere(turn) ? null : timeOut(turn, input.token);
    if (then) carryOut(turn, then);
    else turn.session.turn -= 1; // A stale timer does nothing.
    return;
  }
  if (input.kind === 'prompt') return ask(turn, input);
  if (!standsSomewhere(turn)) {
    session.stack = []; // The release dropped a flow or step that the person stood at.
    session.wait = null;
    session.history = [];
  }
  if (input.kind === 'opened') open(turn);
  else if (input.kind === 'enter') carryOut(turn, { go: 'goto', flow: input.flow, step: input.step });
  else listen(turn, input);
  session.lastInputAt = env.now;
}

/** A conversation that is opened without a word: begins, or says again what was said last. */
function open(turn: Turn): void {
  const { session } = turn;
  if (turn.system) return;
  forgetIfOver(turn);
  if (isUnbegun(session) && session.wait === null) carryOut(turn, begin(turn, null));
  else if (isIdle(turn)) carryOut(turn, meetReturn(turn, ''));
  else for (const line of session.lastLines) turn.events.push({ type: 'say', kind: 'flow', line });
  if (!hasSpoken(turn)) carryOut(turn, { go: 'repeat' });
}

function listen(turn: Turn, input: Extract<TurnInput, { kind: 'message' }>): void {
  let then: Then | null = hearMessage(turn, input);
  for (let reads = 0; then !== null; reads++) {
    const text = carryOut(turn, then);
    if (text === null) break;
    then = reads < MAX_READS ? hearMessage(turn, { kind: 'message', text }) : { go: 'repeat' };
  }
  for (let next = hearRest(turn); next !== null; next = hearRest(turn)) carryOut(turn, next);
  if (!turn.system && !hasSpoken(turn)) carryOut(turn, { go: 'repeat' });
  if (!turn.system && !hasSpoken(turn)) turn.events.push({ type: 'say', kind: 'flow', line: { text: { key: 'system:menu_hint' } } });
}

function close(turn: Turn, before: Session): { session: Session; events: EngineEvent[] } {
  noteUnanswered(turn, before);
  const { session, events } = turn;
  const lines = events.flatMap((event) => (event.type === 'say' ? [event.line] : []));
  if (lines.length > 0) session.lastLines = lines;
  if (turn.system) for (const event of events) if (event.type === 'say') event.kind = 'system';
  return { session, events };
}

/** A safe reply that offers a person, and the fault as an event. Where people own the conversation only the event. */
function meetFault(turn: Turn, failed: Turn, fault: unknown): Turn {
  const { session, env } = turn;
  const code = fault instanceof AppError ? fault.code : 'engine.failed';
  const frame = failed.session.stack.at(-1) ?? session.stack.at(-1);
  turn.events.push({ type: 'error', code, flow: frame?.flow ?? '', step: frame?.step ?? '' });
  if (turn.input.kind === 'message' || turn.input.kind === 'opened') session.lastInputAt = env.now;
  session.wait = null;
  if (!isUnbegun(session)) session.stack = [];
  if (!turn.system) offerPerson(turn, { reason: 'fault', text: 'system:fault' });
  return turn;
}
