// Turns the parameters of a message webhook into an InboundMessage. Called by routes.ts after the signature was checked; pure.
// Ignores what the service must not know: ProfileName, FromCity, FromZip and their kin.
import { z } from 'zod';
import type { Address, InboundMessage } from '../../domain/message.ts';
import { checkInbound } from '../parse-json.ts';
import { channelOf, bare, readAddress, readBusinessScopedId } from './address.ts';
import type { TwilioSettings } from './settings.ts';
import type { TwilioParams } from './verify.ts';

const MAX_TEXT = 4096;
const MAX_MEDIA = 10;

/** Words that Twilio answers itself on SMS numbers unless told otherwise; only as the whole message. */
const DEFAULT_STOP_WORDS = new Set(['STOP', 'STOPALL', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'REVOKE', 'OPTOUT']);

const id = z.string('must be present once').regex(/^[A-Za-z0-9]{2,64}$/, 'must be an id of letters and digits');
const text = z.string('must be present at most once').optional();
const degrees = (limit: number) =>
  z
    .string('must be present at most once')
    .regex(/^-?\d{1,3}(\.\d{1,20})?$/, 'must be degrees')
    .transform(Number)
    .pipe(z.number().min(-limit, 'must be degrees').max(limit, 'must be degrees'))
    .optional();

/**
 * The parameters that are read; all others are left alone.
 * @see https://www.twilio.com/docs/messaging/guides/webhook-request
 */
const Webhook = z.looseObject({
  AccountSid: id,
  MessageSid: id,
  MessagingServiceSid: text,
  From: z.string('must be present once').refine((value) => readAddress(value) !== null, 'must be a number in E.164 or a WhatsApp user id'),
  To: z.string('must be present once').min(1, 'must not be empty'),
  Body: z.string('must be present at most once').default(''),
  NumMedia: z.coerce.number('must be a whole number').int().min(0).default(0),
  ButtonPayload: text,
  ButtonText: text,
  ListId: text,
  ListTitle: text,
  Latitude: degrees(90),
  Longitude: degrees(180),
  OptOutType: z.enum(['STOP', 'START', 'HELP'], 'must be STOP, START or HELP').optional(),
  WaId: text,
  ExternalUserId: text,
});
type Webhook = z.output<typeof Webhook>;

/** A parsed message and where it was sent to. */
export interface TwilioInbound {
  message: InboundMessage;
  accountSid: string;
  messagingServiceSid: string | null;
}

/**
 * Parses a message webhook.
 * @param params verified parameters
 * @param options `now`: our clock, ms; `defaultOptOut`: Twilio answers STOP on SMS itself
 * @throws AppError channel.bad_request naming the field, never its value
 */
export function parseInbound(params: TwilioParams, options: { now: number; defaultOptOut: boolean }): TwilioInbound {
  const webhook = checkInbound(Webhook, { ...params });
  const payload = webhook.ButtonPayload ?? webhook.ListId;
  const location = webhook.Latitude !== undefined && webhook.Longitude !== undefined;
  const optOut = readOptOut(webhook, options.defaultOptOut);
  const words = webhook.Body || webhook.ButtonText || webhook.ListTitle || '';
  const message: InboundMessage = {
    channel: channelOf(webhook.To),
    externalId: webhook.MessageSid,
    from: readSenders(webhook),
    to: bare(webhook.To),
    text: clip(words, MAX_TEXT),
    media: readMedia(webhook),
    opened: false,
    receivedAt: options.now,
    ...(payload ? { payload: clip(payload, 256) } : {}),
    ...(location ? { location: { latitude: webhook.Latitude ?? 0, longitude: webhook.Longitude ?? 0 } } : {}),
    ...(optOut === null ? {} : { optOut }),
  };
  return { message, accountSid: webhook.AccountSid, messagingServiceSid: webhook.MessagingServiceSid ?? null };
}

/** True when a message was sent to our account and to a number of ours. */
export function isForUs({ message, accountSid, messagingServiceSid }: TwilioInbound, settings: TwilioSettings): boolean {
  if (accountSid !== settings.accountSid) return false;
  if (message.channel === 'whatsapp') return settings.whatsappFrom !== null && message.to === settings.whatsappFrom;
  if (settings.messagingServiceSid !== null && messagingServiceSid === settings.messagingServiceSid) return true;
  return settings.smsFrom !== null && message.to === settings.smsFrom;
}

/** The address to answer first; then the other names of the same person. */
function readSenders(webhook: Webhook): Address[] {
  const first = readAddress(webhook.From);
  const senders: Address[] = first === null ? [] : [first];
  if (channelOf(webhook.To) !== 'whatsapp') return senders;
  const scoped = readBusinessScopedId(webhook.ExternalUserId);
  if (scoped !== null && scoped.value !== first?.value) senders.push(scoped);
  // WaId may spell the number differently (old Brazilian and Mexican forms), so it counts only where there is no number.
  const phone = first?.kind === 'bsuid' && /^[1-9]\d{4,14}$/.test(webhook.WaId ?? '') ? readAddress(`+${webhook.WaId}`) : null;
  if (phone !== null) senders.push(phone);
  return senders;
}

function readMedia(webhook: Webhook): InboundMessage['media'] {
  return Array.from({ length: Math.min(webhook.NumMedia, MAX_MEDIA) }, (_, index) => {
    const url = webhook[`MediaUrl${index}`];
    const type = webhook[`MediaContentType${index}`];
    return {
      contentType: typeof type === 'string' ? clip(type, 200) : 'application/octet-stream',
      providerRef: typeof url === 'string' ? clip(url, 500) : '',
    };
  });
}

function readOptOut(webhook: Webhook, defaultOptOut: boolean): InboundMessage['optOut'] | null {
  if (webhook.OptOutType === 'STOP') return 'stop';
  if (webhook.OptOutType === 'START') return 'start';
  if (webhook.OptOutType === 'HELP') return 'help';
  // START and HELP are not guessed: without OptOutType nobody knows whether Twilio answered, and silence would be worse than two answers.
  const word = webhook.Body.trim().toUpperCase();
  return defaultOptOut && channelOf(webhook.To) === 'sms' && DEFAULT_STOP_WORDS.has(word) ? 'stop' : null;
}

/** Cuts to a length in UTF-16 units without leaving half a character. */
function clip(value: string, max: number): string {
  return value.length <= max ? value : value.slice(0, max).replace(/[\uD800-\uDBFF]$/, '');
}
