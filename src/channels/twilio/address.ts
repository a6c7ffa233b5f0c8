// Addresses as Twilio writes them: `+1500…`, `whatsapp:+1500…`, `whatsapp:US.1349…`. Called by parse-inbound.ts and channel.ts; pure.
// 2026-07: WhatsApp senders may have no number; their business-scoped user id stands in From, or beside the number in ExternalUserId.
import type { Address } from '../../domain/message.ts';

const PREFIX = 'whatsapp:';
const E164 = /^\+[1-9]\d{4,14}$/;
/** Country code, a dot, up to 128 letters and digits; ids shared by several businesses have ENT between. */
const BUSINESS_SCOPED_ID = /^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$/;

/** The channels that Twilio serves here. */
export type TwilioChannelName = 'sms' | 'whatsapp';

/** Which channel an address belongs to. */
export function channelOf(address: string): TwilioChannelName {
  return address.toLowerCase().startsWith(PREFIX) ? 'whatsapp' : 'sms';
}

/** An address without the channel's prefix. */
export function bare(address: string): string {
  return channelOf(address) === 'whatsapp' ? address.slice(PREFIX.length) : address;
}

/** Reads an address; null when it is neither a number nor a business-scoped id. */
export function readAddress(text: string): Address | null {
  const value = bare(text.trim());
  if (E164.test(value)) return { kind: 'phone', value };
  if (channelOf(text.trim()) === 'whatsapp' && BUSINESS_SCOPED_ID.test(value)) return { kind: 'bsuid', value };
  return null;
}

/** Reads ExternalUserId, which comes with or without the prefix; null when there is none that can be used. */
export function readBusinessScopedId(text: string | undefined): Address | null {
  const value = bare(text?.trim() ?? '');
  return BUSINESS_SCOPED_ID.test(value) ? { kind: 'bsuid', value } : null;
}

/** An address as Twilio's API takes it. */
export function writeAddress(channel: TwilioChannelName, address: Address): string {
  return channel === 'whatsapp' ? PREFIX + address.value : address.value;
}
