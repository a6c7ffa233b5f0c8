// What staff are told of, and by which node: nothing twice, nothing forgotten, nothing of a person who is gone.
import { expect, it } from 'vitest';
import { isUnchanged, lastAnswered, listCasesToTell, markShown, mayTell } from '../../src/store/cases-to-tell.ts';
import { claimCase, closeCase, loadCase, openCase, setThread, updateCase } from '../../src/store/cases.ts';
import { changeOwner } from '../../src/store/conversations.ts';
import { eraseContact } from '../../src/store/erase.ts';
import { finishInbox } from '../../src/store/inbox.ts';
import { claimInbox } from '../../src/store/inbox-claim.ts';
import { endLease, takeSilentLease } from '../../src/store/leases.ts';
import { lastSequence } from '../../src/store/messages.ts';
import { purgeExpired } from '../../src/store/purge.ts';
import { receiveBatch } from '../../src/store/receive-batch.ts';
import type { NewCase, Conversation } from '../../src/store/records.ts';
import type { Store } from '../../src/store/store.ts';
import { DAY_MS } from '../../src/store/vault.ts';
import { START, stores } from '../support/stores.ts';
import { arrive, inbound } from './fixtures.ts';

const caseOf = (id: string, conversation: Conversation, change: Partial<NewCase> = {}): NewCase => ({
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
  callback: false,
  relayedSequence: 0,
  ...change,
});
const told = async (store: Store) =>
  (await store.read((reader) => listCasesToTell(reader))).map(({ record, headIsOld, tellUpTo }) => [
    record.id,
    headIsOld,
    tellUpTo !== null,
  ]);
const versionOf = async (store: Store): Promise<number> => (await store.read((reader) => listCasesToTell(reader)))[0]?.version ?? 0;

stores('cases to tell of', (open) => {
  it('are new ones, then changes of their head, then messages while people own the conversation', async () => {
    const { store, now } = await open();
    const maria = await arrive(store, inbound('1', 'hola'));
    await store.transaction((tx) => openCase(tx, caseOf('c', maria)));
    expect(await told(store)).toEqual([['c', true, false]]);
    const version = await versionOf(store);
    await store.transaction(async (tx) => {
      await setThread(tx, 'c', 'C1:1');
      await markShown(tx, 'c', version);
    });
    // The flow owns the conversation: what is said is not for staff.
    expect(await told(store)).toEqual([]);
    await store.transaction((tx) => claimCase(tx, 'c', 'ana', now()));
    expect(await told(store)).toEqual([['c', true, false]]);
    expect(await store.read((reader) => isUnchanged(reader, 'c', version))).toBe(false);
    const claimed = await versionOf(store);
    await store.transaction((tx) => markShown(tx, 'c', claimed));
    await store.transaction((tx) => changeOwner(tx, maria.id, { fromEpoch: 0, owner: 'staff', assignee: 'ana' }));
    expect(await told(store)).toEqual([['c', false, true]]);
    const upTo = await store.read((reader) => lastSequence(reader, maria.id));
    await store.transaction((tx) => updateCase(tx, 'c', { relayedSequence: upTo }));
    expect(await told(store)).toEqual([]);
    await store.transaction((tx) => closeCase(tx, 'c', now()));
    expect(await told(store)).toEqual([['c', true, false]]);
  });

  it('are never messages of a private case, nor anything of a person who was erased', async () => {
    const { store, now } = await open();
    const maria = await arrive(store, inbound('1', 'hola'));
    await store.transaction(async (tx) => {
      await openCase(tx, caseOf('c', maria, { private: true, threadRef: 'C1:1' }));
      await markShown(tx, 'c', 1);
      await changeOwner(tx, maria.id, { fromEpoch: 0, owner: 'queue', assignee: null });
    });
    expect(await told(store)).toEqual([]);
    expect(await store.read((reader) => mayTell(reader, 'c'))).toBe(false);
    await store.transaction((tx) => updateCase(tx, 'c', { private: false }));
    expect(await store.read((reader) => mayTell(reader, 'c'))).toBe(true);
    await store.transaction((tx) => eraseContact(tx, maria.contactId, now()));
    expect(await told(store)).toEqual([]);
    expect(await store.read((reader) => mayTell(reader, 'c'))).toBe(false);
  });

  it('begin after what had its turn: what came since is for staff', async () => {
    const { store, now } = await open();
    const maria = await arrive(store, inbound('1', 'hola'));
    const answered = await store.read((reader) => lastSequence(reader, maria.id));
    await store.transaction((tx) =>
      receiveBatch(
        tx,
        ['2', '3', '4'].map((id) => inbound(id, `mensaje ${id}`)),
      ),
    );
    await store.transaction(async (tx) => {
      const [item] = await claimInbox(tx, 1, now());
      expect(await lastAnswered(tx, maria.id, 1)).toBe(answered + 1);
      expect(await lastAnswered(tx, maria.id, 0)).toBe(answered);
      await finishInbox(tx, item?.id ?? 0);
      expect(await lastAnswered(tx, maria.id, 0)).toBe(answered + 1);
    });
  });

  it('go with their retention when their person was erased and nobody will close them', async () => {
    const test = await open();
    const { store, now } = test;
    const maria = await arrive(store, inbound('1', 'hola'));
    await store.transaction((tx) => openCase(tx, caseOf('c', maria)));
    await store.transaction((tx) => eraseContact(tx, maria.contactId, now()));
    const retention = {
      messages_days: 30,
      session_hours: 24,
      case_months: 12,
      private_case_months: 6,
      complaint_months: 24,
      request_log_months: 24,
      backup_days: 400,
    };
    test.pass(360 * DAY_MS);
    await store.transaction((tx) => purgeExpired(tx, retention, now()));
    expect(await store.read((reader) => loadCase(reader, 'c'))).not.toBeNull();
    test.pass(10 * DAY_MS);
    await store.transaction((tx) => purgeExpired(tx, retention, now()));
    expect(await store.read((reader) => loadCase(reader, 'c'))).toBeNull();
  });
});

stores('a lease', (open) => {
  it('is held by one of those who want it, until it is given back or its holder was silent', async () => {
    const { store } = await open();
    let renewals = 0;
    const take = async (holder: string, silent: string | null = null) =>
      (await store.transaction((tx) => takeSilentLease(tx, 'desk', holder, ++renewals, silent))).held;
    const held = await Promise.all(['a', 'b', 'c'].map((holder) => take(holder)));
    expect(held.filter(Boolean)).toHaveLength(1);
    const holder = ['a', 'b', 'c'][held.indexOf(true)] ?? '';
    const other = holder === 'a' ? 'b' : 'a';
    expect(await take(holder)).toBe(true);
    const now = `${holder} ${renewals}`;
    expect(await take(other)).toBe(false);
    expect(await take(other, `${holder} 0`)).toBe(false);
    expect(await take(other, now)).toBe(true);
    await store.transaction((tx) => endLease(tx, 'desk', holder));
    expect(await take(holder)).toBe(false);
    await store.transaction((tx) => endLease(tx, 'desk', other));
    expect(await take(holder)).toBe(true);
  });
});
