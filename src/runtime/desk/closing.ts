// What a person hears when people close their case: the closing text, then a rating and a follow-up where they fit.
// Called by the desk's actions inside the transaction that closes the case, once the conversation's owner has changed.
import type { CaseRecord, Conversation } from '../../store/records.ts';
import { currentEpisode } from '../../store/request-log.ts';
import type { Tx } from '../../store/store.ts';
import type { AfterCommit, Services } from '../services.ts';
import { askOrKeep } from './prompts.ts';

/** The case that was closed, and in how many days to ask how it went; null for not at all. */
export interface Closing {
  record: CaseRecord;
  followUpDays: number | null;
}

/**
 * Says the closing text and asks what is to be asked. Says nothing to a person who has stopped the line.
 * @param conversation as it stands after the change of owner
 */
export async function startClosing(
  tx: Tx,
  conversation: Conversation,
  { record, followUpDays }: Closing,
  services: Services,
  after: AfterCommit,
): Promise<void> {
  const lines = [{ text: { key: 'system:goodbye' } }];
  const episode = await currentEpisode(tx, conversation.id);
  const mayAsk = !record.private && !conversation.private && record.priority !== 'emergency' && episode?.outcome !== 'emergency';
  const prompt = mayAsk ? { name: 'rating' as const, about: record.id, followUpDays } : null;
  await askOrKeep(tx, conversation.id, { lines, prompt }, services, after);
}
