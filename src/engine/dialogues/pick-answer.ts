// "Is it about …?" after a free question: up to three titles, or none of these.
import type { Answer } from '../../domain/content.ts';
import { pickedEntry, sayNoAnswer, titleChoices } from '../answers.ts';
import { answerFreely } from '../free-answer.ts';
import { say } from '../turn.ts';
import type { Turn } from '../program.ts';
import { openDialogue } from '../waits.ts';
import type { Dialogue } from './dialogue.ts';
import { offerPerson } from './offer.ts';

/** Asks which of the entries is meant. */
export function askWhichAnswer(turn: Turn, entries: Answer[]): void {
  const ids = entries.map(({ id }) => id);
  say(turn, 'system:is_it_about', titleChoices(ids));
  openDialogue(turn, 'pick_answer', 'pick', { entries: ids });
}

/** The pick. */
export const pickAnswer: Dialogue = {
  name: 'pick_answer',
  anyOwner: false,
  expectation: (_turn, data) => ({ kind: 'choice', choices: titleChoices(data['entries']) }),
  reply(turn, value, data) {
    const entry = pickedEntry(turn, value, data['entries']);
    if (entry === undefined) return null;
    if (entry) return answerFreely(turn, entry);
    sayNoAnswer(turn, turn.session.facts.topic);
    offerPerson(turn, { reason: 'asked' });
    return { go: 'wait' };
  },
};
