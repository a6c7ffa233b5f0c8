// The clocks of running services leap up to two hours, to and fro, each for itself, while people write, lines are sent and
// reminders come due. Everything must be said once, in its order: leases and timers are taken by rows, never by the time alone.
import path from 'node:path';
import type { LookUpResult, OutboundLine, SendResult } from '../../../src/channels/channel.ts';
import type { Address } from '../../../src/domain/message.ts';
import { findConversation } from '../../../src/store/conversations.ts';
import { addTimer } from '../../../src/store/timers.ts';
import { openHotline, type TestHotline } from '../../support/app.ts';
import { makePlace } from '../../support/places.ts';
import { outcome, type Guarantee } from '../guarantee.ts';
import { heardNumber, writeEchoContent } from '../support/echo-content.ts';
import { untilTrue } from '../support/until-true.ts';

const LEAP_MS = 2 * 3_600_000;
const LEAP_EVERY_MS = 25;
const WRITERS = 8;
const MESSAGES = 4;
const SEND_LEASE_MS = 3000;
const SETTLE_SECONDS = 0.5;
/** Longest time that the provider takes for a line. */
const SEND_MS = 30;
const SETTLED_MS = 60_000;

export const clockJumps: Guarantee = {
  id: 'clock-jumps',
  says: 'the clock may jump',
  wanted: '1,000 jumps of up to ±2 h on running services: 0 double timers, 0 double sends, 0 out of order, 0 lost',
  stores: ['sqlite', 'postgres'],
  async run({ store, times, progress }) {
    const jumps = times(1000, 24);
    const place = await makePlace(store);
    writeEchoContent(path.join(place.folder, 'content'));
    const provider = createProvider();
    const nodes = await openNodes(place, store === 'postgres' ? 2 : 1, provider);

    const talk = startTalking(nodes);
    for (let jump = 0; jump < jumps; jump++) {
      await sleep(LEAP_EVERY_MS);
      const node = anyOf(nodes);
      node.leap = (Math.random() * 2 - 1) * LEAP_MS;
      if (jump % 100 === 99) progress(`${jump + 1} of ${jumps} jumps, ${provider.taken.length} lines sent`);
    }
    const people = await talk.stop();
    // By now every reminder is due, on the way there or at the end.
    for (const node of nodes) node.leap = LEAP_MS;
    const wanted = people.reduce((sum, { messages }) => sum + messages + 1, 0);
    await untilTrue(() => provider.taken.length >= wanted, SETTLED_MS);
    await sleep(SEND_LEASE_MS);
    for (const node of nodes) await node.hotline.close();
    await place.drop();

    const { reminders, lost, doubled, inversions } = compare(people, provider.taken);
    return outcome(
      reminders.more + reminders.none + lost + doubled + inversions === 0,
      `${jumps} jumps, ${people.length} reminders (${reminders.more} sent twice, ${reminders.none} not), ${provider.taken.length} lines ` +
        `(${doubled} sent twice, ${inversions} out of order, ${lost} lost), ${provider.lookedUp} looked up`,
    );
  },
};

interface Provider {
  /** In the order in which it took them. */
  taken: OutboundLine[];
  lookedUp: number;
  send(line: OutboundLine): Promise<SendResult>;
  lookUp(line: OutboundLine): LookUpResult;
}

/** Lists what it has taken, and takes its time before. */
function createProvider(): Provider {
  const refs = new Map<string, string>();
  const provider: Provider = {
    taken: [],
    lookedUp: 0,
    async send(line) {
      await sleep(Math.random() * SEND_MS);
      provider.taken.push(line);
      refs.set(line.id, `ref-${provider.taken.length}`);
      return { kind: 'sent', providerRef: refs.get(line.id) ?? null };
    },
    lookUp(line) {
      provider.lookedUp += 1;
      const providerRef = refs.get(line.id);
      return providerRef === undefined ? { kind: 'not_sent' } : { kind: 'sent', providerRef, status: 'sent' };
    },
  };
  return provider;
}

