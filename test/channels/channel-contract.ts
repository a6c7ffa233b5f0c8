// What every channel owes: parse, store, only then acknowledge; refuse what is forged; tell sent from failed from unknown;
// and never let a number or a word of a person into a log. Run by each channel's own test.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Channel, ChannelModule } from '../../src/channels/channel.ts';
import { InboundMessage, type Address } from '../../src/domain/message.ts';
import { outboundLine, startChannel, storeFull, type ChannelHost } from '../support/channel-host.ts';

/** One channel with its provider, both real as far as the wire tells. */
export interface ContractWorld {
  /** Settings with which the channel runs. */
  env: Record<string, string>;
  /** Name of the channel under test. */
  channel: string;
  to: Address;
  /** What must never be seen in a log: the sender's address as the provider writes it. */
  secret: string;
  inbound: {
    genuine(url: string, message: { id: string; text: string }): Promise<Response>;
    forged(url: string): Promise<Response>;
    /** Genuine, but without a required field. */
    malformed(url: string): Promise<Response>;
    missingField: string;
    /** Genuine and larger than 64 kB. */
    huge(url: string): Promise<Response>;
  };
  provider: {
    /** Texts that the provider has, oldest first. */
    texts(): string[];
    refuseNext(status: number, retryAfter?: string): void;
    /** Cuts the connection after the next request was read; `taken`: the provider has the message all the same. */
    cutNext(taken: boolean): void;
    close(): Promise<void>;
  };
  close(): Promise<void>;
}

export interface ContractSubject {
  module: ChannelModule;
  /** Settings without which the channel is off. */
  required: string[];
  /** One setting with a value that cannot be right. */
  wrong: Record<string, string>;
  start(): Promise<ContractWorld>;
}

const WORDS = 'Me quitaron el pasaporte en la finca';

/** Registers the contract's tests for one channel. */
export function describeChannelContract(name: string, subject: ContractSubject): void {
  describe(`${name} keeps the channel contract`, () => {
    let world: ContractWorld;
    let host: ChannelHost;
    let channel: Channel;

    beforeEach(async () => {
      world = await subject.start();
      host = await startChannel(subject.module, world.env);
      channel = host.open.channels.find((one) => one.name === world.channel) as Channel;
    });
    afterEach(async () => {
      await host.close();
      await world.close();
    });

    describeSettings(subject, () => world);
    describeInbound(
      () => world,
      () => host,
    );
    describeOutbound(
      () => world,
      () => channel,
      () => host,
    );
  });
}

function describeSettings(subject: ContractSubject, world: () => ContractWorld): void {
  it('names every setting that it misses, and none once it has them', () => {
    expect(
      subject.module
        .missingSettings({})
        .join(' ')
        .split(/ or | /),
    ).toEqual(expect.arrayContaining(subject.required));
    expect(subject.module.missingSettings(world().env)).toEqual([]);
  });
  it('names a setting that is wrong, without its value', () => {
    const [setting, value] = Object.entries(subject.wrong)[0] ?? ['', ''];
    const check = (): string[] => subject.module.missingSettings({ ...world().env, ...subject.wrong });
    expect(check).toThrow(expect.objectContaining({ code: 'settings.invalid' }));
    expect(check).toThrow(setting);
    expect(check).not.toThrow(value);
  });
}

