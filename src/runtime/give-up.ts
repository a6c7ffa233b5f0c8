// A message whose turn failed again and again: people get a case, and the person is told that people will look.
import type { Line } from '../domain/text.ts';
import { findOpenCase } from '../store/cases.ts';
import { lockConversation } from '../store/conversations.ts';
import type { Conversation, InboxItem } from '../store/records.ts';
import { deleteSession } from '../store/sessions.ts';
import type { Tx } from '../store/store.ts';
import { joinLine, moveOwner, putInLine, type InHand } from './desk/hands.ts';
import { openCaseOf, type Wish } from './desk/open-case.ts';
import { deskFor, loadRoster, openingOf } from './desk/roster.ts';
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
  const { asked, line } = await callPeople(tx, conversation, services, after);
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
  const wish: Wish = {
    topic: null,
    language: conversation.language,
    locality: null,
    genderWanted: null,
    priority: 'urgent',
    reason,
    private: conversation.private,
    callback: false,
    summary: null,
    // The message that nobody answered is what staff must read.
    running: 0,
  };
  await openCaseOf(tx, conversation, wish, await loadRoster(tx, services), services);
}

/** Moves the conversation to the queue if anybody is there, and says what is true then. */
async function callPeople(
  tx: Tx,
  conversation: Conversation,
  services: Services,
  after: AfterCommit,
): Promise<{ asked: Conversation; line: Line }> {
  const unstaffed = { asked: conversation, line: { text: { key: 'system:handoff_unstaffed' } } };
  const record = await findOpenCase(tx, conversation.id);
  if (!record) return unstaffed;
  const now = services.clock();
  const roster = await loadRoster(tx, services);
  const desk = deskFor(roster, record);
  const { open, staffed } = openingOf(roster, desk, conversation.private, now);
  const hand: InHand = { tx, now, record, conversation, services, after };
  const called = { type: 'handoff', open, staffed } as const;
  await moveOwner(hand, called);
  if (hand.conversation.owner === 'queue') {
    // Somebody had it until the person stopped the line: now it is whoever's comes first.
    if (record.status === 'claimed') await putInLine(hand, { owner: called, event: 'queued', by: null });
    else await joinLine(hand);
    const line = { text: { key: 'system:handoff_open', params: { minutes: desk.minutesToAnswer } } };
    return { asked: hand.conversation, line };
  }
  return staffed ? { asked: conversation, line: { text: { key: 'system:fault' } } } : unstaffed;
}
