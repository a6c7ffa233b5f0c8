// Nothing is kept longer than its retention: rows go, and the keys of it, in backups too.
import { expect, it } from 'vitest';
import { closeCase, loadCase, openCase } from '../../src/store/cases.ts';
import { fileComplaint, findComplaint, setComplaintState } from '../../src/store/complaints.ts';
import { findConversation, saveConversation } from '../../src/store/conversations.ts';
import { lastSequence, listMessages } from '../../src/store/messages.ts';
import { purgeExpired } from '../../src/store/purge.ts';
import { copiesToErase, rememberCopy } from '../../src/store/provider-copies.ts';
import { receiveBatch } from '../../src/store/receive-batch.ts';
import type { Conversation } from '../../src/store/records.ts';
import { exportRequests, saveEpisode } from '../../src/store/request-log.ts';
import { loadSession, saveSession } from '../../src/store/sessions.ts';
import { addTimer } from '../../src/store/timers.ts';
import { DAY_MS } from '../../src/store/vault.ts';
import { stores, type TestStore } from '../support/stores.ts';
import { arrive, inbound, NUMBER, phone, queue, session } from './fixtures.ts';

const HOUR_MS = 3_600_000;
const RETENTION = {
  messages_days: 30,
  session_hours: 24,
  case_months: 12,
  private_case_months: 6,
  complaint_months: 24,
  request_log_months: 24,
  backup_days: 400,
};
const CASE = {
  status: 'waiting' as const,
  topic: 'HEA.ACC',
  language: 'es',
  priority: 'urgent' as const,
  reason: 'asked',
  assignee: null,
  summary: 'resumen',
  claimedAt: null,
  closedAt: null,
  threadRef: null,
  callback: false,
  relayedSequence: 0,
};

const purge = ({ store, now }: TestStore) => store.transaction((tx) => purgeExpired(tx, RETENTION, now())).then(({ counts }) => counts);
const texts = async ({ store }: TestStore, conversation: Conversation) =>
  (await store.read((reader) => listMessages(reader, conversation.id, 0))).map((message) => message.text);
const messageKeys = ({ store }: TestStore) => store.vault.keys.all().then((keys) => keys.filter((key) => key.class === 'messages').length);

/** A message of today from somebody whom the purge must leave alone. */
const arriveNow = (test: TestStore, id: string, text: string, from = NUMBER) =>
  arrive(test.store, inbound(id, text, { from: [phone(from)], receivedAt: test.now() }), test.now());

