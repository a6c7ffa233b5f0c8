// The pinned alert of a crisis: before the first words of a session and before the menu, once in each language that the person reads.
// Called by run.ts when a flow begins, and by private-lane.ts: the private lane is never given anything more than usual.
import type { EngineEvent } from '../domain/event.ts';
import type { Turn } from './program.ts';
import { isUnbegun } from './turn.ts';

const KEY = 'system:alert';

/** Says the alert where one stands and this is the place for it. Called while the session still stands where it stood before the flow. */
export function tellAlert(turn: Turn, flow: string): void {
  const { session, env, program, events } = turn;
  const begins = isUnbegun(session) || flow === program.entryFlow;
  if (env.alert === null || session.facts.private || !(begins || flow === program.menuFlow)) return;
  // Another alert, or another language, is told anew.
  const told = `${env.alert} ${session.language ?? ''}`;
  if (session.alerted === told) return;
  session.alerted = told;
  const first = begins ? events.findIndex(({ type }) => type === 'say') : -1;
  events.splice(first === -1 ? events.length : first, 0, { type: 'say', kind: 'flow', line: { text: { key: KEY } } });
}

/** Takes the alert back that was said in this very turn: it led into the private lane. */
export function takeAlertBack({ session, events }: Turn): void {
  const at = events.findIndex(isAlert);
  if (at === -1) return;
  events.splice(at, 1);
  delete session.alerted;
}

function isAlert(event: EngineEvent): boolean {
  return event.type === 'say' && 'key' in event.line.text && event.line.text.key === KEY;
}