interface Node {
  hotline: TestHotline;
  /** What its clock is ahead of the true time, ms. */
  leap: number;
}

async function openNodes(place: Awaited<ReturnType<typeof makePlace>>, count: number, provider: Provider): Promise<Node[]> {
  const nodes: Node[] = [];
  for (let index = 0; index < count; index++) {
    const state = { leap: 0 };
    const hotline = await openHotline({
      place,
      folder: path.join(place.folder, 'content'),
      clock: () => Math.round(Date.now() + state.leap),
      steady: () => performance.now(),
      sendLeaseMs: SEND_LEASE_MS,
      settleSeconds: SETTLE_SECONDS,
      onSend: provider.send,
      onLookUp: provider.lookUp,
    });
    nodes.push(Object.assign(state, { hotline }));
  }
  return nodes;
}

interface Talker {
  address: Address;
  messages: number;
}

/** People who write one message after the other, to either node, and ask once to be reminded within two hours. */
function startTalking(nodes: Node[]): { stop(): Promise<Talker[]> } {
  const state = { stopped: false };
  const people: Talker[] = [];
  const writers = Array.from({ length: WRITERS }, async () => {
    while (!state.stopped) {
      const talker: Talker = { address: { kind: 'phone', value: `+3464${String(people.length).padStart(7, '0')}` }, messages: 0 };
      people.push(talker);
      for (let number = 0; number < MESSAGES; number++) {
        await write(anyOf(nodes).hotline, talker.address, number);
        talker.messages += 1;
        if (number === 0) await remind(anyOf(nodes).hotline, talker.address);
        await sleep(Math.random() * 50);
      }
    }
  });
  return {
    async stop() {
      state.stopped = true;
      await Promise.all(writers);
      return people;
    },
  };
}

async function write({ app }: TestHotline, address: Address, number: number): Promise<void> {
  await app.service.context.receive({
    channel: 'test',
    externalId: `${address.value}-${number}`,
    from: [address],
    text: number === 0 ? 'hello' : `message ${number}`,
    media: [],
    opened: false,
    receivedAt: app.service.services.clock(),
  });
}

async function remind({ app }: TestHotline, address: Address): Promise<void> {
  const conversation = await app.store.read((reader) => findConversation(reader, 'test', address));
  if (!conversation) throw new Error('The person has no conversation.');
  const dueAt = Math.round(Date.now() + Math.random() * LEAP_MS);
  const payload = JSON.stringify({ text: { literal: 'Reminder.' } });
  await app.store.transaction((tx) =>
    addTimer(tx, { id: `reminder ${address.value}`, conversationId: conversation.id, kind: 'remind', epoch: 0, token: 0, dueAt, payload }),
  );
}

function compare(people: Talker[], taken: OutboundLine[]) {
  const reminders = { none: 0, more: 0 };
  let [lost, inversions] = [0, 0];
  const heardBy = new Map<string, string[]>();
  for (const { to, message } of taken) heardBy.set(to.value, [...(heardBy.get(to.value) ?? []), message.text]);
  for (const { address, messages } of people) {
    const heard = heardBy.get(address.value) ?? [];
    const reminded = heard.filter((text) => text === 'Reminder.').length;
    if (reminded === 0) reminders.none += 1;
    if (reminded > 1) reminders.more += 1;
    const numbers = heard.filter((text) => text !== 'Reminder.').map((text) => heardNumber(text) ?? 0);
    lost += messages - new Set(numbers).size;
    inversions += numbers.filter((number, index) => index > 0 && number < (numbers[index - 1] ?? number)).length;
  }
  return { reminders, lost, inversions, doubled: taken.length - new Set(taken.map(({ id }) => id)).size };
}

const anyOf = <T>(list: T[]): T => list[Math.floor(Math.random() * list.length)] as T;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
