// A case changes hands: every step that staff, turns and timers share, inside their transaction, under the conversation's lock.
// Each step moves owner and epoch, the case, its assignment, its record of events and the deadlines that follow, together.
import { nextOwner, type OwnershipEvent } from '../../desk/ownership.ts';
import { addCaseEvent, type CaseEventKind } from '../../store/case-events.ts';
import { beginAssignment, endAssignments } from '../../store/assignments.ts';
import { claimCase, updateCase } from '../../store/cases.ts';
import { changeOwner } from '../../store/conversations.ts';
import type { CaseRecord, Conversation } from '../../store/records.ts';
import { currentEpisode, saveEpisode } from '../../store/request-log.ts';
import type { Tx } from '../../store/store.ts';
import { hidePrivateTalk } from '../case-steps.ts';
import type { AfterCommit, Services } from '../services.ts';
import { deskFor, isOnShift, loadRoster, type Roster } from './roster.ts';
import { setDeskTimer } from './timers.ts';

const MINUTE_MS = 60_000;

/** A case and its conversation, both locked. Steps change them as they change the store. */
export interface InHand {
  tx: Tx;
  now: number;
  record: CaseRecord;
  conversation: Conversation;
  services: Services;
  after: AfterCommit;
  /** Messages of the person whose turn runs just now. */
  running?: number;
}

/** Why a step was not taken: a sentence for staff, or that the case has just changed hands. */
export type Refusal = { refused: string } | { moved: true };

/**
 * Changes the owner as the desk's table says. The epoch grows with the owner and with the assignee; what the flow had queued
 * is cancelled.
 * @param to whose the conversation is from now on; nobody's when left out
 * @returns null when it is done
 */
export async function moveOwner(hand: InHand, event: OwnershipEvent, to?: string): Promise<Refusal | null> {
  const { tx, conversation } = hand;
  const change = nextOwner(conversation.owner, event);
  if ('refused' in change) return change;
  if (!change.changed && (to === undefined || conversation.assignee === to)) return null;
  const assignee = to ?? null;
  const epoch = await changeOwner(tx, conversation.id, { fromEpoch: conversation.epoch, owner: change.owner, assignee });
  if (epoch === null) return { moved: true };
  hand.conversation = { ...conversation, owner: change.owner, assignee, epoch };
  return null;
}

/** Gives the case to somebody: it is theirs, and so is the conversation. Null when it is done. */
export async function giveTo(
  hand: InHand,
  staffId: string,
  how: { owner: OwnershipEvent; event: CaseEventKind; by: string | null },
): Promise<Refusal | null> {
  const { tx, now, record, conversation, services } = hand;
  const had = record.status === 'claimed' ? record.assignee : null;
  const change = nextOwner(conversation.owner, how.owner);
  if ('refused' in change) return change;
  if (conversation.owner === 'flow') await hidePrivateTalk(tx, record, conversation, services, hand.running ?? 0);
  if (record.status === 'waiting' && !(await claimCase(tx, record.id, staffId, now))) return { moved: true };
  const { epoch } = conversation;
  const moved = await moveOwner(hand, how.owner, staffId);
  if (moved) return moved;
  if (had === staffId) {
    // The line had been stopped and begun again: deadlines of before count no more.
    if (hand.conversation.epoch !== epoch) await setDeadlines(hand, staffId);
    return null;
  }
  if (record.status === 'waiting' && record.claimedAt === null) await noteWait(hand);
  await updateCase(tx, record.id, { assignee: staffId, offeredTo: null });
  await endAssignments(tx, record.id, 'assignee', now);
  await beginAssignment(tx, { caseId: record.id, contactId: record.contactId, staffId, role: 'assignee', at: now });
  await addCaseEvent(tx, { caseId: record.id, kind: how.event, staffId: how.by, toRef: staffId, at: now });
  hand.record = { ...record, status: 'claimed', assignee: staffId, offeredTo: null, claimedAt: record.claimedAt ?? now };
  await setDeadlines(hand, staffId);
  return null;
}

