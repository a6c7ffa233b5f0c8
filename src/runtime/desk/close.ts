// Closing a case: people are done, the person hears so, and for some hours what they write comes back to people.
// Called by actions.ts with everything locked. What is said and asked at the end is closing.ts's business.
import { REOPEN_HOURS } from '../../desk/ownership.ts';
import type { Actor } from '../../domain/staff.ts';
import { endAssignments } from '../../store/assignments.ts';
import { addCaseEvent } from '../../store/case-events.ts';
import { closeCase, updateCase } from '../../store/cases.ts';
import type { CaseRecord } from '../../store/records.ts';
import type { Tx } from '../../store/store.ts';
import { listKeptReplies, settleKeptReply } from '../../store/kept-replies.ts';
import { endCase } from '../case-steps.ts';
import type { Services } from '../services.ts';
import { isOthers, taken, type Act } from './act.ts';
import { startClosing } from './closing.ts';
import type { DeskOutcome } from './desk.ts';
import { moveOwner } from './hands.ts';
import { setDeskTimer } from './timers.ts';

const HOUR_MS = 3_600_000;

/** Closes a case; one that is closed stays so. */
export async function close(act: Act, { outcome, followUpDays }: { outcome: string; followUpDays?: number }): Promise<DeskOutcome> {
  const { tx, record, actor, services, now, after } = act;
  if (record.status === 'closed') return { ok: true };
  if (isOthers(act)) return taken(act);
  if (!(await endCase(tx, record, services))) return { ok: true };
  const end = { outcome, closedBy: actor.id, assignee: record.assignee ?? actor.id, waitingSince: null, offeredTo: null, callbackAt: null };
  await updateCase(tx, record.id, end);
  await endAssignments(tx, record.id, 'assignee', now);
  await endAssignments(tx, record.id, 'interpreter', now);
  for (const { id } of await listKeptReplies(tx, record.conversationId)) await settleKeptReply(tx, id, 'cancelled');
  await addCaseEvent(tx, { caseId: record.id, kind: 'closed', staffId: actor.id, at: now });
  services.log.info({ case: record.id, by: actor.id }, 'A case was closed.');
  if (await moveOwner(act, { type: 'close' })) return { ok: true };
  const { conversation } = act;
  await setDeskTimer(tx, conversation, 'reopen_ended', now + REOPEN_HOURS * HOUR_MS);
  const closed = { ...record, ...end, status: 'closed' as const, closedAt: now };
  await startClosing(tx, conversation, { record: closed, followUpDays: followUpDays ?? null }, services, after);
  return { ok: true };
}

/** Of a person who was erased only codes are left: whoever may see them can take them out of the line. */
export async function closeErased(tx: Tx, record: CaseRecord, actor: Actor, { clock }: Services): Promise<DeskOutcome> {
  if (!(await closeCase(tx, record.id, clock()))) return { ok: true };
  await updateCase(tx, record.id, { outcome: 'other', closedBy: actor.id, waitingSince: null, offeredTo: null, callbackAt: null });
  return { ok: true };
}
