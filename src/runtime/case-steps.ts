// Steps of a case that both the flow's turns and staff take: it ends, and what was private meanwhile stays hidden.
// Called by apply/ and desk/ inside their transactions.
import { lastAnswered } from '../store/cases-to-tell.ts';
import { closeCase, updateCase } from '../store/cases.ts';
import { endMedia } from '../store/message-media.ts';
import { forgetCopy, rememberCopy } from '../store/provider-copies.ts';
import type { CaseRecord, Conversation } from '../store/records.ts';
import type { Tx } from '../store/store.ts';
import type { Services } from './services.ts';

/**
 * Ends a case. Pictures and voice notes go at once; what stands in its thread goes with the retention of messages.
 * False when it had ended already.
 */
export async function endCase(tx: Tx, record: CaseRecord, { surface, clock }: Services): Promise<boolean> {
  if (!(await closeCase(tx, record.id, clock()))) return false;
  await endMedia(tx, record.conversationId, clock());
  if (surface && record.threadRef !== null) {
    await rememberCopy(tx, { contactId: record.contactId, channel: surface.name, providerRef: record.threadRef, at: clock() });
  }
  return true;
}

/** Opens a case again under the thread that it had. */
export async function takeUpCase(tx: Tx, record: CaseRecord, { surface }: Services): Promise<void> {
  await updateCase(tx, record.id, { status: 'waiting', assignee: null, closedAt: null, closedBy: null, outcome: null });
  if (surface && record.threadRef !== null) await forgetCopy(tx, surface.name, record.threadRef);
}

/**
 * A waiting case passes from the flow to people: what the person said in the private lane since they asked for a person
 * is never told on a surface that must not show it.
 * @param running messages whose turn runs just now.
 */
export async function hidePrivateTalk(
  tx: Tx,
  record: CaseRecord,
  conversation: Conversation,
  services: Services,
  running: number,
): Promise<void> {
  const { privateAt } = conversation;
  if (privateAt === null || privateAt < record.openedAt || services.surface?.answersPrivate) return;
  await updateCase(tx, record.id, { relayedSequence: await lastAnswered(tx, conversation.id, running) });
}
