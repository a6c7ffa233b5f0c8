// One of Twilio's two channels: SMS or WhatsApp. Called by twilio.ts; sends, settles and erases through api.ts.
// 2026-07: Twilio has no idempotency key. Its callback carries our line's id; until one comes, a line of unknown fate is
// settled by listing: a message of ours to that address, as young as the line, that belongs to no other line, is that line.
import type { Channel, ChannelContext, LookUpResult, OutboundLine } from '../channel.ts';
import { MEDIA_COPY } from '../../domain/message.ts';
import { writeAddress, bare, type TwilioChannelName } from './address.ts';
import type { ListedMessage, NewMessage, TwilioApi } from './api.ts';
import { contentCapabilities, writeContent } from './content.ts';
import { createTwilioList } from './list.ts';
import { isLoopback } from './loopback.ts';
import { fetchTwilioMedia } from './media.ts';
import { readStatus } from './parse-status.ts';
import { explainFailure } from './send-errors.ts';
import type { TwilioSettings } from './settings.ts';

/** Path of the status callback under the public URL; the query carries the line's id. */
export const STATUS_PATH = '/channels/twilio/status';

/** Twilio's own limit for a body, on both channels. */
const MAX_CHARS = 1600;
const WHATSAPP_MESSAGES_PER_SECOND = 80;
/** @see https://www.twilio.com/docs/whatsapp/key-concepts#conversational-messaging-on-whatsapp-and-the-24-hour-window */
const WHATSAPP_WINDOW_MS = 24 * 3_600_000;

/** How far our clock may have been ahead of Twilio's when the line was written, ms: it may have leapt. What we know is left out anyway. */
const CLOCK_SLACK_MS = 3 * 3_600_000;

/** Opens a channel. */
export function createTwilioChannel(
  name: TwilioChannelName,
  settings: TwilioSettings,
  api: TwilioApi,
  context: Pick<ChannelContext, 'publicUrl' | 'now' | 'count' | 'log'>,
): Channel {
  const sms = name === 'sms';
  // On a machine that Twilio cannot call the number is another installation's: its people are not ours to answer.
  const mayList = !isLoopback(context.publicUrl) || isLoopback(settings.apiUrl);
  return {
    name,
    capabilities: {
      maxChars: MAX_CHARS,
      ...(sms ? { buttons: null, list: null } : contentCapabilities(settings.content)),
      smsSegments: sms,
      segmentsPerSecond: sms ? settings.smsSegmentsPerSecond : WHATSAPP_MESSAGES_PER_SECOND,
    },
    takesNumbers: true,
    settleSeconds: settings.settleSeconds,
    ...(sms ? {} : { replyWindowMs: WHATSAPP_WINDOW_MS }),
    ...(mayList ? { list: createTwilioList(name, settings, api, (message) => isOurs(message, name, settings), context) } : {}),

    async send(line) {
      try {
        return { kind: 'sent', providerRef: await api.create(writeMessage(name, settings, context.publicUrl, line)) };
      } catch (error) {
        return explainFailure(error);
      }
    },

    async lookUp(line) {
      try {
        return settle(await api.listTo(writeAddress(name, line.to)), line, (message) => isOurs(message, name, settings));
      } catch {
        return { kind: 'unknown' };
      }
    },

    fetchMedia: (file) => fetchTwilioMedia(file, settings, api),

    async eraseCopy(providerRef) {
      try {
        return providerRef.endsWith(MEDIA_COPY)
          ? await api.eraseMedia(providerRef.slice(0, -MEDIA_COPY.length))
          : await api.erase(providerRef);
      } catch {
        return false;
      }
    },
  };
}

function writeMessage(name: TwilioChannelName, settings: TwilioSettings, publicUrl: string, line: OutboundLine): NewMessage {
  const callback = statusCallback(settings, publicUrl, line.id);
  return {
    to: writeAddress(name, line.to),
    ...writeSender(name, settings),
    ...(name === 'sms' ? { body: line.message.text } : writeContent(line.message, settings.content)),
    ...(callback === null ? {} : { statusCallback: callback }),
  };
}

function writeSender(name: TwilioChannelName, settings: TwilioSettings): Pick<NewMessage, 'from' | 'messagingServiceSid'> {
  if (name === 'whatsapp') return { from: `whatsapp:${settings.whatsappFrom ?? ''}` };
  return {
    ...(settings.messagingServiceSid === null ? {} : { messagingServiceSid: settings.messagingServiceSid }),
    ...(settings.smsFrom === null ? {} : { from: settings.smsFrom }),
  };
}

/** The real Twilio refuses a message whose callback it cannot reach, so none is asked for on a machine without a public name. */
function statusCallback(settings: TwilioSettings, publicUrl: string, lineId: string): string | null {
  if (isLoopback(publicUrl) && !isLoopback(settings.apiUrl)) return null;
  return `${publicUrl}${STATUS_PATH}?line=${encodeURIComponent(lineId)}`;
}

function isOurs(message: ListedMessage, name: TwilioChannelName, settings: TwilioSettings): boolean {
  if (message.direction !== 'outbound-api') return false;
  if (name === 'whatsapp') return bare(message.from ?? '') === settings.whatsappFrom;
  return settings.messagingServiceSid === null
    ? message.from === settings.smsFrom
    : message.messagingServiceSid === settings.messagingServiceSid;
}

/**
 * What the list says of a line. Without the refs of other lines, a message that is there may be any of them: then nobody knows.
 * As many messages as lines of unknown fate are those lines, whichever is which.
 */
function settle(listed: ListedMessage[], line: OutboundLine, ours: (message: ListedMessage) => boolean): LookUpResult {
  const known = new Set(line.knownRefs);
  const candidates = listed.filter(
    (message) => ours(message) && !known.has(message.sid) && message.createdAt >= line.createdAt - CLOCK_SLACK_MS,
  );
  const oldest = candidates.at(-1);
  if (oldest === undefined) return { kind: 'not_sent' };
  if (candidates.length !== (line.unsettled ?? 1) || line.knownRefs === undefined) return { kind: 'unknown' };
  return { kind: 'sent', providerRef: oldest.sid, status: readStatus(oldest.status) ?? 'sent' };
}