/** How long the person waited stands in the request log. */
async function noteWait({ tx, now, record, conversation }: InHand): Promise<void> {
  const episode = await currentEpisode(tx, conversation.id);
  if (episode) await saveEpisode(tx, { ...episode, secondsToPerson: Math.max(0, Math.round((now - record.openedAt) / 1000)) });
}

/** What follows once somebody has a case: they answer in time, and leave it to others when they go. */
async function setDeadlines({ tx, now, record, conversation, services }: InHand, staffId: string): Promise<void> {
  const roster = await loadRoster(tx, services);
  if (record.waitingSince !== null) await setDeskTimer(tx, conversation, 'no_reply', now + minutesOf(roster, record) * MINUTE_MS);
  const member = roster.staff.find(({ id }) => id === staffId);
  const { until } = member ? isOnShift(roster, member, now) : { until: null };
  if (until !== null) await setDeskTimer(tx, conversation, 'shift_end', until);
}

/**
 * Puts the case into the line: nobody has it, and it is escalated if nobody takes it in time. Null when it is done.
 * @param how `escalation`: how far it was passed on already; not at all when left out
 */
export async function putInLine(
  hand: InHand,
  how: { owner: OwnershipEvent; event: CaseEventKind; by: string | null; toRef?: string; escalation?: number },
): Promise<Refusal | null> {
  const { tx, now, record } = hand;
  const moved = await moveOwner(hand, how.owner);
  if (moved) return moved;
  // Where the flow still answers, the case is a ticket until the desk opens or the person waits again.
  const inLine = hand.conversation.owner === 'queue';
  const change = {
    status: 'waiting' as const,
    assignee: null,
    offeredTo: null,
    waitingSince: record.waitingSince ?? now,
    queuedAt: inLine ? now : record.queuedAt,
    escalation: how.escalation ?? 0,
  };
  await updateCase(tx, record.id, change);
  await endAssignments(tx, record.id, 'assignee', now);
  await addCaseEvent(tx, { caseId: record.id, kind: how.event, staffId: how.by, toRef: how.toRef ?? null, at: now });
  hand.record = { ...record, ...change };
  hand.after.cases = true;
  if (inLine) await setEscalation(hand);
  return null;
}

/** The conversation has just come into the line: the case takes its place there, or the one that it had. */
export async function joinLine(hand: InHand): Promise<void> {
  const { tx, now, record } = hand;
  const change = { queuedAt: record.queuedAt ?? now, waitingSince: record.waitingSince ?? now, escalation: 0 };
  await updateCase(tx, record.id, change);
  await addCaseEvent(tx, { caseId: record.id, kind: 'queued', at: now });
  hand.record = { ...record, ...change };
  hand.after.cases = true;
  await setEscalation(hand);
}

/** Has the case passed on if nobody takes it in the time that its desk promises. */
export async function setEscalation({ tx, now, record, conversation, services }: InHand): Promise<void> {
  const roster = await loadRoster(tx, services);
  await setDeskTimer(tx, conversation, 'escalate', now + minutesOf(roster, record) * MINUTE_MS);
}

/** The person waits for an answer of whoever has the case, from now on if they did not already. */
export async function awaitAnswer(hand: InHand): Promise<void> {
  const { tx, now, record, conversation, services } = hand;
  if (record.waitingSince !== null) return;
  await updateCase(tx, record.id, { waitingSince: now });
  hand.record = { ...record, waitingSince: now };
  if (conversation.owner !== 'staff') return;
  const roster = await loadRoster(tx, services);
  await setDeskTimer(tx, conversation, 'no_reply', now + minutesOf(roster, record) * MINUTE_MS);
}

/** Minutes within which the desk of a case answers. */
export function minutesOf(roster: Roster, record: CaseRecord): number {
  return deskFor(roster, record).minutesToAnswer;
}
