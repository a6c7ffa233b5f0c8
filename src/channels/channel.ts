// The contract of a channel: routes in, send out, nothing else. A channel knows nothing of flows, stores or the server.
// Add a channel: one folder here, one line in index.ts, one test that runs the shared contract.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Hono } from 'hono';
import type { Capabilities } from '../domain/capabilities.ts';
import type { Owner } from '../domain/conversation.ts';
import type { RoutePermissions } from '../domain/permission.ts';
import type { Finding } from '../domain/finding.ts';
import type { Address, InboundMessage, OutboundMessage, StatusUpdate } from '../domain/message.ts';

/** One message to send, as claimed from the outbox. */
export interface OutboundLine {
  /** The line's random id; carried to the provider so that an unknown fate can be settled. */
  id: string;
  conversationId: string;
  to: Address;
  message: OutboundMessage;
  /** When the line was written, ms. */
  createdAt: number;
  /** Attempts before this one. */
  attempts: number;
  /**
   * For lookUp only: provider refs of our other lines to the same address, at least of those written since a day before this one.
   * Without them a lookUp that lists cannot tell another line's message from this one, and answers `unknown`.
   */
  knownRefs?: readonly string[];
  /** For lookUp only: how many lines to this address are of unknown fate, this one included. One when left out. */
  unsettled?: number;
}

/** `unknown`: the provider may or may not have it; never sent again before `lookUp` settled it. */
export type SendResult =
  | { kind: 'sent'; providerRef: string | null }
  | { kind: 'unknown' }
  | { kind: 'failed'; retryable: boolean; code: string; retryAfterSeconds?: number };

export type LookUpResult =
  | { kind: 'sent'; providerRef: string; status: StatusUpdate['status'] }
  | { kind: 'not_sent' }
  | { kind: 'unknown' };

export interface Channel {
  readonly name: string;
  readonly capabilities: Capabilities;
  send(line: OutboundLine): Promise<SendResult>;
  /** How long after an attempt of unknown fate lookUp may be trusted: the provider may still be taking the request up. Default 0. */
  readonly settleSeconds?: number;
  /** People are reached by their telephone number, so that one who has not written can be written to. Absent: they write first. */
  readonly takesNumbers?: true;
  /** So long after a person's last message any text may be sent, ms; then only approved templates. Absent: always. */
  readonly replyWindowMs?: number;
  /** Settle a send of unknown fate by listing what the provider has. */
  lookUp?(line: OutboundLine): Promise<LookUpResult>;
  /** Gets a person's file from the provider, for staff who want to see it. Absent where the provider keeps none. */
  fetchMedia?(file: MediaRef): Promise<FetchedMedia>;
  /**
   * Remove the provider's own copy of a message, inbound or outbound; of its files alone where the ref ends with MEDIA_COPY.
   * True when it is gone (or was never there).
   */
  eraseCopy?(providerRef: string): Promise<boolean>;
  /** What the provider keeps, to find what never reached us. Absent where it keeps nothing, or may not be asked. */
  readonly list?: ProviderList;
}

/** Where a provider keeps a file. */
export interface MediaRef {
  /** The provider's id of the message that it came with, and its place among the files of it. */
  message: string;
  index: number;
  /** Its address, as the provider named it; may be empty. */
  at: string;
}

/** `gone`: the provider has it no more. `refused`: it will not be fetched, `reason` is a sentence for staff. `failed`: try again later. */
export type FetchedMedia =
  | { kind: 'fetched'; bytes: Uint8Array }
  | { kind: 'gone' }
  | { kind: 'refused'; reason: string }
  | { kind: 'failed' };

/**
 * Both ways of one channel, as the provider has them, from `since` until before `until` (ms, the provider's clock; null for all).
 * Each rejects when it could not be read to its end: with channel.too_large when a shorter time may be read.
 */
export interface ProviderList {
  /** Names what is listed, such as our own numbers: under another name the work begins anew. */
  readonly source: string;
  /** What people sent, oldest first, each with `sentAt`. */
  inbound(since: number, until: number | null): Promise<InboundMessage[]>;
  /** What was sent to people from our own numbers. */
  outbound(since: number, until: number | null): Promise<SentCopy[]>;
}

