// Actions of staff that write: a reply to the person, which takes the case over, and private notes, which never reach them.
// Called by actions.ts with everything locked. How a reply can go out is reach.ts's to say, and write.ts's to carry out.
import { joinAsInterpreter } from '../../store/assignments.ts';
import { addCaseNote } from '../../store/case-notes.ts';
import { updateCase } from '../../store/cases.ts';
import { noteDeskChange } from '../../store/desk-changes.ts';
import { settleKeptReply } from '../../store/kept-replies.ts';
import { hasMessage } from '../../store/messages.ts';
import { listStaff } from '../../store/staff.ts';
import { addStaffMessage, loadStaffMessage, type StaffMessage } from '../../store/staff-messages.ts';
import { invalid, isOthers, REFUSED, taken, type Act } from './act.ts';
import type { DeskOutcome, Reply } from './desk.ts';
import { planReply } from './reach.ts';
import { takeOver } from './take.ts';
import { carryOutReply } from './write.ts';

/** Writes to the person. The same id again sends nothing twice. */
export async function reply(act: Act, words: Reply): Promise<DeskOutcome> {
  const { tx, record, actor, services, now, after } = act;
  const known = await loadStaffMessage(tx, words.id);
  if (known) return known.caseId === record.id ? asKnown(known, words) : invalid('This id was used for another message.');
  if (await hasMessage(tx, words.id)) return { ok: true };
  if (record.status === 'closed') return REFUSED.closed;
  const plan = await planReply(tx, act.conversation, words, actor.alias, services, now);
  if (plan.kind === 'refused') return plan.outcome;
  const ready = act.asInterpreter ? await joinIn(act) : isOthers(act) ? await taken(act) : await takeOver(act, 'staff_message');
  if (!ready.ok) return ready;
  const { conversation } = act;
  const planned = { id: words.id, caseId: record.id, staffId: actor.id, conversation, plan };
  await carryOutReply(tx, planned, services, after);
  if (plan.kind !== 'keep') await addStaffMessage(tx, { messageId: words.id, ...planned, how: words.how, createdAt: now });
  // The person waits no longer: they have an answer, or the next word is theirs.
  await updateCase(tx, record.id, { waitingSince: null });
  return { ok: true };
}

/** What became of a message that is known already. */
function asKnown({ state }: StaffMessage, { how }: Reply): DeskOutcome {
  if (state === 'cancelled') return REFUSED.cancelled;
  return state === 'kept' && how !== 'when_they_write' ? REFUSED.kept : { ok: true };
}

/** Interpreters speak while a colleague has the conversation; they never have it themselves. */
async function joinIn({ tx, record, conversation, actor, now }: Act): Promise<DeskOutcome> {
  if (conversation.owner !== 'staff') return invalid('Nobody of the desk has this conversation just now. Wait until a colleague takes it.');
  await joinAsInterpreter(tx, record.id, actor.id, now);
  return { ok: true };
}

/** Takes back a reply that is kept until the person writes. */
export async function cancelReply({ tx, record, actor }: Act, replyId: string): Promise<DeskOutcome> {
  const kept = await loadStaffMessage(tx, replyId);
  if (kept?.caseId !== record.id) return invalid('There is no such reply in this case.');
  if (kept.staffId !== actor.id && record.assignee !== actor.id && !actor.permissions.has('case.assign'))
    return invalid('Only whoever wrote it or has the case can take it back.');
  if (kept.state === 'cancelled') return { ok: true };
  if (!(await settleKeptReply(tx, replyId, 'cancelled'))) return invalid('It has been sent already.');
  await noteDeskChange(tx, 'case', record.id);
  return { ok: true };
}

/** Writes a private note. The same id again changes nothing. */
export async function note(
  { tx, record, actor, asInterpreter, now }: Act,
  { id, text, mentions }: { id: string; text: string; mentions: readonly string[] },
): Promise<DeskOutcome> {
  const colleagues = mentions.length === 0 ? [] : await listStaff(tx, { active: true });
  const meant = mentions.filter((mention) => colleagues.some((colleague) => colleague.id === mention));
  await addCaseNote(tx, { id, caseId: record.id, staffId: actor.id, mentions: meant, text, createdAt: now });
  if (asInterpreter) await joinAsInterpreter(tx, record.id, actor.id, now);
  return { ok: true };
}
