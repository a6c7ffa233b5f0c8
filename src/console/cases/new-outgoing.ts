// Gives what somebody has written the id that it keeps for ever: by it the server knows a message that is sent again.
// Called by the composer and where something is sent once more.
import type { Outgoing } from './outbox.ts';

type New = Omit<Outgoing, 'state' | 'fault'>;

/** A message to the person. */
export function newReply(caseId: string, text: string, how: Outgoing['how'], template: string | null = null): New {
  return { id: crypto.randomUUID(), caseId, kind: 'reply', text, how, template, mentions: [], at: Date.now() };
}

/** A note, which never reaches the person. */
export function newNote(caseId: string, text: string, mentions: readonly string[]): New {
  return { id: crypto.randomUUID(), caseId, kind: 'note', text, how: 'now', template: null, mentions, at: Date.now() };
}
