// People are found by any of their addresses; each has one conversation a channel, and one owner at a time.
import { expect, it } from 'vitest';
import { replyAddress, resolveContact } from '../../src/store/contacts.ts';
import { changeOwner, findConversation, lockConversation, resolveConversation, saveConversation } from '../../src/store/conversations.ts';
import { receiveBatch } from '../../src/store/receive-batch.ts';
import { deleteSession, loadSession, saveSession } from '../../src/store/sessions.ts';
import { stores } from '../support/stores.ts';
import { arrive, inbound, NUMBER, phone, session } from './fixtures.ts';

const BSUID = { kind: 'bsuid' as const, value: 'ES.13491208655302741918' };

stores('contacts', (open) => {
  it('are found by any of their addresses, and learn new ones', async () => {
    const { store, now } = await open();
    const resolve = (channel: string, ...addresses: Parameters<typeof resolveContact>[2]) =>
      store.transaction((tx) => resolveContact(tx, channel, addresses, now()));
    const first = await resolve('whatsapp', phone(NUMBER));
    expect(first.created).toBe(true);
    expect(await resolve('whatsapp', phone(NUMBER), BSUID)).toMatchObject({ contactId: first.contactId, created: false });
    expect(await resolve('whatsapp', BSUID)).toMatchObject({ contactId: first.contactId, created: false });
  });

  it('are one person by phone on every channel, but another’s user id elsewhere is somebody else', async () => {
    const { store, now } = await open();
    const resolve = async (channel: string, kind: 'phone' | 'user', value: string) =>
      (await store.transaction((tx) => resolveContact(tx, channel, [{ kind, value }], now()))).contactId;
    expect(await resolve('sms', 'phone', NUMBER)).toBe(await resolve('whatsapp', 'phone', NUMBER));
    expect(await resolve('web', 'user', 'u1')).not.toBe(await resolve('botframework', 'user', 'u1'));
  });

  it('are not merged when one message names two of them', async () => {
    const { store, now } = await open();
    const resolve = (...addresses: Parameters<typeof resolveContact>[2]) =>
      store.transaction((tx) => resolveContact(tx, 'whatsapp', addresses, now()));
    const one = await resolve(phone(NUMBER));
    const two = await resolve(BSUID);
    expect((await resolve(BSUID, phone(NUMBER))).contactId).toBe(two.contactId);
    expect((await resolve(phone(NUMBER), BSUID)).contactId).toBe(one.contactId);
  });

  it('are made once when many messages of a new person come at the same time', async () => {
    const { store, again } = await open();
    const other = await again();
    await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        (index % 2 ? store : other).transaction((tx) => receiveBatch(tx, [inbound(`${index}`, 'hola')])),
      ),
    );
    const count = (table: 'contacts' | 'addresses' | 'conversations') =>
      store.read((reader) => reader.db.selectFrom(table).selectAll().execute()).then((rows) => rows.length);
    expect([await count('contacts'), await count('addresses'), await count('conversations')]).toEqual([1, 1, 1]);
  });

  it('are answered at the address they wrote from last', async () => {
    const { store, now } = await open();
    const maria = await arrive(store, inbound('1', 'hola', { channel: 'whatsapp', from: [phone(NUMBER)] }));
    expect(await store.read((reader) => replyAddress(reader, maria.contactId, 'whatsapp'))).toEqual(phone(NUMBER));
    await arrive(store, inbound('2', 'hola', { channel: 'whatsapp', from: [BSUID, phone(NUMBER)] }), now());
    expect(await store.read((reader) => replyAddress(reader, maria.contactId, 'whatsapp'))).toEqual(BSUID);
    expect(await store.read((reader) => replyAddress(reader, maria.contactId, 'sms'))).toBeNull();
  });
});

stores('conversations', (open) => {
  it('are one a contact and channel', async () => {
    const { store, now } = await open();
    const { contactId, replyHash } = await store.transaction((tx) => resolveContact(tx, 'sms', [phone(NUMBER)], now()));
    const ids = await Promise.all(
      Array.from({ length: 8 }, () => store.transaction((tx) => resolveConversation(tx, contactId, 'sms', now(), replyHash))),
    );
    expect(new Set(ids).size).toBe(1);
    expect(await store.transaction((tx) => resolveConversation(tx, contactId, 'whatsapp', now()))).not.toBe(ids[0]);
    expect(await store.read((reader) => findConversation(reader, 'sms', phone(NUMBER)))).toMatchObject({
      id: ids[0],
      owner: 'flow',
      epoch: 0,
      keeping: 'standard',
      private: false,
    });
    expect(await store.read((reader) => findConversation(reader, 'web', phone(NUMBER)))).toBeNull();
  });

  it('change hands for one of those who saw the same epoch', async () => {
    const { store } = await open();
    const maria = await arrive(store, inbound('1', 'hola'));
    const epochs = await Promise.all(
      ['ana', 'bea', 'eva'].map((assignee) =>
        store.transaction((tx) => changeOwner(tx, maria.id, { fromEpoch: maria.epoch, owner: 'staff', assignee })),
      ),
    );
    expect(epochs.filter((epoch) => epoch !== null)).toEqual([1]);
    expect(await store.transaction((tx) => lockConversation(tx, maria.id))).toMatchObject({ owner: 'staff', epoch: 1 });
  });

  it('keep what is saved, and their epoch', async () => {
    const { store, now } = await open();
    const maria = await arrive(store, inbound('1', 'hola'));
    await store.transaction((tx) =>
      saveConversation(tx, { ...maria, epoch: 99, language: 'ar', keeping: 'session', private: true, lastInboundAt: now() }),
    );
    expect(await store.transaction((tx) => lockConversation(tx, maria.id))).toEqual({
      ...maria,
      language: 'ar',
      keeping: 'session',
      private: true,
      privateAt: now(),
      lastInboundAt: now(),
    });
    expect(await store.transaction((tx) => lockConversation(tx, 'unheard of'))).toBeNull();
  });

  it('hold a session until it is deleted or its time is over', async () => {
    const { store, now, pass } = await open();
    const maria = await arrive(store, inbound('1', 'hola'));
    await store.transaction((tx) => saveSession(tx, maria, session('¿puedo ir al médico?'), now() + 1000));
    await store.transaction((tx) => saveSession(tx, maria, { ...session('¿y a la escuela?'), turn: 2 }, now() + 2000));
    expect(await store.read((reader) => loadSession(reader, maria.id, now()))).toEqual({ ...session('¿y a la escuela?'), turn: 2 });
    pass(2000);
    expect(await store.read((reader) => loadSession(reader, maria.id, now()))).toBeNull();
    pass(-2000);
    await store.transaction((tx) => deleteSession(tx, maria.id));
    expect(await store.read((reader) => loadSession(reader, maria.id, now()))).toBeNull();
  });
});
