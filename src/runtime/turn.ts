// One turn: a person's message (or a timer that came due) meets the flow or the staff, inside one transaction.
// Called by worker.ts and timers.ts. Deciding is the engine's, carrying out is apply's.
import { routeInbound } from '../desk/route.ts';
import type { InboundMessage } from '../domain/message.ts';
import type { Session } from '../domain/session.ts';
import { mayTake } from '../desk/routing.ts';
import type { DeskState, TurnInput } from '../engine/env.ts';
import { takeTurn } from '../engine/engine.ts';
import { newSession } from '../engine/new-session.ts';
import type { Program } from '../engine/program.ts';
import { digitsToAscii } from '../language/normalise.ts';
import { findComplaint } from '../store/complaints.ts';
import { findOpenCase, latestCase } from '../store/cases.ts';
import { lockConversation } from '../store/conversations.ts';
import { finishInbox, passOver } from '../store/inbox.ts';
import type { Conversation, InboxItem } from '../store/records.ts';
import { allOrNone } from '../store/all-or-none.ts';
import { loadSession } from '../store/sessions.ts';
import type { Tx } from '../store/store.ts';
import { applyEvents } from './apply/apply.ts';
import { buildEnvironment } from './environment.ts';
import { readDeskState, UNREAD_DESK } from './desk/desk-state.ts';
import { sendKept } from './desk/hold.ts';
import { deskFor, isOnShift, loadRoster, openingOf } from './desk/roster.ts';
import { openCaseFor } from './give-up.ts';
import { meetLate } from './late.ts';
import { phoneCountry } from './phone-country.ts';
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
    const wrote =
      message.sentAt === undefined ? Math.min(message.receivedAt, now) : Math.max(message.sentAt, conversation.lastInboundAt ?? 0);
    const cause: TurnCause = { kind: 'inbound', message, route, wroteBefore: conversation.lastInboundAt, skipped: item.skipped };
    await takeAndApply(tx, { ...conversation, lastInboundAt: wrote }, cause, services, after);
    if (services.channels.get(conversation.channel)?.replyWindowMs !== undefined) await sendKept(tx, conversation.id, services, after);
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

/**
 * Says and asks something in people's name, as the program: the closing text, consent to a referral, how it went.
 * @returns false when there is nobody to ask any more
 */
export async function runPrompt(
  tx: Tx,
  conversationId: string,
  input: Omit<Extract<TurnInput, { kind: 'prompt' }>, 'kind'>,
  services: Services,
  after: AfterCommit,
): Promise<boolean> {
  const conversation = await lockConversation(tx, conversationId);
  if (!conversation || conversation.owner === 'stopped') return false;
  await takeAndApply(tx, conversation, { kind: 'prompt', input: { kind: 'prompt', ...input } }, services, after);
  return true;
}

async function takeAndApply(tx: Tx, conversation: Conversation, cause: TurnCause, services: Services, after: AfterCommit): Promise<void> {
  const now = services.clock();
  const reading = [loadSession(tx, conversation.id, now), findOpenCase(tx, conversation.id)] as const;
  await allOrNone([...reading]);
  const [before, openCase] = await Promise.all(reading);
  const release = await services.releases.forSession(before);
  const message = cause.kind === 'inbound' ? cause.message : null;
  let desk: DeskState | null = null;
  let asked = false;
  const env = buildEnvironment(release, {
    now,
    conversation: message && cause.kind === 'inbound' ? { ...conversation, owner: cause.route.owner } : conversation,
    languageHint: message?.languageHint ?? null,
    country: message ? phoneCountry(message.from) : null,
    desk() {
      asked = true;
      return desk ?? UNREAD_DESK;
    },
    complaint: await mentionedComplaint(tx, message),
  });
  const input = cause.kind === 'inbound' ? toInput(cause.message) : cause.kind === 'prompt' ? cause.input : cause;
  const session = before ?? (cause.kind === 'prompt' ? knownSession(release.program, conversation, now) : null);
  let turn = takeTurn(release.program, session, input, env);
  if (asked) {
    // A turn changes nothing, so it is simply taken again with what it asked for.
    desk = await readDeskState(tx, openCase, before, services);
    turn = takeTurn(release.program, session, input, env);
  }
  // A stale timer does nothing: it begins no episode, and keeps no session longer.
  if (cause.kind === 'timeout' && turn.events.length === 0) return;
  const late =
    cause.kind === 'inbound'
      ? meetLate(cause.message, turn.events, { now, lastInboundAt: cause.wroteBefore, begun: before !== null })
      : null;
  if (late?.kind === 'case') return openCaseFor(tx, conversation, 'late', services, after);
  const next = late?.kind === 'ask_again' && before ? before : turn.session;
  await applyEvents({
    tx,
    now,
    conversation,
    release,
    before,
    session: next,
    events: late?.events ?? turn.events,
    cause,
    openCase,
    services,
    after,
  });
}

/** Somebody whose session is over, but who is known: their language stands, and so does the private lane. */
function knownSession(program: Program, { language, private: isPrivate }: Conversation, now: number): Session {
  const session = newSession(program, { now, ...(language === null ? {} : { language }) });
  return { ...session, facts: { ...session.facts, private: isPrivate } };
}

function toInput(message: InboundMessage): TurnInput {
  if (message.opened) return { kind: 'opened' };
  return {
    kind: 'message',
    text: message.text,
    at: message.sentAt ?? message.receivedAt,
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

/** How long ago people closed the conversation, and whether they are there to take it up again: whoever had it, or others. */
async function afterClosing(
  tx: Tx,
  conversation: Conversation,
  services: Services,
): Promise<{ hoursSinceClosed: number; open: boolean; same: boolean }> {
  const last = conversation.owner === 'closed' ? await latestCase(tx, conversation.id) : null;
  if (last?.closedAt == null) return { hoursSinceClosed: Number.POSITIVE_INFINITY, open: false, same: false };
  const now = services.clock();
  const roster = await loadRoster(tx, services);
  const { open, staffed } = openingOf(roster, deskFor(roster, last), last.private, now);
  const had = roster.staff.find(({ id }) => id === last.assignee);
  const same = had !== undefined && mayTake(had, last) && isOnShift(roster, had, now).on;
  return { hoursSinceClosed: (now - last.closedAt) / HOUR_MS, open: open && staffed, same };
}
