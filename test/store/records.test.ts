// The smaller aggregates: request log, cases, complaints, counts, timers, provider copies. Each keeps what it is given.
import { expect, it } from 'vitest';
import {
  claimCase,
  closeCase,
  findCaseByThread,
  findOpenCase,
  latestCase,
  listWaiting,
  openCase,
  setThread,
  updateCase,
} from '../../src/store/cases.ts';
import { complaintsOf, fileComplaint, findComplaint, setComplaintState } from '../../src/store/complaints.ts';
import { countOutbound, outboundTotals } from '../../src/store/limits.ts';
import { copiesToErase, markCopyErased, markCopyRetry, rememberCopy, copiesLeft } from '../../src/store/provider-copies.ts';
import type { NewCase, RequestLogEntry } from '../../src/store/records.ts';
import { currentEpisode, exportRequests, newPseudonym, saveEpisode } from '../../src/store/request-log.ts';
import { addTimer, claimDueTimers, deleteTimers } from '../../src/store/timers.ts';
import { DAY_MS } from '../../src/store/vault.ts';
import { START, stores } from '../support/stores.ts';
import { arrive, inbound, phone } from './fixtures.ts';

const entry = (id: string, conversationId: string, more: Partial<RequestLogEntry> = {}): RequestLogEntry => ({
  id,
  conversationId,
  hour: START,
  channel: 'sms',
  language: 'es',
  topics: [],
  answers: [],
  flow: null,
  release: 1,
  secondsToPerson: null,
  pseudonym: 'p',
  ...more,
});

const caseOf = (id: string, conversation: { id: string; contactId: string }, more: Partial<NewCase> = {}): NewCase => ({
  id,
  conversationId: conversation.id,
  contactId: conversation.contactId,
  status: 'waiting',
  topic: 'HEA.ACC',
  language: 'es',
  priority: 'normal',
  reason: 'asked',
  private: false,
  assignee: null,
  summary: 'resumen',
  openedAt: START,
  claimedAt: null,
  closedAt: null,
  threadRef: null,
  callback: true,
  relayedSequence: 4,
  ...more,
});

stores('the request log', (open) => {
  it('keeps one running entry a conversation, and all fields of it', async () => {
    const { store } = await open();
    const maria = await arrive(store, inbound('1', 'hola'));
    const full = entry('1', maria.id, {
      topics: ['HEA.ACC', 'EDU.ENR'],
      answers: ['Q07'],
      flow: 'health',
      stage: 'ARRIVAL',
      locality: 'ES-CT-BCN',
      callerType: 'family',
      outcome: 'denied',
      barrier: 'papers',
      secondsToPerson: 90,
      helpful: false,
      rating: 3,
      gender: 'woman',
      ageBand: '25_39',
      disability: false,
      sensitive: true,
    });
    await store.transaction((tx) => saveEpisode(tx, entry('1', maria.id)));
    await store.transaction((tx) => saveEpisode(tx, full));
    expect(await store.read((reader) => currentEpisode(reader, maria.id))).toEqual(full);
    await store.transaction((tx) => saveEpisode(tx, entry('2', maria.id)));
    expect(await store.read((reader) => currentEpisode(reader, maria.id))).toMatchObject({ id: '2' });
    expect(await store.read((reader) => currentEpisode(reader, 'other'))).toBeNull();
  });

  it('exports the hours asked for, without the link to a conversation', async () => {
    const { store } = await open();
    await store.transaction(async (tx) => {
      for (const [id, hour] of [
        ['a', START],
        ['b', START + 3_600_000],
        ['c', START + 7_200_000],
      ] as const)
        await saveEpisode(tx, entry(id, id, { hour }));
    });
    const rows = await store.read((reader) => exportRequests(reader, START, START + 7_200_000));
    expect(rows.map((row) => [row.id, row.conversationId])).toEqual([
      ['a', null],
      ['b', null],
    ]);
  });

  it('gives a person the same pseudonym for thirty days, and then another', async () => {
    const { store } = await open();
    const at = (days: number) => store.read(async (reader) => newPseudonym(reader, 'maria', days * DAY_MS));
    expect(await at(0)).toBe(await at(29));
    expect(await at(0)).not.toBe(await at(30));
    expect(await at(0)).not.toBe(await store.read(async (reader) => newPseudonym(reader, 'ana', 0)));
  });
});

