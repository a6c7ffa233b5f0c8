// Actions of staff by which a case changes hands: claim, release, transfer. Called by actions.ts with everything locked.
import { mayHandOver } from '../../desk/access.ts';
import { mayTakeAtTheirs } from '../../desk/routing.ts';
import { addCaseNote } from '../../store/case-notes.ts';
import { updateCase } from '../../store/cases.ts';
import { listDesks } from '../../store/desks.ts';
import { loadStaff } from '../../store/staff.ts';
import { newId } from '../../util/ids.ts';
import { asOutcome, invalid, isOthers, REFUSED, taken, type Act } from './act.ts';
import type { DeskOutcome } from './desk.ts';
import { giveTo, putInLine } from './hands.ts';
import { organisationOf } from './roster.ts';
import { sayOnce } from './say.ts';

const TO_PARTNER = invalid(
  'This would give a partner everything that the person has written, without their consent. Write a referral instead: it asks the person what may be shared.',
);

/** Takes a case. One that a colleague has is theirs. */
export async function claim(act: Act): Promise<DeskOutcome> {
  const { record, actor } = act;
  if (record.status === 'closed') return REFUSED.closed;
  if (record.status === 'claimed' && record.assignee !== actor.id) return taken(act);
  return takeOver(act, 'claim');
}

/** Makes the case and the conversation the actor's. */
export async function takeOver(act: Act, by: 'claim' | 'staff_message'): Promise<DeskOutcome> {
  return asOutcome(await giveTo(act, act.actor.id, { owner: { type: by }, event: 'claimed', by: act.actor.id }));
}

/** Puts a case back into the line. */
export async function release(act: Act): Promise<DeskOutcome> {
  const { record, actor } = act;
  if (record.status === 'closed') return REFUSED.closed;
  if (isOthers(act)) return taken(act);
  if (record.status === 'waiting') return { ok: true };
  const refusal = await putInLine(act, { owner: { type: 'release' }, event: 'released', by: actor.id });
  if (!refusal) await tellPassedOn(act);
  return asOutcome(refusal);
}

/** Gives a case to a colleague, whose it is at once, or to a desk, in whose line it waits. */
export async function transfer(act: Act, to: { staffId: string } | { deskId: string }, note: string | undefined): Promise<DeskOutcome> {
  const { tx, record, actor } = act;
  if (record.status === 'closed') return REFUSED.closed;
  if (isOthers(act)) return taken(act);
  const outcome = 'staffId' in to ? await toColleague(act, to.staffId) : await toDesk(act, to.deskId);
  if (outcome.ok && note !== undefined && note.trim() !== '') {
    const mentions = 'staffId' in to ? [to.staffId] : [];
    await addCaseNote(tx, { id: newId(), caseId: record.id, staffId: actor.id, mentions, text: note, createdAt: act.now });
  }
  return outcome;
}

async function toColleague(act: Act, staffId: string): Promise<DeskOutcome> {
  const { tx, record, actor } = act;
  const member = await loadStaff(tx, staffId);
  const desks = await listDesks(tx);
  if (member && !mayHandOver(organisationOf(desks, record.deskId), member.organisationId)) return TO_PARTNER;
  if (!member || !mayTakeAtTheirs(member, record.private))
    return invalid('This colleague cannot take the case: their account is off, or their role does not allow it.');
  const [theirs = null] = member.deskIds;
  const deskId = record.deskId === null || theirs === null || member.deskIds.includes(record.deskId) ? record.deskId : theirs;
  // From here on the promise of the desk that it goes to counts.
  act.record = { ...record, deskId };
  const refusal = await giveTo(act, staffId, { owner: { type: 'transfer', to: 'staff' }, event: 'transferred', by: actor.id });
  if (!refusal && deskId !== record.deskId) await updateCase(tx, record.id, { deskId });
  return asOutcome(refusal);
}

async function toDesk(act: Act, deskId: string): Promise<DeskOutcome> {
  const { tx, record, actor } = act;
  const desks = await listDesks(tx);
  if (!desks.some(({ id }) => id === deskId)) return invalid('There is no such desk.');
  if (!mayHandOver(organisationOf(desks, record.deskId), organisationOf(desks, deskId))) return TO_PARTNER;
  act.record = { ...record, deskId };
  const refusal = await putInLine(act, { owner: { type: 'transfer', to: 'desk' }, event: 'transferred', by: actor.id, toRef: deskId });
  if (refusal) return asOutcome(refusal);
  await updateCase(tx, record.id, { deskId });
  if (record.status === 'claimed') await tellPassedOn(act);
  return { ok: true };
}

/** Whoever waits for an answer hears that somebody else will give it. */
async function tellPassedOn(act: Act): Promise<void> {
  if (act.conversation.owner === 'queue') await sayOnce(act, 'system:colleague_takes_over');
}
