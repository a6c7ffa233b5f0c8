// Turns a turn's lines into messages and queues them: rendered here, so that what is stored is exactly what is sent.
// Holds back what abuse would cost: loops with a machine, more than a day's messages, a channel's daily ceiling.
// What people's work says or asks passes, as what staff write themselves: a question that was never sent must not count as asked.
// The emergency text passes every limit, once a day: what is sent again and again beyond a limit helps nobody and may be a machine's doing.
import type { LineKind } from '../../domain/conversation.ts';
import type { Line } from '../../domain/text.ts';
import { dialogueOf } from '../../engine/waits.ts';
import { outboundTotals } from '../../store/limits.ts';
import { queueLines } from '../queue-lines.ts';
import { isCeilingReached } from './ceiling.ts';
import { isOfComplaint } from './of-complaint.ts';
import type { Outcome } from './outcome.ts';

interface Spoken {
  kind: LineKind;
  emergency: boolean;
  lines: Line[];
}

/** Renders and queues everything that the turn says. */
export async function speak(outcome: Outcome): Promise<void> {
  const { tx, conversation, session, release, services, after } = outcome;
  const spoken = { ...conversation, language: session.language ?? conversation.language };
  const aside = isOfComplaint(outcome);
  for (const { lines, kind, emergency } of await allow(outcome, gather(outcome))) {
    await queueLines(tx, spoken, lines, { kind, emergency, release, aside }, services, after);
  }
}

/** Lines of the turn in order, joined by kind; the emergency text stands alone, so that it goes first. */
function gather({ events }: Outcome): Spoken[] {
  const isEmergency = events.some((event) => event.type === 'emergency');
  const groups: Spoken[] = [];
  for (const event of events) {
    if (event.type !== 'say') continue;
    const last = groups.at(-1);
    if (last && last.kind === event.kind && !last.emergency) last.lines.push(event.line);
    else groups.push({ kind: event.kind, emergency: isEmergency && groups.length === 0, lines: [event.line] });
  }
  return groups;
}

const TOO_FAST: Spoken = { kind: 'system', emergency: false, lines: [{ text: { key: 'system:too_fast' } }] };

async function allow(outcome: Outcome, groups: Spoken[]): Promise<Spoken[]> {
  if (outcome.erased) return []; // What remains to be said to an erased person is erase.ts's business.
  const { cause } = outcome;
  if (isPeoplesWork(outcome)) return groups;
  const urgent = groups.filter((group) => group.emergency);
  const rest = groups.filter((group) => !group.emergency);
  // The provider has answered already: never twice.
  const answered = cause.kind === 'inbound' && (cause.message.optOut === 'stop' || cause.message.optOut === 'start');
  if (groups.length === 0 || (answered && urgent.length === 0)) return [];
  const verdict = await judge(outcome);
  if (verdict === 'answer') {
    if (answered) return urgent;
    const passedOver = cause.kind === 'inbound' && cause.skipped > 0 && mayTell(outcome, 'too_fast');
    return [...urgent, ...(passedOver ? [TOO_FAST] : []), ...rest];
  }
  outcome.services.metrics.suppressed.inc({ channel: outcome.conversation.channel, reason: verdict.reason });
  return [...(mayTell(outcome, 'emergency', urgent.length > 0) ? urgent : []), ...(verdict.notice ? [TOO_FAST] : [])];
}

/** Nobody wrote, or the person is being asked item by item what may be given away: each item once. */
function isPeoplesWork({ cause, session }: Outcome): boolean {
  return cause.kind === 'prompt' || dialogueOf(session) === 'referral_consent';
}

/** Once a day, and only asked where there is something to tell. */
function mayTell({ cause, conversation, services, now }: Outcome, what: 'emergency' | 'too_fast', wanted = true): boolean {
  const messageId = cause.kind === 'inbound' ? cause.message.externalId : undefined;
  return wanted && services.loopGuard.mayTell(conversation.contactId, what, now, messageId);
}

async function judge(outcome: Outcome): Promise<'answer' | { reason: string; notice: boolean }> {
  const { cause, conversation, services, release, session, now, tx } = outcome;
  const { limits } = release.settings;
  if (cause.kind === 'inbound' && cause.route.to === 'flow' && !cause.message.opened) {
    const { text, externalId } = cause.message;
    const verdict = services.loopGuard.note(conversation.contactId, text, session.misses === 0, now, limits.loop_messages, externalId);
    if (verdict !== 'answer') return { reason: 'loop', notice: verdict === 'last' };
  }
  const totals = await outboundTotals(tx, { contactId: conversation.contactId, channel: conversation.channel, now });
  if (await isCeilingReached(outcome, totals.channelSegments)) return { reason: 'spending_ceiling', notice: false };
  if (totals.contactMessages >= limits.messages_per_contact_day) return { reason: 'contact_day', notice: mayTell(outcome, 'too_fast') };
  return 'answer';
}