/** A message that the provider took from us, or from somebody else who uses our number. */
export interface SentCopy {
  providerRef: string;
  to: Address;
  /** Ms, the provider's clock. */
  at: number;
}

/** Outcome of receive(): the message is in the inbox and the commit is on disk. */
export type Received = 'new' | 'duplicate';

/** A past message of a web conversation, for a client that reconnects. */
export interface HistoryLine {
  /** Grows by one a message within a conversation; the watermark. */
  sequence: number;
  lineId: string;
  from: 'person' | 'service' | 'staff';
  text: string;
  choices: { id: string; label: string }[];
  language: string;
  direction: 'ltr' | 'rtl';
  /** What the client called its own message, to match its echo. */
  clientId: string | null;
  /** Types of the files that came with it and that staff can see. */
  files?: string[];
  atMs: number;
}

/** Who answers in a conversation now. */
export interface ConversationState {
  owner: Owner;
  /** Place in line while a person is awaited, 1 for the next; null where none is known. */
  placeInLine: number | null;
}

/** What a channel is given. Supplied by app.ts; nothing else of the product is visible to a channel. */
export interface ChannelContext {
  /** Rejects with a retryable AppError (store.unavailable, store.full) when nothing was stored: answer 503. */
  receive(message: InboundMessage): Promise<Received>;
  receiveStatus(update: StatusUpdate): Promise<void>;
  /** Messages of the conversation of (channel, address) after a sequence number, oldest first. */
  history(channel: string, address: Address, afterSequence: number): Promise<HistoryLine[]>;
  /** Called after every commit that adds to that conversation; returns the unsubscribe function. */
  subscribe(channel: string, address: Address, onChange: () => void): () => void;
  /** Who answers in that conversation now, for clients that show it; null where nothing is known. */
  state?(channel: string, address: Address): Promise<ConversationState | null>;
  /** Public base URL without a trailing slash, as providers see it. */
  publicUrl: string;
  now(): number;
  log: Logger;
  count(metric: 'bad_signature' | 'bad_request' | 'unknown_recipient', channel: string): void;
  /** Key material for signing this channel's own tokens: HMAC key derived from the secret key for `purpose`. */
  deriveKey(purpose: string): Uint8Array;
  /** The same, newest first, for every secret key that was in use since `since` (ms): what an older one signed is still good. */
  deriveKeys(purpose: string, since: number): Uint8Array[];
}

/** Structured log without people: fields are ids, codes and counts. */
export interface Logger {
  info(fields: Record<string, string | number | boolean | null>, message: string): void;
  warn(fields: Record<string, string | number | boolean | null>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
}

/** What a check of `ventanilla doctor` is given. */
export interface CheckContext {
  /** Public base URL without a trailing slash, as providers see it. */
  publicUrl: string;
  now(): number;
}

/** One folder of channels/: what it needs, and what it makes when it has it. */
export interface ChannelModule {
  /** Folder name, for the start page. */
  readonly id: string;
  /** Human title: "SMS and WhatsApp (Twilio)". */
  readonly title: string;
  /** Names of missing settings; empty when the channel can run. Throws AppError settings.invalid on a wrong value. */
  missingSettings(env: Record<string, string | undefined>): string[];
  /** Names of all its settings, required or not, so that a misspelt one is found. */
  readonly settings?: readonly string[];
  /** Asks the provider whether all is well, for `ventanilla doctor`. Called only when nothing is missing; changes nothing. */
  check?(env: Record<string, string | undefined>, context: CheckContext): Promise<Finding[]>;
  /** Called only when nothing is missing. `routes` are mounted at the server's root. */
  open(env: Record<string, string | undefined>, context: ChannelContext): Promise<OpenChannel>;
}

export interface OpenChannel {
  channels: Channel[];
  routes: Hono | null;
  /** Who may call each of the routes, WebSockets included. A route that is missing here keeps the service from starting. */
  permissions?: RoutePermissions;
  /** WebSocket upgrades, where the channel has any: true when it took the socket. */
  upgrade?(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close?(): Promise<void>;
}
