// The reply to the emergency text: "I am safe" goes back to what was asked; "I need a person" calls one at once.
import { EMERGENCY_CHOICES } from '../emergency.ts';
import { handOver } from '../handoff.ts';
import { emit, say } from '../turn.ts';
import type { Turn } from '../program.ts';
import type { Then } from '../then.ts';
import type { Dialogue } from './dialogue.ts';
import { offerPrivately } from './offer.ts';

/** Waits for "safe" or "person". */
export const emergency: Dialogue = {
  name: 'emergency',
  anyOwner: true,
  expectation: () => ({ kind: 'choice', choices: EMERGENCY_CHOICES }),
  reply(turn, value, data) {
    if (value === 'person') return callPerson(turn);
    return value === 'safe' ? afterwards(turn, data['private'] === true) : null;
  },
};

function callPerson(turn: Turn): Then {
  if (turn.env.owner === 'stopped') emit(turn, { type: 'started' }); // Asking for a person ends the silence.
  return handOver(turn, { priority: 'emergency', reason: 'emergency', afterwards: { go: 'repeat' } });
}

function afterwards(turn: Turn, isPrivate: boolean): Then {
  if (turn.env.owner !== 'flow' && turn.env.owner !== 'closed') return { go: 'done' };
  if (!isPrivate) return { go: 'repeat' };
  offerPrivately(turn);
  say(turn, 'system:private_exit');
  return { go: 'done' };
}
