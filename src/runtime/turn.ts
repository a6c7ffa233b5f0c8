// One turn: a person's message (or a timer that came due) meets the flow or the staff, inside one transaction.
// Called by worker.ts and timers.ts. Deciding is the engine's, carrying out is apply's.
import { deskOpening } from '../desk/opening.ts';
import { routeInbound } from '../desk/route.ts';
import type { InboundMessage } from '../domain/message.ts';
import type { TurnInput } from '../engine/env.ts';
import { takeTurn } from '../engine/engine.ts';
import { digitsToAscii } from '../language/normalise.ts';
import { findComplaint } from '../store/complaints.ts';
import { latestCase } from '../store/cases.ts';
import { lockConversation } from '../store/conversations.ts';
import { finishInbox, passOver } from '../store/inbox.ts';
import type { Conversation, InboxItem } from '../store/records.ts';
import { loadSession } from '../store/sessions.ts';
import type { Tx } from '../store/store.ts';
import { applyEvents } from './apply/apply.ts';
import { buildEnvironment } from './environment.ts';
import { openCaseFor } from './give-up.ts';
import { meetLate } from './late.ts';
import type { AfterCommit, Services } from './services.ts';
import type { TurnCause } from './turn-cause.ts';

const HOUR_MS = 3_600_000;
const COMPLAINT_NUMBER = /(?<!\d)(\d{6})(?!\d)/;

/** Runs the turn of one inbox item and marks the item done. Everything commits or nothing does. */
export async function runTurn(tx: Tx, item: InboxItem, services: Services, after: AfterCommit): Promise<void> {
  const conversation = await lockConversation(tx, item.conversationId);
  if (conversation) {
    const now = services.clock();
    const route = routeInbound(conversation.owner, await afterClosing(tx, conversation, services));
    const { message } = item;
    const wrote = message.sentAt === undefined ? now : Math.max(message.sentAt, conversation.lastInboundAt ?? 0);
    const cause: TurnCause = { kind: 'inbound', message, route, wroteBefore: conversation.lastInboundAt, skipped: item.skipped };
    await takeAndApply(tx, { ...conversation, lastInboundAt: wrote }, cause, services, after);
    services.metrics.turnSeconds.observe(Math.max(0, now - item.createdAt) / 1000);
  }
  if (item.skipped > 0) await passOver(tx, item.conversationId, item.id);
  await finishInbox(tx, item.id);
}

/** Runs the turn of a wait that timed out. A wait that is over, or a conversation that people own, makes it do nothing. */
export async function runTimeout(tx: Tx, conversationId: string, token: number, services: Services, after: AfterCommit): Promise<void> {
  const conversation = await lockConversation(tx, conversationId);
  if (!conversation || conversation.owner !== 'flow') return;
  await takeAndApply(tx, conversation, { kind: 'timeout', token }, services, after);
}

async function takeAndApply(tx: Tx, conversation: Conversation, cause: TurnCause, services: Services, after: AfterCommit): Promise<void> {
  const now = services.clock();
  const before = await loadSession(tx, conversation.id, now);
  const release = await services.releases.forSession(before);
  const message = cause.kind === 'inbound' ? cause.message : null;
  const env = buildEnvironment(release, {
    now,
    conversation: message && cause.kind === 'inbound' ? { ...conversation, owner: cause.route.owner } : conversation,
    languageHint: message?.languageHint ?? null,
    staffed: services.staffed,
    staffedPrivately: services.surface?.answersPrivate ?? false,
    complaint: await mentionedComplaint(tx, message),
  });
  const input: TurnInput = message ? toInput(message) : { kind: 'timeout', token: cause.kind === 'timeout' ? cause.token : 0 };
  const turn = takeTurn(release.program, before, input, env);
  // A stale timer does nothing: it begins no episode, and keeps no session longer.
  if (cause.kind === 'timeout' && turn.events.length === 0) return;
  const late =
    cause.kind === 'inbound'
      ? meetLate(cause.message, turn.events, { now, lastInboundAt: cause.wroteBefore, begun: before !== null })
      : null;
  if (late?.kind === 'case') return openCaseFor(tx, conversation, 'late', services, after);
  const session = late?.kind === 'ask_again' && before ? before : turn.session;
  await applyEvents({ tx, now, conversation, release, before, session, events: late?.events ?? turn.events, cause, services, after });
}

function toInput(message: InboundMessage): TurnInput {
  if (message.opened) return { kind: 'opened' };
  return {
    kind: 'message',
    text: message.text,
    ...(message.payload === undefined ? {} : { payload: message.payload }),
    ...(message.media.length > 0 ? { media: true } : {}),
    ...(message.location ? { location: message.location } : {}),
  };
}

/** The complaint whose number stands in the message, so that its state can be told in the same turn. */
async function mentionedComplaint(tx: Tx, message: InboundMessage | null) {
  const digits = message && COMPLAINT_NUMBER.exec(digitsToAscii(message.text))?.[1];
  return digits ? findComplaint(tx, `Q-${digits}`) : null;
}

/** How long ago people closed the conversation, and whether they are there to take it up again. */
async function afterClosing(
  tx: Tx,
  conversation: Conversation,
  { clock, releases, staffed, surface }: Services,
): Promise<{ hoursSinceClosed: number; open: boolean }> {
  const last = conversation.owner === 'closed' ? await latestCase(tx, conversation.id) : null;
  if (last?.closedAt == null) return { hoursSinceClosed: Number.POSITIVE_INFINITY, open: false };
  const { settings } = releases.current();
  const { open } = deskOpening(settings.desk, settings.timezone, clock());
  const served = last.private ? surface?.answersPrivate === true : staffed;
  return { hoursSinceClosed: (clock() - last.closedAt) / HOUR_MS, open: open && served };
}
