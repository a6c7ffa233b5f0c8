// Turns an activity into an InboundMessage. Called by routes.ts once the token was checked; knows nothing of HTTP.
// Ignores names, and whatever comes from a group: an answer there would be read by others.
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import type { InboundMessage } from '../../domain/message.ts';
import { packReference, type Reference } from './reference.ts';

/** The channel's name as stored and logged. */
export const BOT_FRAMEWORK = 'botframework';

const MAX_TEXT = 4096;

// The limits together keep a packed reference within an address.
const account = z.looseObject({ id: z.string('must be present').min(1).max(250) });

/**
 * The fields that are read; all others are left alone.
 * @see https://github.com/microsoft/botframework-sdk/blob/main/specs/botframework-activity/botframework-activity.md
 */
export const Activity = z.looseObject({
  type: z.string('must be present').min(1).max(100),
  id: z.string().min(1).max(400).optional(),
  channelId: z.string('must be present').min(1).max(50),
  serviceUrl: z.url('must be a URL').max(300),
  from: account,
  recipient: account,
  conversation: z.looseObject({
    id: z.string('must be present').min(1).max(400),
    isGroup: z.boolean().nullish(),
    conversationType: z.string().nullish(),
    tenantId: z.string().max(100).nullish(),
  }),
  text: z.string().nullish(),
  locale: z.string().nullish(),
  value: z.unknown().optional(),
  attachments: z
    .array(z.looseObject({ contentType: z.string().default('application/octet-stream'), contentUrl: z.string().nullish() }))
    .nullish(),
  membersAdded: z.array(z.looseObject({ id: z.string() })).nullish(),
});
export type Activity = z.output<typeof Activity>;

/**
 * Parses an activity; null when it says nothing to us.
 * @param key HMAC key for ids: an activity's own id is unique only within its conversation, and may name the person
 */
export function parseActivity(activity: Activity, key: Uint8Array, now: number): InboundMessage | null {
  if (isGroup(activity)) return null;
  const base = { channel: BOT_FRAMEWORK, from: [packReference(readReference(activity))], receivedAt: now, ...readLocale(activity) };
  if (isOpening(activity)) {
    return { ...base, externalId: hide(key, [activity.channelId, activity.conversation.id, 'opened']), text: '', media: [], opened: true };
  }
  if (activity.type !== 'message' || activity.id === undefined) return null;
  const payload = readPayload(activity.value);
  return {
    ...base,
    externalId: hide(key, [activity.channelId, activity.conversation.id, 'message', activity.id]),
    text: (activity.text ?? '').slice(0, MAX_TEXT),
    media: readMedia(activity),
    opened: false,
    ...(payload === null ? {} : { payload }),
  };
}

function readReference(activity: Activity): Reference {
  return {
    channelId: activity.channelId,
    serviceUrl: activity.serviceUrl,
    conversationId: activity.conversation.id,
    userId: activity.from.id,
    botId: activity.recipient.id,
    tenantId: activity.conversation.tenantId ?? '',
  };
}

function isGroup({ conversation }: Activity): boolean {
  return conversation.isGroup === true || conversation.conversationType === 'channel' || conversation.conversationType === 'groupChat';
}

/** Somebody looked in: they joined, or began to type. All of it is one opening a conversation, however often it comes. */
function isOpening(activity: Activity): boolean {
  if (activity.type === 'typing') return true;
  if (activity.type !== 'conversationUpdate' || activity.from.id === activity.recipient.id) return false;
  return (activity.membersAdded ?? []).some((member) => member.id === activity.from.id);
}

function readLocale({ locale }: Activity): Pick<InboundMessage, 'languageHint'> {
  return locale && /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(locale) && locale.length <= 35 ? { languageHint: locale } : {};
}

/** What a button sent back: a plain string. Cards of others are none of our business. */
function readPayload(value: unknown): string | null {
  return typeof value === 'string' && value !== '' && value.length <= 256 ? value : null;
}

function readMedia(activity: Activity): InboundMessage['media'] {
  // Teams repeats the text as an HTML attachment; that is no picture.
  const media = (activity.attachments ?? []).filter((attachment) => attachment.contentType !== 'text/html');
  return media.slice(0, 10).map(({ contentType, contentUrl }) => ({
    contentType: contentType.slice(0, 200),
    ...(isAtConnector(contentUrl ?? '', activity.serviceUrl)
      ? { providerRef: contentUrl ?? '' }
      : { providerRef: '', lost: 'type' as const }),
  }));
}

/** Only what is kept where the answers go is ever fetched: our token goes along, and the token of the activity vouched for that place. */
function isAtConnector(address: string, serviceUrl: string): boolean {
  return address.length <= 500 && URL.parse(address)?.origin === new URL(serviceUrl).origin;
}

function hide(key: Uint8Array, parts: string[]): string {
  return createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
}
