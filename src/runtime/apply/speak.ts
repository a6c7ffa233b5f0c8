// Turns a turn's lines into messages and queues them: rendered here, so that what is stored is exactly what is sent.
// Holds back what abuse would cost: loops with a machine, more than a day's messages, a channel's daily ceiling.
// The emergency text passes every limit, once.
import type { LineKind } from '../../domain/conversation.ts';
import type { Line } from '../../domain/text.ts';
import { outboundTotals } from '../../store/limits.ts';
import { queueLines } from '../queue-lines.ts';
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
  for (const { lines, kind, emergency } of await allow(outcome, gather(outcome))) {
    await queueLines(tx, spoken, lines, { kind, emergency, release }, services, after);
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

async function allow(outcome: Outcome, groups: Spoken[]): Promise<Spoken[]> {
  if (outcome.erased) return []; // What remains to be said to an erased person is erase.ts's business.
  const { cause } = outcome;
  if (cause.kind === 'inbound' && (cause.message.optOut === 'stop' || cause.message.optOut === 'start')) {
    return groups.filter((group) => group.emergency); // The provider has answered already: never twice.
  }
  const urgent = groups.filter((group) => group.emergency);
  const rest = groups.filter((group) => !group.emergency);
  if (rest.length === 0) return groups;
  const verdict = await judge(outcome);
  if (verdict === 'answer') return groups;
  outcome.services.metrics.suppressed.inc({ channel: outcome.conversation.channel, reason: verdict.reason });
  const notice: Spoken[] = verdict.notice ? [{ kind: 'system', emergency: false, lines: [{ text: { key: 'system:too_fast' } }] }] : [];
  return [...urgent, ...notice];
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
  if (totals.contactMessages >= limits.messages_per_contact_day) {
    return { reason: 'contact_day', notice: totals.contactMessages === limits.messages_per_contact_day };
  }
  const ceiling = limits.channel_daily_segments[conversation.channel];
  if (ceiling !== undefined && totals.channelSegments >= ceiling) {
    services.log.error(
      { channel: conversation.channel, segments: totals.channelSegments, ceiling },
      'ALERT: the daily spending ceiling of this channel is reached; only emergency text is sent until tomorrow.',
    );
    return { reason: 'spending_ceiling', notice: false };
  }
  return 'answer';
}
