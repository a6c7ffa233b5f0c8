// What must not leave because the channel's reply window is over: it waits until the person writes, and then goes out, once.
// Called by deliver.ts and line-fate.ts (a line that was queued in time and claimed too late), timers.ts (reminders) and turn.ts
// (the person has written). Replies of staff wait in staff_messages, where they can be taken back; lines of the program as timers.
import type { Channel } from '../../channels/channel.ts';
import { isAside } from '../../store/aside.ts';
import { latestCase } from '../../store/cases.ts';
import { lockConversation } from '../../store/conversations.ts';
import { noteDeskChange } from '../../store/desk-changes.ts';
import { keepReply, listKeptReplies, settleKeptReply, writerOf } from '../../store/kept-replies.ts';
import { withdrawMessage } from '../../store/messages.ts';
import { cancelLine } from '../../store/outbox-cancel.ts';
import type { ClaimedLine, Conversation } from '../../store/records.ts';
import type { Tx } from '../../store/store.ts';
import { addTimer, claimHeldLines, HELD } from '../../store/timers.ts';
import type { Line } from '../../domain/text.ts';
import { newId } from '../../util/ids.ts';
import { queueLines } from '../queue-lines.ts';
import type { AfterCommit, Services } from '../services.ts';
import { planTemplate, REMINDER, windowEnd } from './reach.ts';

const DAY_MS = 86_400_000;

/** As it waits: `aside` belongs to a complaint; `flow` is said only while nobody else has taken the conversation over. */
type HeldLine = Line & { aside?: boolean; flow?: boolean };

/**
 * Whether a line would be refused: it is no template, and the person wrote too long ago.
 * @param conversation null: its person was erased right after they wrote, so the line is as old as their last words
 */
export function isTooLate(line: ClaimedLine, channel: Channel, conversation: Conversation | null, now: number): boolean {
  if (channel.replyWindowMs === undefined || line.message.template) return false;
  if (!conversation) return now >= line.createdAt + channel.replyWindowMs;
  const end = windowEnd(channel, conversation);
  return end !== null && now >= end;
}

/** Keeps what a line says until the person writes, instead of sending it. The conversation is locked. */
export async function holdLineBack(tx: Tx, line: ClaimedLine, services: Services): Promise<void> {
  const conversation = await lockConversation(tx, line.conversationId);
  if (!conversation) return cancelLine(tx, line.id);
  if (line.kind !== 'staff') {
    await cancelLine(tx, line.id);
    const { text, choices, layout } = line.message;
    // Numbered choices stand in the text.
    const shown = layout === 'text' ? {} : { choices: choices.map(({ id, label }) => ({ id, label: { literal: label } })) };
    const manner = { ...(isAside(line.id) ? { aside: true } : {}), ...(line.kind === 'flow' ? { flow: true } : {}) };
    return holdWords(tx, { ...conversation, epoch: line.epoch }, { text: { literal: text }, ...shown, ...manner }, services);
  }
  const record = await latestCase(tx, conversation.id);
  const caseId = (await writerOf(tx, line.id))?.caseId ?? record?.id;
  if (caseId === undefined) return cancelLine(tx, line.id);
  const staffId = (await writerOf(tx, line.id))?.staffId ?? record?.assignee ?? '';
  await withdrawMessage(tx, line.id);
  await keepReply(tx, { id: line.id, caseId, staffId, text: line.message.text, createdAt: services.clock() });
}

/**
 * A reminder has come due. Outside the window a template goes in its place, where there is one, and the reminder itself
 * waits until the person writes.
 * @returns whether it may be said now
 */
export async function mayRemind(tx: Tx, conversation: Conversation, line: Line, services: Services, after: AfterCommit): Promise<boolean> {
  const end = windowEnd(services.channels.get(conversation.channel), conversation);
  if (end === null || services.clock() < end) return true;
  await holdWords(tx, conversation, line, services);
  const plan = planTemplate(conversation, REMINDER, {}, services);
  if (!plan?.template) return false;
  await queueLines(
    tx,
    { ...conversation, language: plan.language ?? conversation.language },
    [{ text: { literal: plan.text } }],
    { kind: 'system', release: services.releases.current(), template: plan.template },
    services,
    after,
  );
  return false;
}

/** The person has written: what waited for that goes out, in the order in which it was written. Called after the turn was applied. */
export async function sendKept(tx: Tx, conversationId: string, services: Services, after: AfterCommit): Promise<void> {
  const conversation = await lockConversation(tx, conversationId);
  if (!conversation || conversation.owner === 'stopped' || services.channels.get(conversation.channel)?.replyWindowMs === undefined) return;
  const release = services.releases.current();
  for (const { payload, epoch } of await claimHeldLines(tx, conversation.id)) {
    if (payload === null) continue;
    const { aside = false, flow = false, ...line } = JSON.parse(payload) as HeldLine;
    if (flow && epoch !== conversation.epoch) continue;
    await queueLines(tx, conversation, [line], { kind: flow ? 'flow' : 'system', release, aside }, services, after);
  }
  for (const { id, caseId, text } of await listKeptReplies(tx, conversation.id)) {
    if (!(await settleKeptReply(tx, id, 'queued'))) continue;
    await queueLines(tx, conversation, [{ text: { literal: text } }], { kind: 'staff', id, release }, services, after);
    await noteDeskChange(tx, 'case', caseId);
    after.cases = true;
  }
}

/** It is given up when the person has been silent for as long as messages are kept. */
function holdWords(tx: Tx, conversation: Conversation, line: HeldLine, { clock, releases }: Services): Promise<void> {
  const dueAt = clock() + releases.current().settings.retention.messages_days * DAY_MS;
  return addTimer(tx, {
    id: newId(),
    conversationId: conversation.id,
    kind: 'remind',
    epoch: conversation.epoch,
    token: HELD,
    dueAt,
    payload: JSON.stringify(line),
  });
}
