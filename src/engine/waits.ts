// What the session waits for: a step's own question, or a dialogue laid over it (emergency, deletion, language …).
// A dialogue keeps the wait beneath it, so that the earlier question is still waiting when it closes.
import type { Session } from '../domain/session.ts';
import type { CompiledStep } from './program.ts';
import type { WaitData } from './program.ts';
import type { Turn } from './program.ts';

type Wait = NonNullable<Session['wait']>;

/** Name of the dialogue that is open, or null when a step waits or nothing does. */
export function dialogueOf(session: Session): string | null {
  const name = session.wait?.data?.['dialogue'];
  return typeof name === 'string' ? name : null;
}

/** The wait beneath any dialogue: what the flow itself waits for. */
export function baseWait(session: Session): Wait | null {
  let wait = session.wait;
  while (wait && typeof wait.data?.['dialogue'] === 'string') wait = (wait.data['under'] as Wait | undefined) ?? null;
  return wait;
}

/** Waits for the reply to a step's question; sets its timer. The token is the turn, so an older timer does nothing. */
export function waitForStep(
  turn: Turn,
  step: CompiledStep,
  kind: Wait['kind'],
  data: WaitData = {},
  seconds = step.config.timeout?.seconds,
): void {
  const { session, program } = turn;
  const atMenu = session.stack.length === 1 && session.stack[0]!.flow === program.menuFlow;
  session.wait = { kind, token: session.turn, data: atMenu ? { ...data, menu: true } : data };
  if (seconds !== undefined) turn.events.push({ type: 'timer_set', token: session.turn, seconds });
}

/** Lays a dialogue over what waits now. Of dialogues only the newest is open. */
export function openDialogue(turn: Turn, dialogue: string, kind: Wait['kind'], data: WaitData = {}): void {
  turn.session.wait = { kind, token: turn.session.turn, data: { ...data, dialogue, under: baseWait(turn.session) } };
}

/** Takes the dialogue away; the step beneath waits again, unasked. */
export function closeDialogue(turn: Turn): void {
  turn.session.wait = baseWait(turn.session);
}

/** Whether the flow stands at the menu, or nothing runs. */
export function isAtMenu(session: Session): boolean {
  const wait = baseWait(session);
  return wait === null || wait.data?.['menu'] === true;
}
