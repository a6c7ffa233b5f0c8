// What a turn means for the case that is open: the person waits for an answer, opened the menu, or stopped; consoles look again.
// Called by apply.ts once the turn's events were applied.
import { addCaseEvent } from '../../store/case-events.ts';
import { noteDeskChange } from '../../store/desk-changes.ts';
import { lastOutboundAt } from '../../store/messages.ts';
import { awaitAnswer, setEscalation } from '../desk/hands.ts';
import { sayOnce } from '../desk/say.ts';
import { inHand, type Outcome } from './outcome.ts';

/** Keeps the open case in step with what its person has just done. */
export async function meetPeople(outcome: Outcome): Promise<void> {
  const { tx, openCase, events, cause, now, conversation } = outcome;
  if (openCase === null || outcome.erased) return;
  for (const { type } of events) {
    if (type === 'menu_opened') await addCaseEvent(tx, { caseId: openCase.id, kind: 'menu', at: now });
    if (type === 'stopped') await addCaseEvent(tx, { caseId: openCase.id, kind: 'stopped', at: now });
  }
  const keepsPlace = openCase.status === 'waiting' && openCase.queuedAt !== null;
  if (keepsPlace && conversation.owner === 'flow' && events.some(({ type }) => type === 'menu_opened' || type === 'started'))
    await setEscalation(inHand(outcome, openCase));
  if (cause.kind !== 'inbound') return;
  const withPeople = conversation.owner === 'queue' || conversation.owner === 'staff';
  if (withPeople && isForPeople(outcome)) {
    const hand = inHand(outcome, openCase);
    await awaitAnswer(hand);
    if (conversation.owner === 'queue' && (await isUntold(outcome))) await sayOnce(hand, 'system:queue_still');
  }
  await noteDeskChange(tx, 'case', openCase.id);
}

/** The program has not answered it, or has but with the emergency text, or with a word on what was sent besides text. */
function isForPeople({ events, cause }: Outcome): boolean {
  if (cause.kind === 'inbound' && cause.message.media.length > 0) return true;
  return !events.some(({ type }) => type === 'say') || events.some(({ type }) => type === 'emergency');
}

/** The case came into the line by itself, when the desk opened: what the person writes first meets silence unless they are told. */
async function isUntold({ tx, openCase, conversation }: Outcome): Promise<boolean> {
  if (openCase?.queuedAt == null) return false;
  return ((await lastOutboundAt(tx, conversation.id)) ?? 0) < openCase.queuedAt;
}
