// "Did this help?" after an answer to a free question.
import { handOver } from '../handoff.ts';
import { emit, say } from '../turn.ts';
import type { Turn } from '../program.ts';
import { openDialogue } from '../waits.ts';
import type { Dialogue } from './dialogue.ts';
import { offerPerson } from './offer.ts';

const CHOICES = ['yes', 'no', 'person'].map((id) => ({ id, label: { key: `system:helped.${id}` } }));

/** Asks whether the answer helped. */
export function askHelped(turn: Turn): void {
  say(turn, 'system:helped', CHOICES);
  openDialogue(turn, 'helped', 'confirm');
}

/** The reply: yes is noted, no offers a person. */
export const helped: Dialogue = {
  name: 'helped',
  anyOwner: false,
  expectation: () => ({ kind: 'choice', choices: CHOICES }),
  reply(turn, value) {
    if (value === 'yes') {
      emit(turn, { type: 'log', fields: { helpful: true, outcome: 'answered' } });
      say(turn, 'system:goodbye');
      say(turn, 'system:menu_hint');
      return { go: 'done' };
    }
    if (value !== 'no' && value !== 'person') return null;
    emit(turn, { type: 'log', fields: { helpful: false } });
    if (value === 'person') return handOver(turn, { priority: 'normal', reason: 'asked', afterwards: { go: 'repeat' } });
    offerPerson(turn, { reason: 'asked' });
    return { go: 'wait' };
  },
};
