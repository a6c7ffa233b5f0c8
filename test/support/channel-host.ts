// A channel on a real HTTP server, with everything it is given recorded instead of stored. Used by the tests of channels.
import { createHmac } from 'node:crypto';
import type { ChannelContext, ChannelModule, OpenChannel, OutboundLine } from '../../src/channels/channel.ts';
import { AppError } from '../../src/domain/errors.ts';
import { InboundMessage, type Address, type OutboundMessage, type StatusUpdate } from '../../src/domain/message.ts';
import { createHttpApp, listen } from '../../src/http/server.ts';

export interface ChannelHost {
  url: string;
  open: OpenChannel;
  /** Messages received, without duplicates. */
  received: InboundMessage[];
  statuses: StatusUpdate[];
  /** `<metric> <channel>` for everything counted. */
  counted: string[];
  /** Everything that was logged, as one text. */
  logged(): string;
  /** While set, nothing can be stored and this is why. */
  refuse(error: Error | null): void;
  /** Holds every receive() back until the returned function is called. */
  hold(): () => void;
  close(): Promise<void>;
}

/** What the store says when its disk is full. */
export const storeFull = (): AppError => new AppError('store.full', 'The disk is full.', { retryable: true });

/** Opens a module's channels behind the product's own HTTP server. */
export async function startChannel(module: ChannelModule, env: Record<string, string>): Promise<ChannelHost> {
  const received: InboundMessage[] = [];
  const statuses: StatusUpdate[] = [];
  const counted: string[] = [];
  const logs: string[] = [];
  let refusal: Error | null = null;
  let gate: Promise<void> = Promise.resolve();
  const record = (fields: Record<string, unknown>, message: string): void => void logs.push(`${describe(fields)} ${message}`);

  const context: ChannelContext = {
    async receive(message) {
      await gate;
      if (refusal !== null) throw refusal;
      const parsed = InboundMessage.parse(message);
      const known = received.some((other) => other.channel === parsed.channel && other.externalId === parsed.externalId);
      if (!known) received.push(parsed);
      return known ? 'duplicate' : 'new';
    },
    receiveStatus(update) {
      if (refusal !== null) return Promise.reject(refusal);
      statuses.push(update);
      return Promise.resolve();
    },
    history: () => Promise.resolve([]),
    subscribe: () => () => {},
    publicUrl: '',
    now: () => Date.now(),
    log: { info: record, warn: record, error: record },
    count: (metric, channel) => void counted.push(`${metric} ${channel}`),
    deriveKey: (purpose) => createHmac('sha256', 'a secret key of the tests').update(purpose).digest(),
    deriveKeys: (purpose) => [createHmac('sha256', 'a secret key of the tests').update(purpose).digest()],
  };

  const open = await module.open(env, context);
  const running = await listen(
    createHttpApp({ routes: [], channels: [open], log: { info: record, warn: record, error: record } }),
    [open],
    0,
    '127.0.0.1',
  );
  const url = `http://127.0.0.1:${running.port}`;
  context.publicUrl = url;
  return {
    url,
    open,
    received,
    statuses,
    counted,
    logged: () => logs.join('\n'),
    refuse: (error) => void (refusal = error),
    hold() {
      let release = (): void => {};
      gate = new Promise((done) => (release = done));
      return release;
    },
    async close() {
      await open.close?.();
      await running.close();
    },
  };
}

/** Fields with errors written out in full, so that a number or a text in any of them is seen. */
function describe(fields: Record<string, unknown>): string {
  return JSON.stringify(fields, (_name, value: unknown) => (value instanceof Error ? [value.message, value.stack, value.cause] : value));
}

/** A line to send; the text is its only content unless told otherwise. */
export function outboundLine(
  to: Address,
  message: Partial<OutboundMessage> & { text: string },
  line: Partial<OutboundLine> = {},
): OutboundLine {
  return {
    id: 'line_1-abc',
    conversationId: 'conversation-1',
    to,
    message: { choices: [], layout: 'text', language: 'es', direction: 'ltr', segments: 1, ...message },
    createdAt: Date.now(),
    attempts: 0,
    ...line,
  };
}
