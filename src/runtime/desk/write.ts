// Carries out what reach.ts has planned for a reply: it is queued for sending, or kept until the person writes.
// Called by the reply action inside its transaction, after the case was taken over.
import type { Conversation } from '../../store/records.ts';
import { keepReply } from '../../store/kept-replies.ts';
import type { Tx } from '../../store/store.ts';
import { queueLines } from '../queue-lines.ts';
import type { AfterCommit, Services } from '../services.ts';
import { runPrompt } from '../turn.ts';
import { endQuestion } from './end-question.ts';
import { SMS_CHANNEL, type ReplyPlan } from './reach.ts';

/** Who writes what, in which case. `conversation` as it is after the take-over: its epoch counts. */
export interface PlannedReply {
  /** Id of the message, made by the surface. */
  id: string;
  caseId: string;
  staffId: string;
  conversation: Conversation;
  plan: Exclude<ReplyPlan, { kind: 'refused' }>;
}

/** Queues or keeps a reply. A kept one has its row in staff_messages by this; of one that is queued the caller notes who wrote it. */
export async function carryOutReply(tx: Tx, reply: PlannedReply, services: Services, after: AfterCommit): Promise<void> {
  const { id, caseId, staffId, conversation, plan } = reply;
  await endQuestion(tx, conversation.id, services, after);
  if (plan.kind === 'keep') return keepReply(tx, { id, caseId, staffId, text: plan.text, createdAt: services.clock() });
  if (plan.kind === 'ask_sms')
    return void (await runPrompt(tx, conversation.id, { lines: [], prompt: { name: 'sms_consent' } }, services, after));
  const spoken = { ...conversation, language: plan.language ?? conversation.language };
  // An SMS that is answered by SMS would meet the flow and not whoever wrote it.
  const where = plan.channel === SMS_CHANNEL && conversation.channel !== SMS_CHANNEL ? [{ text: { key: 'system:sms_answer_there' } }] : [];
  await queueLines(
    tx,
    spoken,
    [{ text: { literal: plan.text } }, ...where],
    {
      kind: 'staff',
      id,
      release: services.releases.current(),
      ...(plan.channel === conversation.channel ? {} : { channel: plan.channel }),
      ...(plan.to ? { to: plan.to } : {}),
      ...(plan.template ? { template: plan.template } : {}),
    },
    services,
    after,
  );
}
