// Changing what stands at the head of a case: priority, topic, the time agreed for a call-back; and who interprets in it.
// Called by actions.ts with everything locked.
import { dueAt } from '../../desk/priority.ts';
import { permits } from '../../domain/role.ts';
import { beginAssignment, endAssignments, interpretersOf } from '../../store/assignments.ts';
import { addCaseEvent } from '../../store/case-events.ts';
import { updateCase } from '../../store/cases.ts';
import { loadStaff } from '../../store/staff.ts';
import { invalid, isOthers, REFUSED, taken, type Act } from './act.ts';
import type { DeskActions, DeskOutcome } from './desk.ts';
import { setDeskTimer } from './timers.ts';

type Change = Parameters<DeskActions['change']>[2];

/** Changes a case. A time in the past is no time to call back. */
export async function change(act: Act, { priority, topic, callbackAt }: Change): Promise<DeskOutcome> {
  const { tx, record, conversation, actor, services, now } = act;
  if (record.status === 'closed') return REFUSED.closed;
  if (isOthers(act)) return taken(act);
  if (callbackAt != null && callbackAt <= now) return invalid('The time to write to the person must lie ahead.');
  if (priority !== undefined && priority !== record.priority) {
    await updateCase(tx, record.id, { priority, dueAt: dueAt(priority, record.openedAt) });
    await addCaseEvent(tx, { caseId: record.id, kind: 'priority_changed', staffId: actor.id, toRef: priority, at: now });
  }
  if (topic !== undefined && topic !== record.topic) {
    // Whoever has the case goes on reading it; one that waits is for those who are trained for it from now on.
    const isPrivate = record.private || (record.status === 'waiting' && services.releases.current().topicIsPrivate(topic));
    await updateCase(tx, record.id, { topic, private: isPrivate });
    await addCaseEvent(tx, { caseId: record.id, kind: 'topic_changed', staffId: actor.id, at: now });
  }
  if (callbackAt !== undefined && callbackAt !== record.callbackAt) {
    await updateCase(tx, record.id, { callbackAt });
    await addCaseEvent(tx, { caseId: record.id, kind: 'callback_set', staffId: actor.id, at: now });
    if (callbackAt !== null) await setDeskTimer(tx, conversation, 'callback', callbackAt);
  }
  return { ok: true };
}

/** Asks an interpreter into this one conversation. */
export async function inviteInterpreter(act: Act, staffId: string): Promise<DeskOutcome> {
  const { tx, record, actor, now } = act;
  if (record.status === 'closed') return REFUSED.closed;
  if (isOthers(act)) return taken(act);
  const member = await loadStaff(tx, staffId);
  if (!member?.active || !permits(member.roles, 'case.interpret'))
    return invalid('This colleague is no interpreter, or their account is off.');
  if ((await interpretersOf(tx, record.id)).some((interpreter) => interpreter.staffId === staffId)) return { ok: true };
  await beginAssignment(tx, { caseId: record.id, contactId: record.contactId, staffId, role: 'interpreter', at: now });
  await addCaseEvent(tx, { caseId: record.id, kind: 'interpreter_invited', staffId: actor.id, toRef: staffId, at: now });
  return { ok: true };
}

/** Ends the invitation: the interpreter sees nothing of the case any more. */
export async function dismissInterpreter(act: Act): Promise<DeskOutcome> {
  const { tx, record, actor, now } = act;
  if (isOthers(act)) return taken(act);
  for (const staffId of await endAssignments(tx, record.id, 'interpreter', now))
    await addCaseEvent(tx, { caseId: record.id, kind: 'interpreter_dismissed', staffId: actor.id, toRef: staffId, at: now });
  return { ok: true };
}
