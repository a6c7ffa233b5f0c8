// The outbox hands out lines in order, to one sender at a time, never after a take-over, never twice when in doubt.
import { expect, it } from 'vitest';
import { changeOwner } from '../../src/store/conversations.ts';
import { listMessages } from '../../src/store/messages.ts';
import { addLine, claimLines, markFailed, markRetry, markSent, markUnknown, queueAge, queueDepth } from '../../src/store/outbox.ts';
import type { Conversation } from '../../src/store/records.ts';
import type { Store } from '../../src/store/store.ts';
import { stores, type TestStore } from '../support/stores.ts';
import { arrive, inbound, NUMBER, outbound, phone, queue } from './fixtures.ts';

const LEASE = 60_000;

function claim({ store, now }: Pick<TestStore, 'store' | 'now'>, limit = 10) {
  return store.transaction((tx) => claimLines(tx, { channel: 'sms', limit, now: now(), leaseMs: LEASE }));
}

async function statuses(store: Store, conversation: Conversation): Promise<(string | null)[]> {
  return (await store.read((reader) => listMessages(reader, conversation.id, 0)))
    .filter((message) => message.from !== 'person')
    .map((message) => message.status);
}

stores('the outbox', (open) => {
  it('hands out the oldest line of each conversation, and the next one only when that is done', async () => {
    const test = await open();
    const { store } = test;
    const maria = await arrive(store, inbound('1', 'hola'));
    const ana = await arrive(store, inbound('2', 'hola', { from: [phone('+34600000002')] }));
    await store.transaction(async (tx) => {
      await queue(tx, maria, 'm1');
      await queue(tx, maria, 'm2');
      await queue(tx, ana, 'a1');
    });
    const first = await claim(test);
    expect(first.map((line) => line.message.text)).toEqual(['m1', 'a1']);
    expect(first[0]).toMatchObject({
      to: phone(NUMBER),
      attempts: 0,
      unknown: false,
      conversationId: maria.id,
      contactId: maria.contactId,
    });
    expect(await claim(test)).toEqual([]);
    await store.transaction((tx) => markSent(tx, first[0]?.id ?? '', 'SM1'));
    expect((await claim(test)).map((line) => line.message.text)).toEqual(['m2']);
    expect(await statuses(store, maria)).toEqual(['sent', 'queued']);
  });

  it('lets an emergency overtake everything, even a line that is being sent', async () => {
    const test = await open();
    const maria = await arrive(test.store, inbound('1', 'hola'));
    await test.store.transaction((tx) => queue(tx, maria, 'first'));
    await claim(test);
    await test.store.transaction(async (tx) => {
      await queue(tx, maria, 'second');
      await queue(tx, maria, 'call for help', { kind: 'system', emergency: true });
    });
    expect((await claim(test)).map((line) => [line.message.text, line.emergency])).toEqual([['call for help', true]]);
  });

  it('calls a line of unknown fate when its sender was not heard of within the lease', async () => {
    const test = await open();
    const maria = await arrive(test.store, inbound('1', 'hola'));
    const id = await test.store.transaction((tx) => queue(tx, maria, 'once'));
    await claim(test);
    test.pass(LEASE - 1);
    expect(await claim(test)).toEqual([]);
    test.pass(1);
    expect(await claim(test)).toMatchObject([{ id, unknown: true, attempts: 1 }]);
  });

  it('returns a line of unknown fate for look-up only, at its time', async () => {
    const test = await open();
    const { store } = test;
    const maria = await arrive(store, inbound('1', 'hola'));
    const id = await store.transaction((tx) => queue(tx, maria, 'once'));
    await claim(test);
    await store.transaction((tx) => markUnknown(tx, id, test.now() + 5000));
    expect(await claim(test)).toEqual([]);
    test.pass(5000);
    expect(await claim(test)).toMatchObject([{ id, unknown: true }]);
    await store.transaction((tx) => markRetry(tx, id, test.now(), 'not_sent'));
    expect(await claim(test)).toMatchObject([{ id, unknown: false, attempts: 1 }]);
  });

  it('keeps the order while a line waits to be tried again', async () => {
    const test = await open();
    const { store } = test;
    const maria = await arrive(store, inbound('1', 'hola'));
    const [first] = await store.transaction(async (tx) => [await queue(tx, maria, '1'), await queue(tx, maria, '2')]);
    await claim(test);
    await store.transaction((tx) => markRetry(tx, first ?? '', test.now() + 2000, '20429'));
    expect(await claim(test)).toEqual([]);
    test.pass(2000);
    expect((await claim(test)).map((line) => line.message.text)).toEqual(['1']);
    await store.transaction((tx) => markFailed(tx, first ?? '', '21211'));
    expect((await claim(test)).map((line) => line.message.text)).toEqual(['2']);
    expect(await statuses(store, maria)).toEqual(['failed', 'queued']);
  });

  it('cancels what the flow has queued when somebody takes over, and nothing else', async () => {
    const test = await open();
    const { store } = test;
    const maria = await arrive(store, inbound('1', 'hola'));
    await store.transaction(async (tx) => {
      await queue(tx, maria, 'from the flow');
      await queue(tx, maria, 'from the system', { kind: 'system' });
    });
    expect(await store.transaction((tx) => changeOwner(tx, maria.id, { fromEpoch: 0, owner: 'staff', assignee: 'ana' }))).toBe(1);
    expect((await claim(test)).map((line) => line.message.text)).toEqual(['from the system']);
    expect(await statuses(store, maria)).toEqual(['cancelled', 'queued']);
  });

  it('cancels a stale line when it is met, however it came there, and goes on to the next', async () => {
    const test = await open();
    const { store } = test;
    const maria = await arrive(store, inbound('1', 'hola'));
    await store.transaction((tx) => changeOwner(tx, maria.id, { fromEpoch: 0, owner: 'queue', assignee: null }));
    await store.transaction(async (tx) => {
      await queue(tx, maria, 'written under the old epoch');
      await queue(tx, { ...maria, epoch: 1 }, 'written under the new one');
    });
    expect((await claim(test)).map((line) => line.message.text)).toEqual(['written under the new one']);
    expect(await statuses(store, maria)).toEqual(['cancelled', 'queued']);
  });

  it('claims no line of the flow after a take-over is committed, and no line twice, whoever races', async () => {
    const test = await open();
    const { store, again } = test;
    const other = await again();
    const people = await Promise.all(
      Array.from({ length: 20 }, (_, index) => arrive(store, inbound(`${index}`, 'hola', { from: [phone(`+3460000${index}`)] }))),
    );
    await store.transaction(async (tx) => {
      for (const person of people) await queue(tx, person, 'from the flow');
    });
    let tick = 0;
    const takenAt = new Map<string, number>();
    const claimed: { id: string; conversationId: string; at: number }[] = [];
    const take = (person: Conversation) =>
      other
        .transaction((tx) => changeOwner(tx, person.id, { fromEpoch: 0, owner: 'staff', assignee: 'ana' }))
        .then(() => takenAt.set(person.id, ++tick));
    const send = async (mine: Store) => {
      const before = ++tick;
      for (const line of await claim({ store: mine, now: test.now }, 3))
        claimed.push({ id: line.id, conversationId: line.conversationId, at: before });
    };
    await Promise.all(people.flatMap((person, index) => [take(person), send(index % 2 ? store : other)]));
    expect(new Set(claimed.map((line) => line.id)).size).toBe(claimed.length);
    expect(claimed.filter((line) => line.at > (takenAt.get(line.conversationId) ?? Number.POSITIVE_INFINITY))).toEqual([]);
  });

  it('gives each line to one of many senders', async () => {
    const test = await open();
    const other = await test.again();
    const people = await Promise.all(
      Array.from({ length: 12 }, (_, index) => arrive(test.store, inbound(`${index}`, 'hola', { from: [phone(`+3460000${index}`)] }))),
    );
    await test.store.transaction(async (tx) => {
      for (const person of people) for (const text of ['1', '2', '3']) await queue(tx, person, text);
    });
    const heard = new Map<string, string[]>();
    const sender = async (mine: Store): Promise<void> => {
      while ((await mine.read((reader) => queueDepth(reader, test.now()))) > 0) {
        for (const line of await claim({ store: mine, now: test.now }, 4)) {
          heard.set(line.conversationId, [...(heard.get(line.conversationId) ?? []), line.message.text]);
          await mine.transaction((tx) => markSent(tx, line.id, null));
        }
      }
    };
    await Promise.all([sender(test.store), sender(other), sender(other)]);
    expect([...heard.values()]).toEqual(people.map(() => ['1', '2', '3']));
  });

  it('sends a farewell to a person who is gone, under a key that goes with it', async () => {
    const test = await open();
    const { store } = test;
    const farewell = {
      id: 'farewell-1',
      conversationId: 'gone',
      contactId: 'gone',
      channel: 'sms',
      kind: 'system' as const,
      epoch: 3,
      message: outbound('Borrado.'),
      createdAt: test.now(),
      emergency: false,
    };
    await store.transaction((tx) => addLine(tx, { ...farewell, retention: 'farewell', to: phone(NUMBER) }));
    expect(await claim(test)).toMatchObject([{ id: 'farewell-1', to: phone(NUMBER), contactId: '', message: { text: 'Borrado.' } }]);
    const keys = () => store.vault.keys.all().then((rows) => rows.filter((row) => row.owner === 'farewell-1').length);
    expect(await keys()).toBe(1);
    await store.transaction((tx) => markSent(tx, 'farewell-1', 'SM9'));
    expect(await keys()).toBe(0);
  });

  it('tells how long the oldest due line waits', async () => {
    const test = await open();
    const maria = await arrive(test.store, inbound('1', 'hola'));
    expect(await test.store.read((reader) => queueAge(reader, test.now()))).toBe(0);
    await test.store.transaction((tx) => queue(tx, maria, 'waiting'));
    test.pass(7000);
    expect(await test.store.read((reader) => queueAge(reader, test.now()))).toBe(7000);
  });
});
