// What a staff surface has brought counts once, and who looks at its home page is known for a while; what a thread has had is not told again.
import { expect, it } from 'vitest';
import { addCaseEvent } from '../../src/store/case-events.ts';
import { addCaseNote } from '../../src/store/case-notes.ts';
import { listOpenCases } from '../../src/store/board.ts';
import { openCase, setThread, updateCase } from '../../src/store/cases.ts';
import { forgetSurfaceEvents, listHomes, noteHomeOpened, noteSurfaceEvent } from '../../src/store/surface-events.ts';
import { casesWithNews, listThreadNews, markEventsTold, markTold } from '../../src/store/thread-news.ts';
import { START, stores } from '../support/stores.ts';
import { arrive, inbound } from './fixtures.ts';

const DAY = 24 * 3_600_000;

stores('a staff surface', (open) => {
  it('brings an event once, whoever hears it again, until it is too old to come again', async () => {
    const { store } = await open();
    const note = (at: number) => store.transaction((tx) => noteSurfaceEvent(tx, 'slack:Ev1', at));
    expect(await Promise.all([note(START), note(START)])).toEqual(expect.arrayContaining([true, false]));
    await store.transaction((tx) => forgetSurfaceEvents(tx, START + DAY - 1));
    expect(await note(START + DAY)).toBe(false);
    await store.transaction((tx) => forgetSurfaceEvents(tx, START + DAY));
    expect(await note(START + DAY)).toBe(true);
  });

  it('has home pages of those who opened them lately', async () => {
    const { store } = await open();
    for (const [member, at] of [
      ['slack:U1', START],
      ['slack:U2', START + 1],
      ['slack:U1', START + 2],
    ] as const)
      await store.transaction((tx) => noteHomeOpened(tx, member, at));
    await store.transaction((tx) => noteSurfaceEvent(tx, 'slack:Ev9', START + 3));
    expect(await store.read((reader) => listHomes(reader, START, 10))).toEqual(['slack:U1', 'slack:U2']);
    expect(await store.read((reader) => listHomes(reader, START + 2, 10))).toEqual(['slack:U1']);
  });

  it('is told of notes and events of a case in their order, once, and never of a private one', async () => {
    const { store } = await open();
    const conversation = await arrive(store, inbound('m1', 'hola'));
    const common = { contactId: conversation.contactId, conversationId: conversation.id, topic: 'EDU', language: 'es', reason: 'asked' };
    await store.transaction((tx) =>
      openCase(tx, {
        ...common,
        id: 'c1',
        status: 'waiting',
        priority: 'normal',
        private: false,
        assignee: null,
        summary: null,
        openedAt: START,
        claimedAt: null,
        closedAt: null,
        threadRef: null,
        callback: false,
        relayedSequence: 0,
      }),
    );
    const news = () => store.read((reader) => casesWithNews(reader));
    await store.transaction((tx) => addCaseEvent(tx, { caseId: 'c1', kind: 'opened', at: START }));
    expect(await news()).toEqual([]);
    await store.transaction(async (tx) => {
      await setThread(tx, 'c1', 'C:1');
      await markEventsTold(tx, 'c1', START);
    });
    expect(await news()).toEqual([]);
    await store.transaction(async (tx) => {
      await addCaseEvent(tx, { caseId: 'c1', kind: 'claimed', staffId: 'ana', at: START + 2 });
      await addCaseNote(tx, { id: 'n1', caseId: 'c1', staffId: 'ana', mentions: [], text: 'una nota', createdAt: START + 1 });
    });
    expect(await news()).toEqual(['c1']);
    const items = await store.read((reader) => listThreadNews(reader, 'c1'));
    expect(items).toMatchObject([
      { kind: 'note', text: 'una nota', staffId: 'ana' },
      { kind: 'event', event: 'claimed' },
    ]);
    for (const item of items) await store.transaction((tx) => markTold(tx, item, START + 3));
    expect(await news()).toEqual([]);
    expect(await store.read((reader) => listOpenCases(reader))).toMatchObject([{ id: 'c1', topic: 'EDU', private: false, owner: 'flow' }]);
    await store.transaction((tx) => updateCase(tx, 'c1', { private: true }));
    await store.transaction((tx) =>
      addCaseNote(tx, { id: 'n2', caseId: 'c1', staffId: 'ana', mentions: [], text: 'x', createdAt: START + 4 }),
    );
    expect(await news()).toEqual([]);
  });
});
