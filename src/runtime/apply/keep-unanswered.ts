// Marks a question that found no answer, so that editors see what people ask. Called by apply.ts.
// Never in the private lane, never where the person said "do not keep", never in a complaint: those words are nobody's to read again.
import { markUnanswered } from '../../store/unanswered.ts';
import type { Outcome } from './outcome.ts';

export async function keepUnanswered({ tx, cause, conversation, session }: Outcome): Promise<void> {
  if (session.facts.private || conversation.private || conversation.keeping !== 'standard') return;
  if (cause.kind === 'inbound' && cause.message.storedId !== undefined) await markUnanswered(tx, cause.message.storedId);
}
