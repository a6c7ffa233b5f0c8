// What Twilio keeps of a time: inbound messages whose webhook never got through, and what was sent from our numbers.
// Made by channel.ts, read by the runtime's reconciliation. A list says less than a webhook: no button's id, no place, no file type.
import { createHash } from 'node:crypto';
import { AppError } from '../../domain/errors.ts';
import type { InboundMessage } from '../../domain/message.ts';
import type { ChannelContext, ProviderList, SentCopy } from '../channel.ts';
import { channelOf, readAddress, writeAddress, type TwilioChannelName } from './address.ts';
import type { ListedMessage, ListedWords, TwilioApi } from './api.ts';
import { isForUs, parseInbound } from './parse-inbound.ts';
import type { TwilioSettings } from './settings.ts';

/**
 * Opens the list of a channel.
 * @param isOurs whether a listed message was sent from a number of ours
 * @see https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources
 */
export function createTwilioList(
  name: TwilioChannelName,
  settings: TwilioSettings,
  api: TwilioApi,
  isOurs: (message: ListedMessage) => boolean,
  context: Pick<ChannelContext, 'now' | 'count' | 'log'>,
): ProviderList {
  const own = ownAddress(name, settings);

  /** Null for what is for somebody else, or cannot be read. */
  function read(message: ListedWords): InboundMessage | null {
    if (channelOf(message.to ?? '') !== name) return null;
    try {
      const inbound = parseInbound(toWebhook(message, settings.accountSid), { now: context.now(), defaultOptOut: settings.defaultOptOut });
      return isForUs(inbound, settings) ? { ...inbound.message, sentAt: message.sentAt } : null;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      context.count('bad_request', name);
      context.log.warn({ channel: name, code: error.code }, 'A listed message cannot be read and was left out.');
      return null;
    }
  }

  return {
    source: createHash('sha256')
      .update(`${settings.accountSid} ${own ?? settings.messagingServiceSid}`)
      .digest('base64url'),

    async inbound(since, until) {
      const listed = await api.listAll({ ...(own === null ? {} : { to: own }), since, until });
      return listed
        .filter((message) => message.direction === 'inbound' && message.status === 'received')
        .toReversed()
        .sort((a, b) => a.sentAt - b.sentAt)
        .flatMap((message) => read(message) ?? []);
    },

    async outbound(since, until) {
      const listed = await api.listAll({ ...(own === null ? {} : { from: own }), since, until });
      return listed.flatMap((message): SentCopy[] => {
        const to = channelOf(message.to ?? '') === name ? readAddress(message.to ?? '') : null;
        return to !== null && isOurs(message) ? [{ providerRef: message.sid, to, at: message.sentAt }] : [];
      });
    },
  };
}

/** The one address that can be listed by; null where a messaging service may have several. */
function ownAddress(name: TwilioChannelName, settings: TwilioSettings): string | null {
  const value = name === 'whatsapp' ? settings.whatsappFrom : settings.messagingServiceSid === null ? settings.smsFrom : null;
  return value === null ? null : writeAddress(name, { kind: 'phone', value });
}

/** As the webhook would have told it. */
function toWebhook({ sid, from, to, body, media, messagingServiceSid }: ListedWords, accountSid: string): Record<string, string> {
  return {
    AccountSid: accountSid,
    MessageSid: sid,
    From: from ?? '',
    To: to ?? '',
    Body: body,
    NumMedia: String(media),
    ...(messagingServiceSid === null ? {} : { MessagingServiceSid: messagingServiceSid }),
  };
}
