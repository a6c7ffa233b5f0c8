// The secret key is rotated while people write: nobody is lost, nobody is doubled, and the old secret opens nothing any more.
import { copyFileSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { backupTo, restoreFrom } from '../../src/store/backup.ts';
import { replyAddress } from '../../src/store/contacts.ts';
import { findConversation, saveConversation, changeOwner } from '../../src/store/conversations.ts';
import { decryptAll } from '../../src/store/decrypt-all.ts';
import { purgeExpired } from '../../src/store/purge.ts';
import { receiveBatch } from '../../src/store/receive-batch.ts';
import { rotateKeys, type RotationOptions } from '../../src/store/rotate-keys.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { DAY_MS } from '../../src/store/vault.ts';
import { stores, type TestStore } from '../support/stores.ts';
import { arrive, inbound, phone } from './fixtures.ts';

const RETENTION = {
  messages_days: 30,
  session_hours: 24,
  case_months: 12,
  private_case_months: 6,
  complaint_months: 24,
  request_log_months: 24,
  backup_days: 400,
};
const web = (value: string) => ({ kind: 'user' as const, value });
const numberOf = (index: number): string => `+3460000${String(index).padStart(4, '0')}`;

const rotate = ({ settings, now }: TestStore, store: Store, change: Partial<RotationOptions> = {}) =>
  rotateKeys(store, { secretKeyFile: settings.secretKeyFile, prepareOnly: false, now: now(), progress: () => {}, ...change });

const secretLines = ({ settings }: TestStore): string[] =>
  readFileSync(settings.secretKeyFile, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' ')[0] ?? '');

async function texts(store: Store): Promise<string[]> {
  const found: string[] = [];
  for await (const { table, text } of decryptAll(store)) found.push(`${table} ${text}`);
  return found.sort();
}

const people = (store: Store) =>
  store.read(({ db }) =>
    db
      .selectFrom('contacts')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
      .then(({ count }) => count),
  );

/** Many people by SMS, one of them on WhatsApp too, and one in the web chat. */
async function live(store: Store, count = 12): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index++)
    ids.push((await arrive(store, inbound(`s${index}`, `texto ${index}`, { from: [phone(numberOf(index))] }))).id);
  await arrive(store, inbound('w', 'hello', { channel: 'whatsapp', from: [phone(numberOf(0))] }));
  await arrive(store, inbound('c', 'hola', { channel: 'web', from: [web('conversation-1')] }));
  return ids;
}