stores('retention', (open) => {
  it('removes messages after thirty days and keeps those of yesterday', async () => {
    const test = await open();
    const maria = await arriveNow(test, '1', 'vieja');
    test.pass(29 * DAY_MS);
    await arriveNow(test, '2', 'reciente');
    test.pass(DAY_MS - 1);
    await purge(test);
    expect(await texts(test, maria)).toEqual(['vieja', 'reciente']);
    const newest = await test.store.read((reader) => lastSequence(reader, maria.id));
    test.pass(1);
    expect((await purge(test)).messages).toBe(1);
    expect(await texts(test, maria)).toEqual(['reciente']);
    expect(await test.store.read((reader) => lastSequence(reader, maria.id))).toBe(newest);
    test.pass(DAY_MS);
    await purge(test);
    expect(await messageKeys(test)).toBe(1);
  });

  it('removes what is not to be kept after a day, and its keys, in backups too', async () => {
    const test = await open();
    const maria = await arriveNow(test, '1', 'no guardar');
    await test.store.transaction(async (tx) => {
      await saveConversation(tx, { ...maria, keeping: 'session', lastInboundAt: test.now() });
      await saveSession(tx, maria, session('pregunta'), test.now() + 24 * HOUR_MS);
    });
    const ana = await arriveNow(test, '2', 'guardar', '+34600000002');
    test.pass(24 * HOUR_MS - 1);
    await purge(test);
    expect(await texts(test, maria)).toEqual(['no guardar']);
    test.pass(1);
    expect(await purge(test)).toMatchObject({ messages: 1, sessions: 1 });
    expect(await texts(test, maria)).toEqual([]);
    expect(await test.store.read((reader) => loadSession(reader, maria.id, test.now()))).toBeNull();
    expect(await texts(test, ana)).toEqual(['guardar']);
    test.pass(DAY_MS);
    await purge(test);
    expect(await messageKeys(test)).toBe(1);
  });

  it('treats what was said in the private lane so, even when the person went on elsewhere', async () => {
    const test = await open();
    const maria = await arriveNow(test, '1', 'privada');
    await test.store.transaction((tx) => saveConversation(tx, { ...maria, private: true, lastInboundAt: test.now() }));
    test.pass(60_000);
    await arriveNow(test, '2', 'escuela');
    await test.store.transaction((tx) => saveConversation(tx, { ...maria, private: false, lastInboundAt: test.now() }));
    test.pass(25 * HOUR_MS);
    await purge(test);
    expect(await texts(test, maria)).toEqual(['escuela']);
  });

  it('keeps the messages of an open private case with the case', async () => {
    const test = await open();
    const maria = await arriveNow(test, '1', 'privada');
    await test.store.transaction(async (tx) => {
      await saveConversation(tx, { ...maria, private: true, lastInboundAt: test.now() });
      await openCase(tx, { ...CASE, id: 'c', conversationId: maria.id, contactId: maria.contactId, private: true, openedAt: test.now() });
    });
    test.pass(60 * DAY_MS);
    await purge(test);
    expect(await texts(test, maria)).toEqual(['privada']);
    await test.store.transaction((tx) => closeCase(tx, 'c', test.now()));
    await purge(test);
    expect(await texts(test, maria)).toEqual([]);
    expect(await messageKeys(test)).toBe(0);
  });

  it('removes cases months after they were closed, private ones sooner, with their keys', async () => {
    const test = await open();
    const maria = await arriveNow(test, '1', 'hola');
    const ana = await arriveNow(test, '2', 'hola', '+34600000002');
    await test.store.transaction(async (tx) => {
      await openCase(tx, {
        ...CASE,
        id: 'open',
        conversationId: maria.id,
        contactId: maria.contactId,
        private: false,
        openedAt: test.now(),
      });
      await openCase(tx, { ...CASE, id: 'plain', conversationId: ana.id, contactId: ana.contactId, private: false, openedAt: test.now() });
      await closeCase(tx, 'plain', test.now());
      await openCase(tx, { ...CASE, id: 'private', conversationId: ana.id, contactId: ana.contactId, private: true, openedAt: test.now() });
      await closeCase(tx, 'private', test.now());
    });
    const left = async () =>
      (await Promise.all(['open', 'plain', 'private'].map((id) => test.store.read((reader) => loadCase(reader, id))))).flatMap((one) =>
        one ? [[one.id, one.summary]] : [],
      );
    test.pass(190 * DAY_MS);
    await purge(test);
    expect(await left()).toEqual([
      ['open', 'resumen'],
      ['plain', 'resumen'],
    ]);
    test.pass(190 * DAY_MS);
    await purge(test);
    expect(await left()).toEqual([['open', 'resumen']]);
    expect((await test.store.vault.keys.all()).filter((key) => key.class === 'case').map((key) => key.owner)).toEqual(['open']);
  });

  it('removes complaints two years after they were closed, and the request log two years after', async () => {
    const test = await open();
    const maria = await arriveNow(test, '1', 'hola');
    const complaint = {
      contactId: maria.contactId,
      conversationId: maria.id,
      about: 'service',
      text: 'queja',
      place: null,
      wantsContact: false,
      private: false,
      state: 'received' as const,
      createdAt: test.now(),
      dueAt: test.now(),
    };
    await test.store.transaction(async (tx) => {
      await fileComplaint(tx, { ...complaint, number: 'Q-100001' });
      await fileComplaint(tx, { ...complaint, number: 'Q-100002' });
      await setComplaintState(tx, 'Q-100001', 'closed', test.now());
      await saveEpisode(tx, {
        id: 'log',
        conversationId: maria.id,
        hour: test.now(),
        channel: 'sms',
        language: 'es',
        topics: [],
        answers: [],
        flow: null,
        release: 1,
        secondsToPerson: null,
        pseudonym: 'p',
      });
    });
    test.pass(731 * DAY_MS);
    await purge(test);
    expect(await test.store.read((reader) => findComplaint(reader, 'Q-100001'))).toBeNull();
    expect(await test.store.read((reader) => findComplaint(reader, 'Q-100002'))).toMatchObject({ text: 'queja' });
    expect(await test.store.read((reader) => exportRequests(reader, 0, test.now()))).toEqual([]);
  });

  it('forgets a person of whom nothing is kept any more, and everything that says who it was', async () => {
    const test = await open();
    const maria = await arriveNow(test, '1', 'hola');
    await test.store.transaction((tx) =>
      saveEpisode(tx, {
        id: 'log',
        conversationId: maria.id,
        hour: test.now(),
        channel: 'sms',
        language: 'es',
        topics: ['HEA'],
        answers: [],
        flow: null,
        release: 1,
        secondsToPerson: null,
        pseudonym: 'p',
      }),
    );
    test.pass(31 * DAY_MS);
    await purge(test);
    await purge(test);
    for (const table of ['contacts', 'addresses', 'conversations', 'messages', 'inbox'] as const) {
      expect([table, await test.store.read((reader) => reader.db.selectFrom(table).selectAll().execute())]).toEqual([table, []]);
    }
    expect(await test.store.vault.keys.all()).toEqual([]);
    expect(await test.store.read((reader) => exportRequests(reader, 0, test.now()))).toMatchObject([{ topics: ['HEA'] }]);
  });

  it('keeps a person as long as a reminder, an open case or a message waits', async () => {
    const test = await open();
    const maria = await arriveNow(test, '1', 'recuérdeme');
    await test.store.transaction((tx) =>
      addTimer(tx, {
        id: 't',
        conversationId: maria.id,
        kind: 'remind',
        epoch: 0,
        token: 0,
        dueAt: test.now() + 90 * DAY_MS,
        payload: 'mañana',
      }),
    );
    const ana = await arriveNow(test, '2', 'caso', '+34600000002');
    await test.store.transaction((tx) =>
      openCase(tx, { ...CASE, id: 'c', conversationId: ana.id, contactId: ana.contactId, private: false, openedAt: test.now() }),
    );
    await test.store.transaction((tx) =>
      receiveBatch(tx, [inbound('3', 'sin responder', { from: [phone('+34600000003')], receivedAt: test.now() })]),
    );
    test.pass(60 * DAY_MS);
    await purge(test);
    for (const number of [NUMBER, '+34600000002', '+34600000003'])
      expect(await test.store.read((reader) => findConversation(reader, 'sms', phone(number)))).not.toBeNull();
  });

  it('remembers STOP without the number, until the person writes again', async () => {
    const test = await open();
    const maria = await arriveNow(test, '1', 'stop');
    await test.store.transaction((tx) => saveConversation(tx, { ...maria, owner: 'stopped' }));
    test.pass(40 * DAY_MS);
    await purge(test);
    await purge(test);
    expect(await test.store.vault.keys.all()).toEqual([]);
    const again = await arriveNow(test, '2', 'start');
    expect(again).toMatchObject({ id: maria.id, owner: 'stopped' });
    await test.store.transaction((tx) => queue(tx, again, 'bienvenida'));
    expect((await test.store.vault.keys.all()).map((key) => key.class).sort()).toEqual(['contact', 'messages']);
  });

  it('has providers erase their copies when ours go', async () => {
    const test = await open();
    const maria = await arriveNow(test, '1', 'hola');
    await test.store.transaction((tx) =>
      rememberCopy(tx, { contactId: maria.contactId, channel: 'sms', providerRef: 'SM1', at: test.now() }),
    );
    const due = () =>
      test.store.transaction((tx) => copiesToErase(tx, 9, test.now())).then((copies) => copies.map((copy) => copy.providerRef));
    test.pass(29 * DAY_MS);
    await purge(test);
    expect(await due()).toEqual([]);
    test.pass(2 * DAY_MS);
    await purge(test);
    expect(await due()).toEqual(['SM1']);
    expect(await due()).toEqual([]);
  });

  it('finds nothing to do a second time', async () => {
    const test = await open();
    await arriveNow(test, '1', 'hola');
    test.pass(40 * DAY_MS);
    await purge(test);
    await purge(test);
    expect(Object.values(await purge(test)).every((count) => count === 0)).toBe(true);
  });
});
