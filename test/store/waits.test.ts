// The line as a person stands in it: their place at their desk, and what others waited lately.
import { expect, it } from 'vitest';
import { claimCase, loadCase, openCase } from '../../src/store/cases.ts';
import type { CaseRecord, NewCase } from '../../src/store/records.ts';
import { placeInLine, recentWaits } from '../../src/store/waits.ts';
import { stores, type TestStore } from '../support/stores.ts';
import { arrive, inbound, phone } from './fixtures.ts';

const MINUTE = 60_000;

async function wait({ store, now }: TestStore, id: string, more: Partial<NewCase> = {}): Promise<CaseRecord> {
  const number = `+346${String(id.charCodeAt(0)).padStart(8, '0')}`;
  const { id: conversationId, contactId } = await arrive(store, inbound(id, 'hola', { from: [phone(number)] }));
  await store.transaction((tx) =>
    openCase(tx, {
      id,
      conversationId,
      contactId,
      status: 'waiting',
      topic: null,
      language: 'es',
      priority: 'normal',
      reason: 'asked',
      private: false,
      assignee: null,
      summary: null,
      openedAt: now(),
      claimedAt: null,
      closedAt: null,
      threadRef: null,
      callback: false,
      relayedSequence: 0,
      queuedAt: now(),
      deskId: 'madrid',
      ...more,
    }),
  );
  return (await store.read((reader) => loadCase(reader, id))) as CaseRecord;
}

stores('the line', (open) => {
  it('goes by priority, then by who came first, at each desk of its own; tickets are not in it', async () => {
    const test = await open();
    const first = await wait(test, 'a');
    test.pass(MINUTE);
    const second = await wait(test, 'b');
    await wait(test, 'c', { deskId: 'lisbon' });
    await wait(test, 'd', { queuedAt: null });
    const place = (one: CaseRecord): Promise<number> => test.store.read((reader) => placeInLine(reader, one));
    expect([await place(first), await place(second)]).toEqual([1, 2]);
    await wait(test, 'e', { priority: 'urgent' });
    expect([await place(first), await place(second)]).toEqual([2, 3]);
  });

  it('tells what others waited of the same desk and language, since when it is asked for', async () => {
    const test = await open();
    for (const [id, language, minutes] of [
      ['a', 'es', 5],
      ['b', 'es', 15],
      ['c', 'ar', 60],
    ] as const) {
      await wait(test, id, { language });
      test.pass(minutes * MINUTE);
      await test.store.transaction((tx) => claimCase(tx, id, 'ana', test.now()));
    }
    const ask = (since: number, language = 'es', deskId: string | null = 'madrid'): Promise<number[]> =>
      test.store.read((reader) => recentWaits(reader, { deskId, language }, since));
    expect(await ask(0)).toEqual([15 * MINUTE, 5 * MINUTE]);
    expect(await ask(0, 'ar')).toEqual([60 * MINUTE]);
    expect(await ask(test.now() - 70 * MINUTE)).toEqual([15 * MINUTE]);
    expect(await ask(0, 'es', null)).toEqual([]);
  });
});
