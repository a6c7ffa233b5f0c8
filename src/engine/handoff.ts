// Calling a person: says what happens next by the state of the desk, and emits the wish for one.
// Used by the handoff step, the offer of a person, emergencies and the command PERSON.
import type { EngineEvent } from '../domain/event.ts';
import type { Priority } from '../domain/conversation.ts';
import type { DeskState } from './env.ts';
import { openDialogue } from './waits.ts';
import { describeOpening } from './local-time.ts';
import { emit, say } from './turn.ts';
import type { Turn } from './program.ts';
import type { Then } from './then.ts';

type HandoffEvent = Extract<EngineEvent, { type: 'handoff' }>;
export type HandoffReason = HandoffEvent['reason'];

export interface HandoffRequest {
  priority: Priority;
  reason: HandoffReason;
  responderGender?: 'woman' | 'man' | 'any';
  /** What follows when nobody takes over at once. */
  afterwards: Then;
}

/** Calls a person. In hours the flow falls silent; else it goes on after it told when somebody is there. */
export function handOver(turn: Turn, request: HandoffRequest): Then {
  const { env, session } = turn;
  if (env.owner === 'staff') {
    say(turn, 'system:silent_person');
    emit(turn, handoffEvent(turn, request, false));
    return { go: 'done' };
  }
  if ((env.desk.queued || env.owner === 'queue') && request.priority !== 'emergency') {
    tellPlace(turn);
    return env.owner === 'queue' ? { go: 'done' } : request.afterwards;
  }
  emit(turn, handoffEvent(turn, request, false));
  emit(turn, { type: 'log', fields: { outcome: 'handed_over' } });
  // Where nobody may read what is private, nothing is promised: a person who is told to wait would wait for nobody.
  const { staffed, open, opensAt } = deskOf(turn);
  // The owner changes with this turn: what it says must outlive that. An emergency is queued out of hours too.
  if (staffed && (open || request.priority === 'emergency')) turn.system = true;
  if (staffed && open) {
    session.wait = null; // The stack stays: it tells the person who takes over what was said.
    say(turn, { key: 'system:handoff_open', params: { minutes: env.desk.minutesToAnswer } });
    return { go: 'done' };
  }
  if (staffed && opensAt !== null) {
    askCallback(turn, request, opensAt);
    return { go: 'wait' };
  }
  say(turn, 'system:handoff_unstaffed');
  return env.owner === 'flow' || env.owner === 'closed' ? request.afterwards : { go: 'done' };
}

/** Who is there for what the person talks about: in the private lane those who may read that. */
function deskOf({ env, session }: Turn): Pick<DeskState, 'staffed' | 'open' | 'opensAt'> {
  return session.facts.private ? (env.desk.privately ?? env.desk) : env.desk;
}

/** Whoever waits hears that they still do, at which place, and how long it may take where that is known. */
export function tellPlace(turn: Turn): void {
  const { line, ticket } = turn.env.desk;
  const { opensAt } = deskOf(turn);
  if (line) {
    say(turn, { key: 'system:queue_place', params: { place: line.place } }, undefined, 'system');
    if (line.minutes !== null) say(turn, { key: 'system:queue_wait', params: { minutes: line.minutes } }, undefined, 'system');
  } else if (ticket && opensAt !== null) {
    const hours = describeOpening(opensAt, turn.session.language);
    say(turn, { key: 'system:ticket_waits', params: { hours } }, undefined, 'system');
  } else say(turn, 'system:queue_still', undefined, 'system');
}

/** The wish for a person, as an event. */
export function handoffEvent(turn: Turn, request: Omit<HandoffRequest, 'afterwards'>, callback: boolean): HandoffEvent {
  const { facts } = turn.session;
  const event: HandoffEvent = {
    type: 'handoff',
    priority: request.priority,
    topic: facts.topic,
    reason: request.reason,
    private: facts.private,
    callback,
  };
  if (request.responderGender) event.responderGender = request.responderGender;
  return event;
}

/** Out of hours: says when the desk opens and asks whether to write then. The wish itself is already made. */
function askCallback(turn: Turn, request: HandoffRequest, opensAt: string): void {
  const { afterwards, ...rest } = request;
  const hours = describeOpening(opensAt, turn.session.language);
  const choices = [
    { id: 'yes', label: { key: 'system:callback_yes' } },
    { id: 'no', label: { key: 'system:callback_no' } },
  ];
  if (afterwards.go !== 'repeat') turn.session.wait = null; // The step that called has been answered.
  say(turn, { key: 'system:handoff_closed', params: { hours } }, choices);
  openDialogue(turn, 'callback', 'confirm', { request: rest, afterwards });
}
