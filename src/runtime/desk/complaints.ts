// What can be done with a complaint by those who may see it. Made by the service, called by http/api/complaints.ts.
// Who may see which is part of the query (store/complaint-desk.ts). Every read and change is audited.
import { AppError } from '../../domain/errors.ts';
import type { Actor } from '../../domain/staff.ts';
import { appendAudit, listAudit } from '../../store/audit.ts';
import { addComplaintNote } from '../../store/complaint-notes.ts';
import { answerComplaint, findOpenTo, takeUpComplaint, type ComplaintRecord } from '../../store/complaint-desk.ts';
import { setComplaintState } from '../../store/complaints.ts';
import { lockConversation } from '../../store/conversations.ts';
import { noteDeskChange } from '../../store/desk-changes.ts';
import { loadStaff, toActor } from '../../store/staff.ts';
import type { Tx } from '../../store/store.ts';
import { nothingYet, type AfterCommit, type Services } from '../services.ts';
import { askOrKeep } from './prompts.ts';

/** All throw AppError: store.not_found, desk.refused, each saying what to do. */
export interface ComplaintActions {
  /** Notes in the audit log that it was read. */
  read(actor: Actor, number: string): Promise<void>;
  take(actor: Actor, number: string): Promise<void>;
  note(actor: Actor, number: string, note: { id: string; text: string }): Promise<void>;
  /** Says what was done; the person gets it where they want contact, and is asked whether they are content. */
  answer(actor: Actor, number: string, answer: { action: string; text: string }): Promise<void>;
  close(actor: Actor, number: string): Promise<void>;
}

interface Act {
  tx: Tx;
  actor: Actor;
  complaint: ComplaintRecord;
  now: number;
  services: Services;
  after: AfterCommit;
}

/** @param afterCommit called after each commit with what is to be done outside the database */
export function createComplaintActions(services: Services, afterCommit: (after: AfterCommit) => void): ComplaintActions {
  async function act(actor: Actor, number: string, action: string, work: (act: Act) => Promise<void>): Promise<void> {
    const after = nothingYet();
    await services.store.transaction(async (tx) => {
      const now = services.clock();
      // Its conversation first, as whoever deletes their data takes them: else each waits for the other.
      const { conversationId = null } = (await findOpenTo(tx, actor, number)) ?? {};
      if (conversationId !== null) await lockConversation(tx, conversationId);
      const complaint = await findOpenTo(tx, actor, number, true);
      if (!complaint) throw new AppError('store.not_found', 'There is no such complaint, or it is not yours to see.');
      await work({ tx, actor, complaint, now, services, after });
      if (action !== 'read') await noteDeskChange(tx, 'complaints', null);
      await appendAudit(tx, { at: now, actor: actor.id, action: `complaint.${action}`, target: number });
    });
    afterCommit(after);
  }
  return {
    read: (actor, number) => act(actor, number, 'read', () => Promise.resolve()),
    take: (actor, number) => act(actor, number, 'take', take),
    note: (actor, number, { id, text }) =>
      act(actor, number, 'note', ({ tx, now }) => addComplaintNote(tx, number, { id, staffId: actor.id, text, at: now })),
    answer: (actor, number, answer) => act(actor, number, 'answer', (given) => tellAnswer(given, answer)),
    close: (actor, number) => act(actor, number, 'close', close),
  };
}

async function take(act: Act): Promise<void> {
  const { tx, actor, complaint, now } = act;
  const { number, state, handler, reopened, dueAt } = complaint;
  if (state === 'looking' && handler === actor.id) return;
  if (state === 'looking' && dueAt > now && (await isHandled(act)))
    throw new AppError('desk.refused', 'A colleague is looking into it already.');
  if (state !== 'received' && state !== 'looking') throw new AppError('desk.refused', 'It has an answer already.');
  if (reopened > 0 && (await hasAnswered(act)))
    throw new AppError('desk.refused', 'The person was not content with your answer: somebody else must look into it now.');
  await takeUpComplaint(tx, number, actor.id);
}

/** Whoever took it still works here and may still see it. */
async function isHandled({ tx, complaint: { number, handler } }: Act): Promise<boolean> {
  const member = handler === null ? null : await loadStaff(tx, handler);
  return member !== null && member.active && (await findOpenTo(tx, toActor(member, 'session'), number)) !== null;
}

/** Also where somebody else has taken it since. */
async function hasAnswered({ tx, actor, complaint: { number } }: Act): Promise<boolean> {
  return (await listAudit(tx, { actor: actor.id, action: 'complaint.answer', target: number, limit: 1 })).length > 0;
}

async function tellAnswer({ tx, actor, complaint, now, services, after }: Act, answer: { action: string; text: string }): Promise<void> {
  const { number, state, handler, wantsContact, conversationId, reopened } = complaint;
  if (state !== 'looking' || handler !== actor.id) throw new AppError('desk.refused', 'Take it first: whoever looks into it answers it.');
  await answerComplaint(tx, number, { ...answer, now });
  if (!wantsContact || conversationId === null) return;
  const lines = [{ text: { key: 'system:complaint_answer', params: { number } } }, { text: { literal: answer.text } }];
  // A second answer is the last: whoever is not content with it can complain anew.
  const prompt = reopened > 0 ? null : { name: 'satisfied' as const, about: number };
  await askOrKeep(tx, conversationId, { lines, prompt, aside: true }, services, after);
}

async function close(act: Act): Promise<void> {
  const { tx, actor, complaint, now } = act;
  const { number, state, handler } = complaint;
  if (state === 'closed') return;
  if (state !== 'answered') throw new AppError('desk.refused', 'Say first what was done: a complaint is closed with an answer.');
  if (handler !== actor.id && (await isHandled(act))) throw new AppError('desk.refused', 'Whoever answered it closes it.');
  await setComplaintState(tx, number, 'closed', now);
}
