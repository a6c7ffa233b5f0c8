// A message whose turn failed again and again: people get a case, and the person is told that a person will look.
import { findOpenCase, openCase } from '../store/cases.ts';
import { lockConversation } from '../store/conversations.ts';
import { lastSequence } from '../store/messages.ts';
import type { InboxItem } from '../store/records.ts';
import type { Tx } from '../store/store.ts';
import { newId } from '../util/ids.ts';
import { queueLines } from './queue-lines.ts';
import type { AfterCommit, Services } from './services.ts';

/** Opens a case for the failure and queues the safe line. */
export async function giveUpOn(tx: Tx, item: InboxItem, services: Services, after: AfterCommit): Promise<void> {
  const conversation = await lockConversation(tx, item.conversationId);
  if (!conversation || conversation.owner === 'stopped') return;
  const now = services.clock();
  if (!(await findOpenCase(tx, conversation.id))) {
    await openCase(tx, {
      id: newId(),
      conversationId: conversation.id,
      contactId: conversation.contactId,
      status: 'waiting',
      topic: null,
      language: conversation.language,
      priority: 'urgent',
      reason: 'fault',
      private: conversation.private,
      assignee: null,
      callback: false,
      summary: null,
      openedAt: now,
      claimedAt: null,
      closedAt: null,
      threadRef: null,
      relayedSequence: await lastSequence(tx, conversation.id),
    });
  }
  await queueLines(tx, conversation, [{ text: { key: 'system:fault' } }], { kind: 'system', release: services.releases.current() }, services, after);
  after.cases = true;
}
