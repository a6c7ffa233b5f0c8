// Offers a person with yes and no: after two misunderstandings, a gap, a fault, a picture, HELP, in the private lane.
import type { Priority } from '../../domain/conversation.ts';
import { handOver, type HandoffReason } from '../handoff.ts';
import { say } from '../turn.ts';
import type { Turn } from '../program.ts';
import { openDialogue } from '../waits.ts';
import { readYesNo, YES_NO, type Dialogue } from './dialogue.ts';

/** Offers a person. On no, what waited before is asked again. */
export function offerPerson(turn: Turn, offer: { reason: HandoffReason; priority?: Priority; text?: string }): void {
  say(turn, offer.text ?? 'system:offer_person', YES_NO);
  openDialogue(turn, 'offer', 'offer', { reason: offer.reason, priority: offer.priority ?? 'normal' });
}

/** Offers a person in the private lane; on no, what waited is asked again, or the way out is said. */
export function offerPrivately(turn: Turn): void {
  offerPerson(turn, { reason: 'private', priority: 'urgent', text: 'system:private_offer' });
}

/** The reply to an offer. */
export const offer: Dialogue = {
  name: 'offer',
  anyOwner: false,
  expectation: () => ({ kind: 'choice', choices: YES_NO }),
  reply(turn, value, data) {
    const yes = readYesNo(value);
    if (yes === null) return null;
    const reason = data['reason'] as HandoffReason;
    if (yes) return handOver(turn, { priority: data['priority'] as Priority, reason, afterwards: { go: 'repeat' } });
    if (reason !== 'private' || turn.session.wait !== null) return { go: 'repeat' };
    say(turn, 'system:private_exit');
    return { go: 'done' };
  },
};
