// Turns the parameters of a status callback into a StatusUpdate. Called by routes.ts after the signature was checked; pure.
import { z } from 'zod';
import type { StatusUpdate } from '../../domain/message.ts';
import { checkInbound } from '../parse-json.ts';
import { channelOf } from './address.ts';
import type { TwilioParams } from './verify.ts';

/**
 * Twilio's states. Once Twilio has a message in its queue it is sent as far as we are concerned: we never send it again.
 * @see https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
 */
const STATUS: Record<string, StatusUpdate['status']> = {
  accepted: 'sent',
  scheduled: 'sent',
  queued: 'sent',
  sending: 'sent',
  sent: 'sent',
  partially_delivered: 'sent',
  delivered: 'delivered',
  read: 'read',
  undelivered: 'failed',
  failed: 'failed',
  canceled: 'failed',
};

const Callback = z.looseObject({
  AccountSid: z.string('must be present once'),
  MessageSid: z.string('must be present once').regex(/^[A-Za-z0-9]{2,64}$/, 'must be an id of letters and digits'),
  MessageStatus: z.string('must be present once').min(1, 'must not be empty'),
  ErrorCode: z
    .string('must be present at most once')
    .regex(/^\d{0,6}$/, 'must be digits')
    .optional(),
  To: z.string('must be present at most once').optional(),
  From: z.string('must be present at most once').optional(),
});

const LineId = z.string().regex(/^[A-Za-z0-9_-]{1,100}$/, 'must be an id of letters and digits');

/** A parsed callback; `update` is null for states that say nothing of an outbound message. */
export interface TwilioStatus {
  accountSid: string;
  update: StatusUpdate | null;
}

/** Our state for one of Twilio's; null for states of inbound messages and for new ones. */
export function readStatus(status: string): StatusUpdate['status'] | null {
  return Object.hasOwn(STATUS, status) ? (STATUS[status] ?? null) : null;
}

/**
 * Parses a status callback.
 * @param params verified parameters
 * @param line our line's id from the callback URL's query; null when it carries none
 * @throws AppError channel.bad_request naming the field, never its value
 */
export function parseStatus(params: TwilioParams, line: string | null): TwilioStatus {
  const callback = checkInbound(Callback, { ...params });
  const lineId = line === null ? undefined : checkInbound(z.object({ line: LineId }), { line }).line;
  const status = readStatus(callback.MessageStatus);
  const whatsapp = [callback.From, callback.To].some((address) => channelOf(address ?? '') === 'whatsapp');
  const update: StatusUpdate | null =
    status === null
      ? null
      : {
          channel: whatsapp ? 'whatsapp' : 'sms',
          providerRef: callback.MessageSid,
          status,
          ...(lineId === undefined ? {} : { lineId }),
          ...(callback.ErrorCode ? { errorCode: callback.ErrorCode } : {}),
        };
  return { accountSid: callback.AccountSid, update };
}
