// What the program itself says while people own a conversation, or when their hands change: a system line, nothing else.
import type { TextRef } from '../../domain/text.ts';
import { queueLines } from '../queue-lines.ts';
import type { InHand } from './hands.ts';

/** Says one text of the program under the conversation's present epoch. Nothing to somebody who has stopped the line. */
export async function sayOnce({ tx, conversation, services, after }: InHand, text: string | TextRef): Promise<void> {
  if (conversation.owner === 'stopped') return;
  const line = { text: typeof text === 'string' ? { key: text } : text };
  await queueLines(tx, conversation, [line], { kind: 'system', release: services.releases.current() }, services, after);
}
