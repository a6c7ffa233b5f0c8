// What comes in from a channel and what goes out. Parsed at the edge by each channel, then trusted.
import { z } from 'zod';

/** Name of a channel as stored and logged: `sms`, `whatsapp`, `web`, `botframework`, `terminal`. */
export const ChannelName = z.string().regex(/^[a-z][a-z0-9_]{1,30}$/);

/** Where a person can be reached. `kind` tells apart two addresses of one message (a phone and a business-scoped id). */
export const Address = z.strictObject({
  kind: z.enum(['phone', 'bsuid', 'user']),
  /** E.164 without the channel's prefix for `phone`; the provider's id, or whatever it takes to answer there, otherwise. */
  value: z.string().min(1).max(2000),
});
export type Address = z.infer<typeof Address>;

/** A picture, voice note or other file of a person, as its sender names it and where its provider keeps it. */
export const Media = z.strictObject({
  contentType: z.string().max(200),
  /** Address at the provider; empty where it keeps none, or names none. */
  providerRef: z.string().max(500),
  /** The file itself, without metadata, where no provider keeps it (web chat). In memory only: never stored with the message. */
  bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array).optional(),
  /** Set when the message was taken in: under which id staff can see it. */
  kept: z.string().max(80).optional(),
  /** Why nobody will see it: of a type that is not shown, too large, or too much of it. */
  lost: z.enum(['type', 'size', 'full']).optional(),
});
export type Media = z.infer<typeof Media>;

/** Ends the name of a copy that is not a whole message at its provider but the media of it alone. */
export const MEDIA_COPY = '/Media';

/** One message from a person. Text is as sent, at most 4,096 characters. */
export const InboundMessage = z.strictObject({
  channel: ChannelName,
  /** The provider's id of the message; (channel, externalId) is unique for ever. */
  externalId: z.string().min(1).max(200),
  /** All addresses of the sender; the first is the one to answer. */
  from: z.array(Address).min(1).max(4),
  /** Our own number or address that was written to, if the channel has several. */
  to: z.string().max(200).optional(),
  text: z.string().max(4096),
  /** Id of the button or list row that was chosen. */
  payload: z.string().max(256).optional(),
  media: z.array(Media).max(10).default([]),
  location: z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).optional(),
  /** The provider has answered an opt-out word itself: never answer it again. */
  optOut: z.enum(['stop', 'start', 'help']).optional(),
  /** BCP 47 tag of the page or device, a hint only. */
  languageHint: z.string().max(35).optional(),
  /** A conversation was opened without a word (web chat). Text is empty. */
  opened: z.boolean().default(false),
  /** Milliseconds since the epoch, our clock. */
  receivedAt: z.number().int(),
  /** When the provider took it, its clock: only of a message that did not reach us by itself and was listed later. */
  sentAt: z.number().int().optional(),
  /** Set when the message was taken in: its id in the conversation's history, where it stands there. */
  storedId: z.string().max(80).optional(),
});
export type InboundMessage = z.infer<typeof InboundMessage>;

/** A message ready to send: text already in the person's language and cut to the channel. Stored exactly as is. */
export const OutboundMessage = z.strictObject({
  text: z.string(),
  /** Shown natively when `layout` is buttons or list; already numbered inside `text` otherwise. */
  choices: z.array(z.strictObject({ id: z.string(), label: z.string() })).default([]),
  layout: z.enum(['text', 'buttons', 'list']),
  language: z.string(),
  direction: z.enum(['ltr', 'rtl']),
  /** What it counts towards the number's rate: SMS segments, else 1. */
  segments: z.number().int().min(1),
  /** A template that the channel's provider has approved, whose words are `text`: may be sent outside the channel's reply window. */
  template: z.strictObject({ ref: z.string(), variables: z.record(z.string(), z.string()) }).optional(),
});
export type OutboundMessage = z.infer<typeof OutboundMessage>;

/** States of an outbound message, in the order in which they may be reached. Only ever forward. */
export const DELIVERY_RANK = { queued: 0, sending: 1, unknown: 2, sent: 3, delivered: 4, read: 5, failed: 6, cancelled: 6 } as const;
export type DeliveryStatus = keyof typeof DELIVERY_RANK;

/** A provider's word on a message that we sent. Either id may be known. */
export interface StatusUpdate {
  channel: string;
  /** Our outbox line's random id, as carried in the callback URL. */
  lineId?: string;
  providerRef?: string;
  status: Extract<DeliveryStatus, 'sent' | 'delivered' | 'read' | 'failed'>;
  /** The provider's error code, digits only. */
  errorCode?: string;
}
