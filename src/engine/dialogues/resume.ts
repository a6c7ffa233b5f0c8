// After a day of silence: "Shall we go on where we were?" Never in the private lane, where everything is forgotten instead.
import { restartSession } from '../new-session.ts';
import type { Turn } from '../program.ts';
import type { Then } from '../then.ts';
import { say } from '../turn.ts';
import { isAtMenu, openDialogue } from '../waits.ts';
import type { Dialogue } from './dialogue.ts';

const IDLE_MS = 24 * 3_600_000;
const CHOICES = ['continue', 'restart'].map((id) => ({ id, label: { key: `system:continue_or_restart.${id}` } }));

/** Whether a day has passed since the person last wrote. */
export function isIdle(turn: Turn): boolean {
  return turn.env.now - turn.session.lastInputAt >= IDLE_MS;
}

/** After a day of silence, forgets a session that is private or stands in the middle of nothing: a new one begins. */
export function forgetIfOver(turn: Turn): void {
  const { session, program, env } = turn;
  if (turn.system || !isIdle(turn) || !(session.facts.private || isAtMenu(session))) return;
  restartSession(session, program, env.now);
}

/** Meets somebody who returns after a day to the middle of something. */
export function meetReturn(turn: Turn, text: string): Then {
  say(turn, 'system:continue_or_restart', CHOICES);
  openDialogue(turn, 'resume', 'resume', { text });
  return { go: 'wait' };
}

/** The reply. What was written on return is the first message of the new beginning. */
export const resume: Dialogue = {
  name: 'resume',
  anyOwner: false,
  expectation: () => ({ kind: 'choice', choices: CHOICES }),
  reply(turn, value, data) {
    if (value === 'continue') return { go: 'repeat' };
    if (value !== 'restart') return null;
    restartSession(turn.session, turn.program, turn.env.now);
    const text = typeof data['text'] === 'string' ? data['text'].trim() : '';
    if (text !== '') turn.session.pending = text;
    return { go: 'repeat' };
  },
};
