// DELETE: asks once whether to erase everything, under any owner; yes erases, anything else does not.
import { say, emit } from '../turn.ts';
import type { Turn } from '../program.ts';
import type { Then } from '../then.ts';
import { openDialogue } from '../waits.ts';
import { restartSession } from '../new-session.ts';
import { readYesNo, type Dialogue } from './dialogue.ts';

const CHOICES = ['yes', 'no'].map((id) => ({ id, label: { key: `system:delete_confirm.${id}` } }));

/** Asks for confirmation. */
export function askDelete(turn: Turn): Then {
  say(turn, 'system:delete_confirm', CHOICES, 'system');
  openDialogue(turn, 'delete', 'confirm');
  return { go: 'wait' };
}

/** The confirmation. */
export const deleteDialogue: Dialogue = {
  name: 'delete',
  anyOwner: true,
  expectation: () => ({ kind: 'choice', choices: CHOICES }),
  reply(turn, value) {
    const yes = readYesNo(value);
    if (yes === null) return null;
    if (yes) {
      emit(turn, { type: 'erase_confirmed' });
      say(turn, 'system:deleted', undefined, 'system');
      restartSession(turn.session, turn.program, turn.env.now);
      return { go: 'done' };
    }
    say(turn, 'system:delete_cancelled', undefined, 'system');
    return turn.env.owner === 'flow' || turn.env.owner === 'closed' ? { go: 'repeat' } : { go: 'done' };
  },
};