stores('a rotation of the secret key', (open, backend) => {
  it('leaves every record readable and everybody found, with a new secret alone in the file', async () => {
    const test = await open();
    const [first] = await live(test.store);
    const before = await texts(test.store);
    const old = readFileSync(test.settings.secretKeyFile);
    const progress: string[] = [];
    expect(await rotate(test, test.store, { progress: (step, done, all) => void progress.push(`${step} ${done}/${all}`) })).toEqual({
      state: 'finished',
      version: 2,
      keys: 26,
      addresses: 13,
      oldRemoved: true,
    });
    expect(progress).toEqual(['keys 26/26', 'addresses 13/13']);
    expect(secretLines(test)).toEqual(['v2']);
    expect(statSync(test.settings.secretKeyFile).mode & 0o777).toBe(0o600);
    const restarted = await test.again();
    for (const store of [test.store, restarted]) {
      expect(await texts(store)).toEqual(before);
      for (const channel of ['sms', 'whatsapp'])
        expect(await store.read((reader) => findConversation(reader, channel, phone(numberOf(0))))).not.toBeNull();
      const conversation = await store.read((reader) => findConversation(reader, 'sms', phone(numberOf(0))));
      expect(conversation?.id).toBe(first);
      expect(await store.read((reader) => replyAddress(reader, conversation?.contactId ?? '', 'sms'))).toEqual(phone(numberOf(0)));
      expect(await store.read((reader) => findConversation(reader, 'web', web('conversation-1')))).not.toBeNull();
    }
    // The old secret opens nothing any more: not the store, and no wrapped key.
    copyFileSync(test.settings.secretKeyFile, path.join(test.folder, 'new.key'));
    writeFileSync(test.settings.secretKeyFile, old, { mode: 0o600 });
    await expect(openStore(test.settings)).rejects.toMatchObject({ code: 'store.key_missing' });
    expect((await restarted.vault.keys.all()).every((key) => key.secret_version === 2)).toBe(true);
  });

  it('is learned by a node that runs on with the old secret: nobody is doubled, no key is lost', async () => {
    const test = await open();
    const node = await test.again();
    const ids = await live(node);
    const count = await people(node);
    await rotate(test, test.store);
    expect((await node.read((reader) => findConversation(reader, 'sms', phone(numberOf(3)))))?.id).toBe(ids[3]);
    expect((await arrive(node, inbound('k', 'otra vez', { from: [phone(numberOf(1))] }))).id).toBe(ids[1]);
    await arrive(node, inbound('n', 'nueva', { from: [phone('+34699999999')] }));
    expect(await people(node)).toBe(count + 1);
    const restarted = await test.again();
    expect((await texts(restarted)).filter((text) => /otra vez|nueva/.test(text))).toHaveLength(2);
    expect(await restarted.read((reader) => findConversation(reader, 'sms', phone('+34699999999')))).not.toBeNull();
  });

  it('goes on where it was interrupted, wherever that was', async () => {
    const test = await open();
    await live(test.store, 3);
    const before = await texts(test.store);
    for (const step of ['keys', 'addresses'] as const) {
      const cut = rotate(test, test.store, {
        progress(at) {
          if (at === step) throw new Error('cut');
        },
      });
      await expect(cut).rejects.toThrow('cut');
      expect(secretLines(test)).toEqual(['v1', 'v2']);
      const restarted = await test.again();
      expect(await texts(restarted)).toEqual(before);
      expect((await arrive(restarted, inbound(step, '', { from: [phone(numberOf(2))] }))).id).toBeTruthy();
      expect(await people(restarted)).toBe(4);
    }
    expect(await rotate(test, await test.again())).toMatchObject({ state: 'finished', version: 2 });
    expect(secretLines(test)).toEqual(['v2']);
    expect(await rotate(test, await test.again())).toMatchObject({ state: 'finished', version: 3 });
    expect(await texts(await test.again())).toEqual(before);
  });

  it('still knows who said STOP and was forgotten, after any number of rotations', async () => {
    const test = await open();
    const maria = await arrive(test.store, inbound('1', 'hola', { from: [phone(numberOf(1))] }));
    await test.store.transaction(async (tx) => {
      await saveConversation(tx, { ...maria, lastInboundAt: test.now() });
      await changeOwner(tx, maria.id, { fromEpoch: 0, owner: 'stopped', assignee: null });
    });
    test.pass(32 * DAY_MS);
    for (let round = 0; round < 3; round++) await test.store.transaction((tx) => purgeExpired(tx, RETENTION, test.now()));
    expect(await test.store.read((reader) => replyAddress(reader, maria.contactId, 'sms'))).toBeNull();
    for (let version = 2; version <= 4; version++) expect(await rotate(test, test.store)).toMatchObject({ version });
    const restarted = await test.again();
    expect(await restarted.read((reader) => findConversation(reader, 'sms', phone(numberOf(1))))).toMatchObject({
      id: maria.id,
      owner: 'stopped',
    });
    const back = inbound('2', 'START', { from: [phone(numberOf(1))], receivedAt: test.now() });
    expect((await arrive(restarted, back, test.now())).id).toBe(maria.id);
    expect(await restarted.read((reader) => replyAddress(reader, maria.contactId, 'sms'))).toEqual(phone(numberOf(1)));
    const { hash } = await restarted.read(({ db }) => db.selectFrom('addresses').select('hash').executeTakeFirstOrThrow());
    expect(hash).toMatch(/^v4\./);
  });

  it('still knows who said STOP and was forgotten in a backup from before several rotations', async () => {
    const test = await open();
    const maria = await arrive(test.store, inbound('1', 'hola', { from: [phone(numberOf(1))] }));
    await test.store.transaction(async (tx) => {
      await saveConversation(tx, { ...maria, lastInboundAt: test.now() });
      await changeOwner(tx, maria.id, { fromEpoch: 0, owner: 'stopped', assignee: null });
    });
    test.pass(32 * DAY_MS);
    for (let round = 0; round < 3; round++) await test.store.transaction((tx) => purgeExpired(tx, RETENTION, test.now()));
    const file = path.join(test.folder, 'copy');
    await backupTo(test.store, file);
    for (let version = 2; version <= 4; version++) await rotate(test, test.store);
    await test.store.close();
    await restoreFrom(test.settings, file, { replace: true });
    const restored = await test.again();
    const stopped = (store: Store) => store.read((reader) => findConversation(reader, 'sms', phone(numberOf(1))));
    expect(await stopped(restored)).toMatchObject({ id: maria.id, owner: 'stopped' });
    expect(await rotate(test, restored)).toMatchObject({ state: 'finished', version: 4, addresses: 1 });
    expect(await stopped(await test.again())).toMatchObject({ id: maria.id, owner: 'stopped' });
    expect(await rotate(test, restored)).toMatchObject({ version: 5, addresses: 1 });
    expect(await stopped(await test.again())).toMatchObject({ id: maria.id, owner: 'stopped' });
  });

  it('knows people in a backup from before it, until the next rotation and after', async () => {
    const test = await open();
    const [first] = await live(test.store, 2);
    const file = path.join(test.folder, 'copy');
    await backupTo(test.store, file);
    await rotate(test, test.store);
    await test.store.close();
    await restoreFrom(test.settings, file, { replace: true });
    const restored = await test.again();
    expect((await arrive(restored, inbound('k', 'otra', { from: [phone(numberOf(0))] }))).id).toBe(first);
    await arrive(restored, inbound('n', 'nueva', { from: [phone('+34699999999')] }));
    expect(await rotate(test, restored)).toMatchObject({ state: 'finished', version: 2, keys: 0, addresses: 4 });
    expect((await restored.read((reader) => findConversation(reader, 'sms', phone(numberOf(0)))))?.id).toBe(first);
    expect(await people(await test.again())).toBe(4);
  });

  it('can be prepared first, so that the file reaches every machine before anything needs it', async () => {
    const test = await open();
    await live(test.store, 1);
    expect(await rotate(test, test.store, { prepareOnly: true })).toMatchObject({ state: 'prepared', version: 1, keys: 0, addresses: 0 });
    expect(secretLines(test)).toEqual(['v1', 'v2']);
    const restarted = await test.again();
    await arrive(restarted, inbound('n', 'nueva', { from: [phone('+34699999999')] }));
    expect((await restarted.vault.keys.all()).every((key) => key.secret_version === 1)).toBe(true);
    expect(await rotate(test, restarted)).toMatchObject({ state: 'finished', version: 2 });
  });

  it('keeps tokens that were signed before it for as long as they are good', async () => {
    const test = await open();
    const [before] = test.store.deriveKeys('direct-line', test.now());
    await rotate(test, test.store);
    const restarted = await test.again();
    expect(restarted.deriveKey('direct-line')).not.toEqual(before);
    expect(restarted.deriveKeys('direct-line', test.now() - DAY_MS)).toEqual([restarted.deriveKey('direct-line'), before]);
    expect(restarted.deriveKeys('direct-line', test.now() + 1)).toEqual([restarted.deriveKey('direct-line')]);
  });

  it('refuses a machine whose file lacks the new version, and says what to do', async () => {
    const test = await open();
    const elsewhere = path.join(test.folder, 'elsewhere.key');
    copyFileSync(test.settings.secretKeyFile, elsewhere);
    const node = await test.again({ secretKeyFile: elsewhere });
    await live(test.store, 1);
    await rotate(test, test.store);
    const refused = node.transaction((tx) => receiveBatch(tx, [inbound('n', 'nueva', { from: [phone('+34699999999')] })]));
    await expect(refused).rejects.toMatchObject({ code: 'store.key_missing', retryable: true });
    await expect(test.again({ secretKeyFile: elsewhere })).rejects.toThrow('copy the file from the machine where the keys were rotated');
    copyFileSync(test.settings.secretKeyFile, elsewhere);
    await arrive(node, inbound('n', 'nueva', { from: [phone('+34699999999')] }));
    expect(await people(test.store)).toBe(3);
  });

  it('is refused while another one runs', async () => {
    const test = await open();
    await live(test.store, 1);
    let second: Promise<unknown> = Promise.resolve();
    await rotate(test, test.store, { progress: () => void (second = rotate(test, test.store).catch((error: unknown) => error)) });
    expect(await second).toMatchObject({ code: 'store.in_use' });
    expect(readdirSync(test.folder).filter((name) => name.startsWith('secret.key.') && !name.includes('.rotation'))).toEqual([]);
  });

  if (backend === 'postgres')
    it('waits for those who are adding somebody, so that none is missed', async () => {
      const test = await open();
      const node = await test.again();
      let rotated: Promise<unknown> = Promise.resolve();
      await node.transaction(async (tx) => {
        await receiveBatch(tx, [inbound('1', 'hola', { from: [phone(numberOf(1))] })]);
        rotated = rotate(test, test.store);
        await new Promise((resolve) => setTimeout(resolve, 100));
      });
      await rotated;
      expect(await (await test.again()).read((reader) => findConversation(reader, 'sms', phone(numberOf(1))))).not.toBeNull();
    });
});
