// What consoles must hear of is read in the order of commits, without a gap, on both stores.
import { expect, it } from 'vitest';
import {
  currentDeskCursor,
  hasUnsettledChanges,
  noteDeskChange,
  parseDeskCursor,
  purgeDeskChanges,
  readDeskChanges,
} from '../../src/store/desk-changes.ts';
import type { Store } from '../../src/store/store.ts';
import { stores } from '../support/stores.ts';

const DAY_MS = 24 * 3_600_000;
/** On PostgreSQL transactions of other tests' databases hold changes up for a moment. */
const settled = (store: Store): Promise<void> => expect.poll(() => store.read(hasUnsettledChanges)).toBe(false);

stores('changes of the desk', (open, backend) => {
  it('come after the cursor, in order, and once for several notes of a transaction', async () => {
    const { store } = await open();
    const start = await store.read(currentDeskCursor);
    await store.transaction(async (tx) => {
      await noteDeskChange(tx, 'case', 'a');
      await noteDeskChange(tx, 'people', null);
      await noteDeskChange(tx, 'people', null);
      await noteDeskChange(tx, 'case', 'a');
    });
    await store.transaction((tx) => noteDeskChange(tx, 'case', 'b'));
    await settled(store);
    const first = await store.read((reader) => readDeskChanges(reader, start));
    expect(first.resync).toBe(false);
    expect(first.changes.map(({ what, caseId }) => `${what} ${caseId}`).sort()).toEqual(['case a', 'case b', 'people null']);
    await store.transaction((tx) => noteDeskChange(tx, 'case', 'a'));
    await settled(store);
    const second = await store.read((reader) => readDeskChanges(reader, first.cursor));
    expect(second.changes).toEqual([{ what: 'case', caseId: 'a' }]);
    expect((await store.read((reader) => readDeskChanges(reader, second.cursor))).changes).toEqual([]);
  });

  it('are not there when their part of the transaction was undone, and are when it was noted again', async () => {
    const { store } = await open();
    const start = await store.read(currentDeskCursor);
    await store.transaction(async (tx) => {
      await tx
        .savepoint(async () => {
          await noteDeskChange(tx, 'case', 'a');
          await noteDeskChange(tx, 'case', 'b');
          throw new Error('undone');
        })
        .catch(() => {});
      await noteDeskChange(tx, 'case', 'a');
    });
    await settled(store);
    const { changes } = await store.read((reader) => readDeskChanges(reader, start));
    expect(changes).toEqual([{ what: 'case', caseId: 'a' }]);
  });

  it('are taken up in pieces', async () => {
    const { store } = await open();
    let cursor = await store.read(currentDeskCursor);
    for (const id of ['a', 'b', 'c', 'd', 'e']) await store.transaction((tx) => noteDeskChange(tx, 'case', id));
    const seen: (string | null)[] = [];
    await settled(store);
    for (let more = true; more;) {
      const piece = await store.read((reader) => readDeskChanges(reader, cursor, 2));
      seen.push(...piece.changes.map(({ caseId }) => caseId));
      ({ cursor, more } = piece);
    }
    expect(seen).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('are forgotten after a day, and a cursor from before asks to load everything again', async () => {
    const { store, pass, now } = await open();
    const start = await store.read(currentDeskCursor);
    await store.transaction((tx) => noteDeskChange(tx, 'case', 'a'));
    await settled(store);
    const { cursor } = await store.read((reader) => readDeskChanges(reader, start));
    pass(DAY_MS / 2);
    await store.transaction((tx) => noteDeskChange(tx, 'case', 'b'));
    pass(DAY_MS / 2 + 1);
    expect(await store.transaction((tx) => purgeDeskChanges(tx, now()))).toBe(1);
    await settled(store);
    const old = await store.read((reader) => readDeskChanges(reader, start));
    expect(old).toMatchObject({ resync: true, changes: [] });
    await settled(store);
    expect((await store.read((reader) => readDeskChanges(reader, cursor))).changes).toEqual([{ what: 'case', caseId: 'b' }]);
    // Numbers are not used again even when nothing is left.
    pass(DAY_MS);
    await store.transaction((tx) => purgeDeskChanges(tx, now()));
    const empty = await store.read(currentDeskCursor);
    await store.transaction((tx) => noteDeskChange(tx, 'case', 'c'));
    await settled(store);
    expect((await store.read((reader) => readDeskChanges(reader, empty))).changes).toEqual([{ what: 'case', caseId: 'c' }]);
  });

  it('ask a cursor of another database to load everything again', async () => {
    const { store } = await open();
    const cursor = backend === 'postgres' ? { tx: 900_000_000_000, seq: 1 } : { tx: 0, seq: 900 };
    expect(await store.read((reader) => readDeskChanges(reader, cursor))).toMatchObject({ resync: true });
    expect(parseDeskCursor('nonsense')).toBeNull();
  });

  it('are never skipped, though a transaction that began earlier commits later', async () => {
    const { store } = await open();
    let cursor = await store.read(currentDeskCursor);
    const seen: string[] = [];
    const look = async (): Promise<void> => {
      const piece = await store.read((reader) => readDeskChanges(reader, cursor));
      seen.push(...piece.changes.map(({ caseId }) => caseId ?? ''));
      ({ cursor } = piece);
    };
    const slow = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const late =
      backend === 'postgres'
        ? store.transaction(async (tx) => {
            await noteDeskChange(tx, 'case', 'slow');
            begun.resolve();
            await slow.promise;
          })
        : store.transaction((tx) => noteDeskChange(tx, 'case', 'slow'));
    if (backend === 'postgres') await begun.promise;
    await store.transaction((tx) => noteDeskChange(tx, 'case', 'quick'));
    await look();
    slow.resolve();
    await late;
    await expect.poll(async () => (await look(), [...seen].sort())).toEqual(['quick', 'slow']);
  });
});