function describeInbound(world: () => ContractWorld, host: () => ChannelHost): void {
  it('hands over a message that fits the schema, with the sender first', async () => {
    const answer = await world().inbound.genuine(host().url, { id: 'a1', text: 'hola' });
    expect(answer.status).toBe(200);
    expect(host().received).toHaveLength(1);
    expect(() => InboundMessage.parse(host().received[0])).not.toThrow();
    expect(host().received[0]).toMatchObject({ channel: world().channel, text: 'hola', opened: false });
    expect(host().received[0]?.from[0]).toEqual(world().to);
  });
  it('acknowledges only after the message is stored', async () => {
    const release = host().hold();
    let answered = false;
    const answer = world()
      .inbound.genuine(host().url, { id: 'a2', text: 'hola' })
      .finally(() => (answered = true));
    await new Promise((done) => setTimeout(done, 50));
    expect(answered).toBe(false);
    release();
    expect((await answer).status).toBe(200);
  });
  it('answers a repeated message like the first, under the same id', async () => {
    const answers = [];
    for (let i = 0; i < 3; i += 1) answers.push((await world().inbound.genuine(host().url, { id: 'a3', text: 'hola' })).status);
    expect(answers).toEqual([200, 200, 200]);
    expect(host().received).toHaveLength(1);
  });
  it('answers 503 with Retry-After while nothing can be stored, and 500 to a fault; never 200', async () => {
    host().refuse(storeFull());
    const full = await world().inbound.genuine(host().url, { id: 'a4', text: 'hola' });
    expect([full.status, full.headers.get('retry-after')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
    host().refuse(new Error('a fault'));
    expect((await world().inbound.genuine(host().url, { id: 'a5', text: 'hola' })).status).toBe(500);
    expect(host().received).toEqual([]);
  });
  it('refuses a forged request with 403, stores nothing and counts it', async () => {
    expect((await world().inbound.forged(host().url)).status).toBe(403);
    expect(host().received).toEqual([]);
    expect(host().counted).toEqual([expect.stringMatching(/^bad_signature /)]);
  });
  it('names the missing field of a malformed request with 400', async () => {
    const answer = await world().inbound.malformed(host().url);
    expect(answer.status).toBe(400);
    expect(await answer.text()).toContain(world().inbound.missingField);
    expect(host().received).toEqual([]);
  });
  it('refuses a body over 64 kB with 413', async () => {
    expect((await world().inbound.huge(host().url)).status).toBe(413);
    expect(host().received).toEqual([]);
  });
  it('logs nothing of a person, whatever goes wrong', async () => {
    await world().inbound.genuine(host().url, { id: 'b1', text: WORDS });
    host().refuse(new Error('a fault'));
    await world().inbound.genuine(host().url, { id: 'b2', text: WORDS });
    await world().inbound.forged(host().url);
    await world().inbound.malformed(host().url);
    expect(host().logged()).not.toContain(WORDS);
    expect(host().logged()).not.toContain(world().secret);
  });
}

function describeOutbound(world: () => ContractWorld, channel: () => Channel, host: () => ChannelHost): void {
  const send = (text = WORDS) => channel().send(outboundLine(world().to, { text }));

  it('sends the text exactly as it stands', async () => {
    const text = 'Sí: 1. Salud — “hoy”\n2. ⁦+34 900⁩ 🙂';
    expect(await send(text)).toEqual({ kind: 'sent', providerRef: expect.any(String) });
    expect(world().provider.texts()).toEqual([text]);
  });
  it('waits as long as a busy provider asks', async () => {
    world().provider.refuseNext(429, '7');
    expect(await send()).toMatchObject({ kind: 'failed', retryable: true, retryAfterSeconds: 7 });
    world().provider.refuseNext(503);
    expect(await send()).toMatchObject({ kind: 'failed', retryable: true });
    expect(world().provider.texts()).toEqual([]);
  });
  it('does not repeat by itself what failed', async () => {
    world().provider.refuseNext(500);
    expect(await send('uno')).toMatchObject({ kind: 'failed', retryable: true });
    expect(await send('dos')).toMatchObject({ kind: 'sent' });
    expect(world().provider.texts()).toEqual(['dos']);
  });
  it('gives up what the provider will never take', async () => {
    world().provider.refuseNext(400);
    expect(await send()).toMatchObject({ kind: 'failed', retryable: false, code: 'http_400' });
  });
  it('calls a send unknown when the connection was cut after the request, taken or not, and never repeats it', async () => {
    world().provider.cutNext(true);
    expect(await send('uno')).toEqual({ kind: 'unknown' });
    world().provider.cutNext(false);
    expect(await send('dos')).toEqual({ kind: 'unknown' });
    expect(world().provider.texts()).toEqual(['uno']);
  });
  it('may try again when there was no connection at all', async () => {
    await world().provider.close();
    expect(await send()).toMatchObject({ kind: 'failed', retryable: true });
  });
  it('keeps words and addresses out of the log when sending fails', async () => {
    world().provider.refuseNext(400);
    await send();
    world().provider.cutNext(false);
    await send();
    expect(host().logged()).not.toContain(WORDS);
    expect(host().logged()).not.toContain(world().secret);
  });
}
