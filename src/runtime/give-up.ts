// A message whose turn failed again and again: people get a case, and the person is told that people will look.
import { deskOpening } from '../desk/opening.ts';
import { nextOwner } from '../desk/ownership.ts';
import type { Line } from '../domain/text.ts';
import { findOpenCase, openCase } from '../store/cases.ts';
import { lastAnswered } from '../store/cases-to-tell.ts';
import { changeOwner, lockConversation } from '../store/conversations.ts';
import type { Conversation, InboxItem } from '../store/records.ts';
import { deleteSession } from '../store/sessions.ts';
import type { Tx } from '../store/store.ts';
import { newId } from '../util/ids.ts';
import { queueLines } from './queue-lines.ts';
import type { AfterCommit, Services } from './services.ts';

/** Opens a case for the failure, calls people if they are there, and says so. Called while the message still stands in the inbox. */
export async function giveUpOn(tx: Tx, item: InboxItem, services: Services, after: AfterCommit): Promise<void> {
  const conversation = await lockConversation(tx, item.conversationId);
  if (!conversation || conversation.owner === 'stopped') return;
  await openCaseFor(tx, conversation, 'fault', services, after);
  // Perhaps it is the session that no turn can go on from: the person begins anew.
  await deleteSession(tx, conversation.id);
  // Where people own the conversation they have read the message, or will.
  if (conversation.owner === 'queue' || conversation.owner === 'staff') return;
  const { asked, line } = await callPeople(tx, conversation, services);
  await queueLines(tx, asked, [line], { kind: 'system', release: services.releases.current() }, services, after);
}

/** Opens an urgent case, unless one is open, for a message that only people can deal with. It must still stand in the inbox. */
export async function openCaseFor(
  tx: Tx,
  conversation: Conversation,
  reason: 'fault' | 'late',
  services: Services,
  after: AfterCommit,
): Promise<void> {
  if (conversation.owner === 'stopped') return;
  after.cases = true;
  if (await findOpenCase(tx, conversation.id)) return;
  await openCase(tx, {
    id: newId(),
    conversationId: conversation.id,
    contactId: conversation.contactId,
    status: 'waiting',
    topic: null,
    language: conversation.language,
    priority: 'urgent',
    reason,
    private: conversation.private,
    assignee: null,
    callback: false,
    summary: null,
    openedAt: services.clock(),
    claimedAt: null,
    closedAt: null,
    threadRef: null,
    // The message that nobody answered is what staff must read.
    relayedSequence: await lastAnswered(tx, conversation.id, 0),
  });
}

/** Moves the conversation to the queue if anybody is there, and says what is true then. */
async function callPeople(tx: Tx, conversation: Conversation, services: Services): Promise<{ asked: Conversation; line: Line }> {
  const { desk, timezone } = services.releases.current().settings;
  const staffed = conversation.private ? services.surface?.answersPrivate === true : services.staffed;
  const { open } = deskOpening(desk, timezone, services.clock());
  const change = nextOwner(conversation.owner, { type: 'handoff', open, staffed });
  if ('owner' in change && change.owner === 'queue') {
    const epoch = await changeOwner(tx, conversation.id, { fromEpoch: conversation.epoch, owner: 'queue', assignee: null });
    if (epoch !== null) {
      const line = { text: { key: 'system:handoff_open', params: { minutes: desk.minutes_to_answer } } };
      return { asked: { ...conversation, owner: 'queue', epoch }, line };
    }
  }
  return { asked: conversation, line: { text: { key: staffed ? 'system:fault' : 'system:handoff_unstaffed' } } };
}