stores('cases', (open) => {
  it('are open once a conversation, and found by it and by their thread', async () => {
    const { store, now } = await open();
    const maria = await arrive(store, inbound('1', 'hola'));
    await store.transaction((tx) => openCase(tx, caseOf('1', maria)));
    await expect(store.transaction((tx) => openCase(tx, caseOf('2', maria)))).rejects.toMatchObject({ code: 'store.conflict' });
    expect(await store.read((reader) => findOpenCase(reader, maria.id))).toMatchObject(caseOf('1', maria));
    await store.transaction((tx) => setThread(tx, '1', 'C1:17.4'));
    expect(await store.read((reader) => findCaseByThread(reader, 'C1:17.4'))).toMatchObject({ id: '1', summary: 'resumen' });
    expect(await store.transaction((tx) => closeCase(tx, '1', now()))).toBe(true);
    expect(await store.transaction((tx) => closeCase(tx, '1', now()))).toBe(false);
    expect(await store.read((reader) => findOpenCase(reader, maria.id))).toBeNull();
    expect(await store.read((reader) => latestCase(reader, maria.id))).toMatchObject({ id: '1', status: 'closed', closedAt: now() });
  });

  it('go to one of those who claim them', async () => {
    const { store, now } = await open();
    const maria = await arrive(store, inbound('1', 'hola'));
    await store.transaction((tx) => openCase(tx, caseOf('1', maria)));
    const won = await Promise.all(['ana', 'bea', 'eva'].map((name) => store.transaction((tx) => claimCase(tx, '1', name, now()))));
    expect(won.filter(Boolean)).toHaveLength(1);
    expect(await store.read((reader) => findOpenCase(reader, maria.id))).toMatchObject({ status: 'claimed', claimedAt: now() });
  });

  it('wait with the most urgent first, then the longest waiting', async () => {
    const { store } = await open();
    for (const [id, priority, openedAt] of [
      ['n', 'normal', 1],
      ['u', 'urgent', 3],
      ['e', 'emergency', 4],
      ['u0', 'urgent', 2],
    ] as const) {
      const person = await arrive(store, inbound(id, 'hola', { from: [phone(`+34${openedAt}00000000`)] }));
      await store.transaction((tx) => openCase(tx, caseOf(id, person, { priority, openedAt })));
    }
    expect((await store.read((reader) => listWaiting(reader))).map((one) => one.id)).toEqual(['e', 'u0', 'u', 'n']);
    await store.transaction((tx) => updateCase(tx, 'n', { priority: 'emergency', private: true, relayedSequence: 9 }));
    expect((await store.read((reader) => listWaiting(reader)))[0]).toMatchObject({ id: 'n', private: true, relayedSequence: 9 });
  });
});

stores('complaints', (open) => {
  it('are found by their number, which is taken once', async () => {
    const { store, now } = await open();
    const maria = await arrive(store, inbound('1', 'hola'));
    const complaint = {
      number: 'Q-482193',
      contactId: maria.contactId,
      conversationId: maria.id,
      about: 'service',
      text: 'esperé tres horas',
      place: 'oficina',
      wantsContact: true,
      private: false,
      state: 'received' as const,
      createdAt: now(),
      dueAt: now() + DAY_MS,
    };
    await store.transaction((tx) => fileComplaint(tx, complaint));
    await expect(store.transaction((tx) => fileComplaint(tx, complaint))).rejects.toMatchObject({
      code: 'store.conflict',
      retryable: true,
    });
    expect(await store.read((reader) => findComplaint(reader, 'Q-482193'))).toEqual({ ...complaint, sensitive: false });
    await store.transaction((tx) => setComplaintState(tx, 'Q-482193', 'looking', now()));
    expect(await store.read((reader) => complaintsOf(reader, maria.contactId))).toEqual([
      { ...complaint, sensitive: false, state: 'looking' },
    ]);
    expect(await store.read((reader) => findComplaint(reader, 'Q-000000'))).toBeNull();
  });
});

