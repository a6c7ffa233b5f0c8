// Whoever changes the audit log in the database is found out: changed, removed, inserted and cut rows, and a head that was touched.
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { appendAudit, auditHead, listAudit, verifyAudit } from '../../src/store/audit.ts';
import { rotateKeys } from '../../src/store/rotate-keys.ts';
import type { Store } from '../../src/store/store.ts';
import { START, stores } from '../support/stores.ts';

const write = (store: Store, action: string): Promise<void> =>
  store.transaction((tx) => appendAudit(tx, { at: START, actor: 'staff-1', action, target: 'case-1', detail: { b: 1, a: 'x' } }));

async function writeFive(store: Store): Promise<void> {
  for (const action of ['one', 'two', 'three', 'four', 'five']) await write(store, `case.${action}`);
}

/** As somebody who can write the database and knows how hashes are made, but has no secret key. */
async function rewriteFrom(store: Store, seq: number): Promise<void> {
  const { db } = { db: store.database.write };
  const rows = await db.selectFrom('audit').selectAll().orderBy('seq').execute();
  let previous = rows.find((row) => row.seq === seq - 1)?.hash ?? '0'.repeat(64);
  for (const row of rows.filter((one) => one.seq >= seq)) {
    const canonical = JSON.stringify([row.seq, row.at, row.actor, row.action, row.target, row.detail]);
    const hash = createHash('sha256').update(`${previous}\n${canonical}`).digest('hex');
    await db.updateTable('audit').set({ previous, hash }).where('seq', '=', row.seq).execute();
    previous = hash;
  }
}

stores('the audit log', (open) => {
  it('is a chain that leads to its head', async () => {
    const { store } = await open();
    expect(await store.read(verifyAudit)).toMatchObject({ intact: true, head: { seq: 0 } });
    await writeFive(store);
    expect(await store.read(verifyAudit)).toMatchObject({ intact: true, head: { seq: 5 } });
    const entries = await store.read((reader) => listAudit(reader, { limit: 2 }));
    expect(entries.map(({ seq, action, detail }) => ({ seq, action, detail }))).toEqual([
      { seq: 5, action: 'case.five', detail: { a: 'x', b: 1 } },
      { seq: 4, action: 'case.four', detail: { a: 'x', b: 1 } },
    ]);
  });

  it('never forks, however many write at once', async () => {
    const { store, again } = await open();
    const other = await again();
    await Promise.all(Array.from({ length: 40 }, (_, index) => write(index % 2 ? store : other, `case.${index}`)));
    expect(await store.read(verifyAudit)).toMatchObject({ intact: true, head: { seq: 40 } });
  });

  it('names an entry that was changed, though its own hash was made anew', async () => {
    const { store } = await open();
    await writeFive(store);
    await store.database.write.updateTable('audit').set({ actor: 'somebody-else' }).where('seq', '=', 3).execute();
    expect(await store.read(verifyAudit)).toMatchObject({ intact: false, seq: 3 });
    await rewriteFrom(store, 3);
    expect(await store.read(verifyAudit)).toMatchObject({ intact: false, seq: 5 });
  });

  it('finds an entry that was taken out', async () => {
    const { store } = await open();
    await writeFive(store);
    await store.database.write.deleteFrom('audit').where('seq', '=', 2).execute();
    expect(await store.read(verifyAudit)).toMatchObject({ intact: false, seq: 2 });
  });

  it('finds an entry that was put in', async () => {
    const { store } = await open();
    await writeFive(store);
    const { hash } = await store.read(auditHead);
    await store.database.write
      .insertInto('audit')
      .values({ seq: 6, at: START, actor: 'x', action: 'y', target: null, detail: '{}', previous: hash, hash: '' })
      .execute();
    await rewriteFrom(store, 6);
    expect(await store.read(verifyAudit)).toMatchObject({ intact: false, seq: 6 });
  });

  it('finds a tail that was cut off, also when its head was made to fit, and after more was written', async () => {
    const { store } = await open();
    await writeFive(store);
    await store.database.write.deleteFrom('audit').where('seq', '>', 3).execute();
    expect(await store.read(verifyAudit)).toMatchObject({ intact: false, seq: 4 });
    const row = await store.database.write.selectFrom('meta').select('value').where('name', '=', 'audit head').executeTakeFirstOrThrow();
    const third = await store.database.write.selectFrom('audit').select('hash').where('seq', '=', 3).executeTakeFirstOrThrow();
    const value = JSON.stringify({ ...(JSON.parse(row.value) as object), seq: 3, hash: third.hash });
    await store.database.write.updateTable('meta').set({ value }).where('name', '=', 'audit head').execute();
    expect((await store.read(auditHead)).sound).toBe(false);
    expect(await store.read(verifyAudit)).toMatchObject({ intact: false });
    await write(store, 'case.later');
    expect(await store.read(verifyAudit)).toMatchObject({ intact: false, seq: 3 });
  });

  it('finds that its head was removed, also after more was written', async () => {
    const { store } = await open();
    await writeFive(store);
    await store.database.write.deleteFrom('meta').where('name', '=', 'audit head').execute();
    expect(await store.read(verifyAudit)).toMatchObject({ intact: false });
    await write(store, 'case.later');
    expect(await store.read(verifyAudit)).toMatchObject({ intact: false });
  });

  it('is as good after the secret key was rotated', async () => {
    const { store, settings, now } = await open();
    await writeFive(store);
    await rotateKeys(store, { secretKeyFile: settings.secretKeyFile, prepareOnly: false, now: now(), progress() {} });
    expect(await store.read(verifyAudit)).toMatchObject({ intact: true, head: { seq: 5 } });
    await write(store, 'case.six');
    expect(await store.read(verifyAudit)).toMatchObject({ intact: true, head: { seq: 6 } });
  });
});
