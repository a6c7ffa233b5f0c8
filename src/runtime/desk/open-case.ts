// Opens a case: which desk it comes to, how soon it is due, what its person speaks. Called by apply/ and give-up.ts.
// It waits as a ticket; whether it joins the line at once is decided where people are called.
import { dueAt } from '../../desk/priority.ts';
import type { Priority } from '../../domain/conversation.ts';
import type { Gender } from '../../domain/staff.ts';
import { foreignLanguage } from '../../language/foreign-language.ts';
import { addCaseEvent } from '../../store/case-events.ts';
import { lastAnswered } from '../../store/cases-to-tell.ts';
import { loadCase, openCase } from '../../store/cases.ts';
import { lastSequence, listMessages } from '../../store/messages.ts';
import type { CaseRecord, Conversation } from '../../store/records.ts';
import type { Tx } from '../../store/store.ts';
import { newId } from '../../util/ids.ts';
import type { Services } from '../services.ts';
import { deskFor, deskIdOf, type Roster } from './roster.ts';

/** Messages that are looked at for what the person speaks. */
const LAST_MESSAGES = 30;

/** What is known when somebody is wanted. */
export interface Wish {
  topic: string | null;
  language: string | null;
  locality: string | null;
  genderWanted: Gender | null;
  priority: Priority;
  reason: string;
  private: boolean;
  callback: boolean;
  summary: string | null;
  /** Messages whose turn runs just now. */
  running: number;
}

/** Opens a case for a conversation that has none open. */
export async function openCaseOf(
  tx: Tx,
  conversation: Conversation,
  wish: Wish,
  roster: Roster,
  { clock, releases }: Services,
): Promise<CaseRecord> {
  const now = clock();
  const { running, ...known } = wish;
  const id = newId();
  await openCase(tx, {
    ...known,
    id,
    conversationId: conversation.id,
    contactId: conversation.contactId,
    status: 'waiting',
    assignee: null,
    openedAt: now,
    claimedAt: null,
    closedAt: null,
    threadRef: null,
    // What the person has written since waits for its turn, and is for staff.
    relayedSequence: await lastAnswered(tx, conversation.id, running),
    deskId: deskIdOf(deskFor(roster, { ...known, deskId: null })),
    waitingSince: now,
    dueAt: dueAt(wish.priority, now),
    spoken: await spokenBy(
      tx,
      conversation,
      releases.current().offeredLanguages.map(({ tag }) => tag),
    ),
  });
  await addCaseEvent(tx, { caseId: id, kind: 'opened', at: now });
  return (await loadCase(tx, id)) as CaseRecord;
}

/** What the person writes in, where the hotline does not have it. */
async function spokenBy(tx: Tx, { id }: Conversation, offered: readonly string[]): Promise<string | null> {
  const messages = await listMessages(tx, id, (await lastSequence(tx, id)) - LAST_MESSAGES);
  return foreignLanguage(
    messages.filter(({ from }) => from === 'person').map(({ text }) => text),
    offered,
  );
}