stores('outbound counts', (open) => {
  it('add up a contact and day, and a channel and day, whoever counts at once', async () => {
    const { store, now, pass } = await open();
    const count = (contactId: string, channel: string, segments: number) =>
      store.transaction((tx) => countOutbound(tx, { contactId, channel, segments, now: now() }));
    await Promise.all([count('maria', 'sms', 2), count('maria', 'sms', 3), count('ana', 'sms', 1), count('maria', 'web', 1)]);
    const totals = (contactId: string) => store.read((reader) => outboundTotals(reader, { contactId, channel: 'sms', now: now() }));
    expect(await totals('maria')).toEqual({ contactMessages: 3, contactSegments: 6, channelMessages: 3, channelSegments: 6 });
    expect(await totals('ana')).toMatchObject({ contactMessages: 1, channelMessages: 3 });
    pass(DAY_MS);
    expect(await totals('maria')).toEqual({ contactMessages: 0, contactSegments: 0, channelMessages: 0, channelSegments: 0 });
  });
});

stores('timers', (open) => {
  it('run once, when they are due, and are back when the run fails', async () => {
    const { store, now, pass, again } = await open();
    const maria = await arrive(store, inbound('1', 'hola'));
    const timer = { conversationId: maria.id, kind: 'remind' as const, epoch: 2, token: 5 };
    await store.transaction(async (tx) => {
      await addTimer(tx, { ...timer, id: 'later', dueAt: now() + 2000, payload: null });
      await addTimer(tx, { ...timer, id: 'soon', dueAt: now() + 1000, payload: '{"text":"mañana"}' });
    });
    const due = (from = store) => from.transaction((tx) => claimDueTimers(tx, now(), 10));
    expect(await due()).toEqual([]);
    pass(1000);
    const failed = store.transaction(async (tx) => {
      await claimDueTimers(tx, now(), 10);
      throw new Error('failed');
    });
    await expect(failed).rejects.toThrow('failed');
    const other = await again();
    const claimed = (await Promise.all([due(), due(other), due()])).flat();
    expect(claimed).toEqual([{ ...timer, id: 'soon', dueAt: now(), payload: '{"text":"mañana"}' }]);
    await store.transaction((tx) => deleteTimers(tx, maria.id, 'remind'));
    pass(5000);
    expect(await due()).toEqual([]);
  });
});

stores('copies at providers', (open) => {
  it('are tried again until they are gone, and listed when they never go', async () => {
    const { store, now, pass } = await open();
    await store.transaction((tx) => rememberCopy(tx, { contactId: '', channel: 'sms', providerRef: 'SM1', at: now() }));
    pass(600_000);
    const take = () => store.transaction((tx) => copiesToErase(tx, 5, now()));
    for (let attempt = 0; attempt < 20; attempt++) {
      const [copy] = await take();
      expect(copy).toMatchObject({ providerRef: 'SM1', attempts: attempt });
      if (copy) await store.transaction((tx) => markCopyRetry(tx, copy, now() + 1000));
      pass(1000);
    }
    expect(await take()).toEqual([]);
    expect(await store.read(copiesLeft)).toMatchObject([{ channel: 'sms', providerRef: 'SM1', state: 'stuck' }]);
    await store.transaction((tx) => rememberCopy(tx, { contactId: '', channel: 'sms', providerRef: 'SM2', at: now() - 600_000 }));
    const [second] = await take();
    if (second) await store.transaction((tx) => markCopyErased(tx, second));
    pass(3_600_000);
    expect(await take()).toEqual([]);
  });
});
