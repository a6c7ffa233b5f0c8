// How was the help? One to three, after people closed a case; then perhaps whether to ask later how it went.
import type { Prompt } from '../../domain/prompt.ts';
import type { Turn } from '../program.ts';
import { emit, say } from '../turn.ts';
import { openDialogue } from '../waits.ts';
import { answerPrompt } from './after-prompt.ts';
import type { Dialogue } from './dialogue.ts';
import { askFollowUpConsent } from './follow-up.ts';

/** In this order the number that is written is the rating. */
const IDS = ['not_helped', 'helped_little', 'helped_much'];
const CHOICES = IDS.map((id) => ({ id, label: { key: `system:rating.${id}` } }));

/** Asks for the rating. */
export function askRating(turn: Turn, { about, followUpDays }: Extract<Prompt, { name: 'rating' }>): void {
  say(turn, 'system:rating', CHOICES, 'system');
  openDialogue(turn, 'rating', 'confirm', { about, followUpDays });
}

/** The rating. */
export const rating: Dialogue = {
  name: 'rating',
  anyOwner: true,
  lasting: true,
  expectation: () => ({ kind: 'choice', choices: CHOICES }),
  reply(turn, value, data) {
    const place = typeof value === 'string' ? IDS.indexOf(value) : -1;
    if (place === -1) return null;
    const about = String(data['about']);
    const answer = { name: 'rating' as const, about, rating: (place + 1) as 1 | 2 | 3 };
    const days = data['followUpDays'];
    if (typeof days !== 'number') return answerPrompt(turn, answer, 'system:thanks');
    emit(turn, { type: 'prompt_answered', answer });
    askFollowUpConsent(turn, about, days);
    return { go: 'wait' };
  },
};
