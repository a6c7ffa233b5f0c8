// The private lane: topics and flows about violence, exploitation, children, misconduct.
// Where its texts are not signed in the person's language, a person is offered, the way out is given, and nothing is asked.
import { takeAlertBack } from './alert.ts';
import { emit, say, setFacts } from './turn.ts';
import type { Turn } from './program.ts';
import { offerPrivately } from './dialogues/offer.ts';
import { isUnbegun } from './turn.ts';
import type { CompiledFlow } from './program.ts';
import type { Then } from './then.ts';

/** Whether a topic or flow belongs to the private lane. */
export function isPrivate(turn: Turn, flow: Pick<CompiledFlow, 'private' | 'topic'>): boolean {
  return flow.private || (flow.topic !== null && turn.env.topicIsPrivate(flow.topic));
}

/** Whether the private lane may be served to this person: its texts are signed in the language. */
export function isServed(turn: Turn): boolean {
  return turn.session.language !== null && turn.env.privateLaneServed(turn.session.language);
}

/** Marks the session as private: kept only while it lives, never continued later. */
export function markPrivate(turn: Turn, topic: string | null): void {
  const { facts } = turn.session;
  takeAlertBack(turn);
  const kept = facts.topic !== null && turn.env.topicIsPrivate(facts.topic) ? facts.topic : topic;
  if (!facts.private) emit(turn, { type: 'keeping_set', keeping: 'session' });
  setFacts(turn, { private: true, topic: kept ?? facts.topic, question: null });
  emit(turn, { type: 'log', fields: kept === null ? { sensitive: true } : { sensitive: true, topic: kept } });
}

/** Leads into the private lane where it is not served: offers a person, gives the way out, asks nothing, keeps nothing. */
export function offerPrivateLane(turn: Turn, topic: string | null): Then {
  const { session } = turn;
  markPrivate(turn, topic);
  session.pending = null;
  session.history = [];
  if (!isUnbegun(session)) session.stack = [];
  session.wait = null;
  offerPrivately(turn);
  say(turn, 'system:private_exit');
  return { go: 'done' };
}
