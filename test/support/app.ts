// A whole hotline for tests: the real app on a real store, with a channel that keeps what it was told to send.
// `const maria = hotline.person(); await maria.send('hola'); maria.expect(/.../)` reads like a transcript.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';
import { openApp, projectFolder, type App, type AppOptions } from '../../src/app.ts';
import type { ChannelModule, LookUpResult, OutboundLine, SendResult } from '../../src/channels/channel.ts';
import type { Capabilities } from '../../src/domain/capabilities.ts';
import type { Address } from '../../src/domain/message.ts';
import { inboxDepth } from '../../src/store/inbox.ts';
import { queueDepth } from '../../src/store/outbox.ts';
import { openLog } from '../../src/util/log.ts';
import type { Place } from './places.ts';

/** Monday morning in Madrid: the desk is open. */
export const MONDAY = Date.parse('2026-11-23T10:00:00Z');

const PLAIN: Capabilities = { maxChars: 4096, buttons: null, list: null, smsSegments: false, segmentsPerSecond: null };

export interface TestHotline {
  app: App;
  folder: string;
  /** Everything that was sent over the test channel, oldest first. */
  sent: OutboundLine[];
  logs: string[];
  /** Moves the clock. */
  pass(ms: number): void;
  now(): number;
  person(address?: Address): Person;
  /** Resolves when every acknowledged message is answered and sent. */
  settle(): Promise<void>;
  close(): Promise<void>;
}

export interface Person {
  address: Address;
  /** Sends a message and waits for whatever comes back. Returns the new texts. */
  send(
    text: string,
    extra?: { payload?: string; media?: boolean; externalId?: string; optOut?: 'stop' | 'start' | 'help' },
  ): Promise<string[]>;
  /** Texts that came since the last send. */
  heard(): string[];
  expect(pattern: RegExp | string): void;
}

export interface TestOptions extends Partial<AppOptions> {
  /** What the test channel answers to a send; sent by default. */
  onSend?: (line: OutboundLine) => SendResult | Promise<SendResult>;
  /** What it answers when it is asked what became of a line; it cannot be asked unless told otherwise. */
  onLookUp?: (line: OutboundLine) => LookUpResult;
  settleSeconds?: number;
  capabilities?: Partial<Capabilities>;
  /** Name of the test channel: texts have variants by channel. */
  channel?: string;
  /** Reuse the data of an earlier hotline. */
  dataDir?: string;
  /** Where the data is: a place of its own on SQLite unless told otherwise. Whoever made it drops it. */
  place?: Place;
  at?: number;
}

/** Opens a hotline on a fresh SQLite store, or at `place`. */
export async function openHotline(options: TestOptions = {}): Promise<TestHotline> {
  const folder = options.place?.folder ?? options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'ventanilla-'));
  const channel = options.channel ?? 'test';
  const sent: OutboundLine[] = [];
  const logs: string[] = [];
  let now = options.at ?? MONDAY;
  const module: ChannelModule = {
    id: 'test',
    title: 'Test channel',
    missingSettings: () => [],
    open: () =>
      Promise.resolve({
        channels: [
          {
            name: channel,
            capabilities: { ...PLAIN, ...options.capabilities },
            ...(options.settleSeconds === undefined ? {} : { settleSeconds: options.settleSeconds }),
            ...(options.onLookUp
              ? { lookUp: (line: OutboundLine) => Promise.resolve(options.onLookUp?.(line) ?? { kind: 'unknown' }) }
              : {}),
            async send(line) {
              const result = (await options.onSend?.(line)) ?? { kind: 'sent' as const, providerRef: `ref-${line.id}` };
              if (result.kind === 'sent') sent.push(line);
              return result;
            },
          },
        ],
        routes: null,
      }),
  };
  const app = await openApp({
    folder: options.folder ?? projectFolder,
    environment: { DATA_DIR: folder, LOG_LEVEL: 'info', PORT: '0', ...options.place?.environment, ...options.environment },
    clock: options.clock ?? (() => now),
    steady: options.steady ?? (() => now),
    ...(options.sendLeaseMs === undefined ? {} : { sendLeaseMs: options.sendLeaseMs }),
    log: options.log ?? openLog('info', { write: (line: string) => void logs.push(line) }),
    modules: [module, ...(options.modules ?? [])],
    ...(options.surface ? { surface: options.surface } : {}),
  });
  const settle = async (): Promise<void> => {
    const giveUp = performance.now() + 30_000;
    while (performance.now() < giveUp) {
      // In this order: once the inbox is empty, what its turns queued is visible to the next look.
      const inbox = await app.store.read((reader) => inboxDepth(reader));
      const outbox = inbox === 0 ? await app.store.read((reader) => queueDepth(reader, now)) : 1;
      if (inbox === 0 && outbox === 0) return;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    throw new Error('The hotline did not settle.');
  };
  const hotline: TestHotline = {
    app,
    folder,
    sent,
    logs,
    pass: (ms) => void (now += ms),
    now: options.clock ?? (() => now),
    settle,
    person: (address = { kind: 'phone', value: `+3460000${String(++people).padStart(4, '0')}` }) => openPerson(hotline, channel, address),
    async close() {
      await app.close();
      if (!options.dataDir && !options.place) rmSync(folder, { recursive: true, force: true });
    },
  };
  return hotline;
}

let people = 0;
let messages = 0;

function openPerson(hotline: TestHotline, channel: string, address: Address): Person {
  let from = hotline.sent.length;
  const heard = (): string[] =>
    hotline.sent
      .slice(from)
      .filter((line) => line.to.value === address.value)
      .map((line) => line.message.text);
  return {
    address,
    heard,
    async send(text, extra = {}) {
      from = hotline.sent.length;
      const { media = false, externalId = `m${++messages}`, ...rest } = extra;
      await hotline.app.service.context.receive({
        channel,
        externalId,
        from: [address],
        text,
        media: media ? [{ contentType: 'audio/ogg', providerRef: 'x' }] : [],
        opened: false,
        receivedAt: hotline.now(),
        ...rest,
      });
      await hotline.settle();
      return heard();
    },
    expect(pattern) {
      if (typeof pattern === 'string') expect(heard().join('\n\n')).toContain(pattern);
      else expect(heard().join('\n\n')).toMatch(pattern);
    },
  };
}
