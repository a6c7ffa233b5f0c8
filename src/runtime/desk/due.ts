// The desk's deadlines as they come due. Called by runtime/timers.ts in the transaction that took the timer out of the store:
// none runs twice, and one whose conversation has changed hands since does nothing.
import { asLocal } from '../../desk/opening.ts';
import { describeOpening } from '../../engine/local-time.ts';
import { addCaseEvent } from '../../store/case-events.ts';
import { latestCase, updateCase } from '../../store/cases.ts';
import { lockConversation } from '../../store/conversations.ts';
import type { Timer } from '../../store/records.ts';
import type { Tx } from '../../store/store.ts';
import type { AfterCommit, Services } from '../services.ts';
import { awaitAnswer, minutesOf, moveOwner, putInLine, setEscalation, type InHand } from './hands.ts';
import { deskFor, isOnShift, loadRoster, openingOf, type Roster } from './roster.ts';
import { sayOnce } from './say.ts';
import { deskTimerOf, setDeskTimer, setUnlessSet, type DeskTimer } from './timers.ts';

const MINUTE_MS = 60_000;
/** The last that is asked: the duty officer. */
const LAST_ESCALATION = 2;

/** Carries out a deadline of the desk. */
export async function runDeskTimer(tx: Tx, timer: Timer, services: Services, after: AfterCommit): Promise<void> {
  const what = deskTimerOf(timer.token);
  const conversation = await lockConversation(tx, timer.conversationId);
  const record = conversation && (await latestCase(tx, conversation.id));
  if (!record || what === null || conversation.owner === 'stopped') return;
  // A time that was agreed with the person holds, whoever owns the conversation by then.
  if (conversation.epoch !== timer.epoch && what !== 'callback') return;
  const hand: InHand = { tx, now: services.clock(), record, conversation, services, after };
  await DUE[what](hand, timer);
  after.cases = true;
}

const DUE: Readonly<Record<DeskTimer, (hand: InHand, timer: Timer) => Promise<void>>> = {
  escalate,
  no_reply: noReply,
  reopen_ended: async (hand) => void (await moveOwner(hand, { type: 'reopen_ended' })),
  callback,
  shift_end: shiftEnd,
};

/** Nobody has taken it: others are asked, and the person is told once. When the desk has shut meanwhile the flow answers again. */
async function escalate(hand: InHand): Promise<void> {
  const { tx, record, conversation, services, now } = hand;
  // After MENU the flow answers, and the place in the line is kept.
  const inLine = conversation.owner === 'queue' || (conversation.owner === 'flow' && record.queuedAt !== null);
  if (record.status !== 'waiting' || !inLine) return;
  const roster = await loadRoster(tx, services);
  const opening = openingOf(roster, deskFor(roster, record), record.private, now);
  if (!opening.open && record.priority !== 'emergency') return shut(hand, roster);
  // Nobody else is left to ask, but the desk may shut before somebody comes.
  if (record.escalation >= LAST_ESCALATION) return setEscalation(hand);
  const escalation = record.escalation + 1;
  await updateCase(tx, record.id, { escalation, offeredTo: null });
  await addCaseEvent(tx, { caseId: record.id, kind: 'escalated', toRef: String(escalation), at: now });
  hand.record = { ...record, escalation, offeredTo: null };
  await setEscalation(hand);
  if (escalation === 1) await sayOnce(hand, 'system:queue_longer');
}

/** The desk is shut, and nobody has answered: the person hears when somebody is back, and the flow goes on answering. */
async function shut(hand: InHand, roster: Roster): Promise<void> {
  const { tx, record, services, now } = hand;
  if (await moveOwner(hand, { type: 'shut' })) return;
  await updateCase(tx, record.id, { queuedAt: null, offeredTo: null });
  await addCaseEvent(tx, { caseId: record.id, kind: 'desk_shut', at: now });
  const desk = deskFor(roster, record);
  const { opensAt } = openingOf(roster, desk, record.private, now);
  const language = hand.conversation.language ?? services.releases.current().settings.default_language;
  if (opensAt === null) await sayOnce(hand, 'system:queue_shut_open');
  else await sayOnce(hand, { key: 'system:queue_shut', params: { hours: describeOpening(asLocal(opensAt, desk), language) } });
}

/** Whoever has it has not answered: others are asked. Measured from the person's oldest message without an answer. */
async function noReply(hand: InHand, timer: Timer): Promise<void> {
  const { tx, record, conversation, services, now } = hand;
  if (record.status !== 'claimed' || record.waitingSince === null) return;
  const roster = await loadRoster(tx, services);
  // An answer has come since, or the desk gives more time than when this was set: it is looked at again when that is over.
  const dueAt = record.waitingSince + minutesOf(roster, record) * MINUTE_MS;
  if (dueAt > timer.dueAt) return setUnlessSet(tx, conversation, 'no_reply', dueAt);
  const escalation = Math.min(record.escalation + 1, LAST_ESCALATION);
  if (await putInLine(hand, { owner: { type: 'no_reply' }, event: 'no_reply', by: null, escalation })) return;
  hand.services.log.info({ case: record.id, after: now - record.waitingSince }, 'A case went back into the line: nobody answered in time.');
  await sayOnce(hand, 'system:colleague_takes_over');
}

/** The time that was agreed to write to the person: staff are reminded; the program does not write in their place. */
async function callback(hand: InHand, timer: Timer): Promise<void> {
  const { tx, record, now } = hand;
  if (record.status === 'closed' || record.callbackAt !== timer.dueAt) return;
  await awaitAnswer(hand);
  await updateCase(tx, record.id, { callback: true });
  await addCaseEvent(tx, { caseId: record.id, kind: 'callback_due', toRef: record.assignee, at: now });
}

/** Whoever has it goes off shift: others take it up. The person hears so if they wait for an answer. */
async function shiftEnd(hand: InHand): Promise<void> {
  const { tx, record, conversation, services, now } = hand;
  if (record.status !== 'claimed') return;
  const roster = await loadRoster(tx, services);
  const member = roster.staff.find(({ id }) => id === record.assignee);
  const shift = member ? isOnShift(roster, member, now) : { on: false, until: null };
  if (!shift.on) return leaveBehind(hand);
  // They stay on by hand, or their hours were changed.
  if (shift.until !== null) await setDeskTimer(tx, conversation, 'shift_end', shift.until);
}

/** What somebody leaves who has gone off shift goes back into the line. */
export async function leaveBehind(hand: InHand): Promise<void> {
  const waited = hand.record.waitingSince !== null;
  if (await putInLine(hand, { owner: { type: 'shift_ended' }, event: 'shift_ended', by: null })) return;
  if (waited && hand.conversation.owner === 'queue') await sayOnce(hand, 'system:colleague_takes_over');
}
