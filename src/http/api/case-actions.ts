// Handlers of what staff do with a case. Each is an action of runtime/desk, which checks, locks and audits; what it refuses is
// refused here. The answer is the case as it is now.
import type { Actor } from '../../domain/staff.ts';
import type { DeskOutcome } from '../../runtime/desk/desk.ts';
import { loadCaseLines } from '../../store/case-lines.ts';
import { maySeeLine, type CaseItem } from './case-items.ts';
import { auditRefusal } from './authorise.ts';
import { readItem } from './case-view.ts';
import type { ApiParts, Handlers } from './handler.ts';
import { badRequest, forbidden, notFound, orRefuse } from './refusal.ts';

type Names =
  | 'claimCase'
  | 'releaseCase'
  | 'transferCase'
  | 'closeCase'
  | 'replyToPerson'
  | 'cancelReply'
  | 'writeNote'
  | 'changeCase'
  | 'inviteInterpreter'
  | 'dismissInterpreter';

export const caseActionHandlers: Pick<Handlers, Names> = {
  claimCase: ({ params, actor }, parts) => act(parts, actor, params.id, () => parts.desk.claim(actor, params.id)),
  releaseCase: ({ params, actor }, parts) => act(parts, actor, params.id, () => parts.desk.release(actor, params.id)),
  transferCase({ params, body: { toStaffId, toDeskId, note }, actor }, parts) {
    if ((toStaffId === undefined) === (toDeskId === undefined)) throw badRequest('Say either "toStaffId" or "toDeskId" in the body.');
    const to = toStaffId === undefined ? { deskId: toDeskId ?? '' } : { staffId: toStaffId };
    return act(parts, actor, params.id, () => parts.desk.transfer(actor, params.id, to, note === '' ? undefined : note));
  },
  closeCase({ params, body: { outcome, followUpDays }, actor }, parts) {
    const how = { outcome, ...(followUpDays === undefined ? {} : { followUpDays }) };
    return act(parts, actor, params.id, () => parts.desk.close(actor, params.id, how));
  },
  replyToPerson({ params, body: { id, text, how, template }, actor }, parts) {
    if (how === 'template' && template === undefined)
      throw badRequest('"template" in the body is missing: which approved template to send.');
    const reply = { id, text, how, ...(template === undefined ? {} : { template }) };
    return act(parts, actor, params.id, () => parts.desk.reply(actor, params.id, reply));
  },
  cancelReply: ({ params, actor }, parts) => act(parts, actor, params.id, () => parts.desk.cancelReply(actor, params.id, params.replyId)),
  writeNote: ({ params, body, actor }, parts) => act(parts, actor, params.id, () => parts.desk.note(actor, params.id, body)),
  changeCase: ({ params, body, actor }, parts) => act(parts, actor, params.id, () => parts.desk.change(actor, params.id, body)),
  inviteInterpreter: ({ params, body, actor }, parts) =>
    act(parts, actor, params.id, () => parts.desk.inviteInterpreter(actor, params.id, body.staffId)),
  dismissInterpreter: ({ params, actor }, parts) => act(parts, actor, params.id, () => parts.desk.dismissInterpreter(actor, params.id)),
};

async function act(parts: ApiParts, actor: Actor, caseId: string, action: () => Promise<DeskOutcome>): Promise<{ item: CaseItem }> {
  const [line] = await parts.store.read((reader) => loadCaseLines(reader, [caseId]));
  if (!line || !maySeeLine(actor, line)) throw notFound('case');
  const outcome = await action();
  if (!outcome.ok && outcome.code === 'forbidden') {
    // Those who are asked into a conversation may not do everything in it.
    await auditRefusal(parts, actor, 'case', 'case.act');
    throw forbidden('case.act');
  }
  orRefuse(outcome);
  return { item: await readItem(parts, caseId) };
}
