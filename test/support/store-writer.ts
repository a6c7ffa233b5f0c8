// A process that takes messages in and answers them until it is killed: run by test/store/crash.test.ts.
// It prints the id of each message once its commit is on disk, and only then.
import { finishInbox } from '../../src/store/inbox.ts';
import { claimInbox } from '../../src/store/inbox-claim.ts';
import { addMessage } from '../../src/store/messages.ts';
import { receiveBatch } from '../../src/store/receive-batch.ts';
import { openStore, type StoreSettings } from '../../src/store/store.ts';
import { newId } from '../../src/util/ids.ts';

const [settings = '{}', run = '0'] = process.argv.slice(2);
const store = await openStore({ ...(JSON.parse(settings) as Omit<StoreSettings, 'now'>), now: Date.now });

async function receive(index: number): Promise<void> {
  const externalId = `${run}-${index}`;
  const from = [{ kind: 'phone' as const, value: `+346${run}${index % 97}` }];
  await store.transaction((tx) =>
    receiveBatch(tx, [{ channel: 'sms', externalId, from, text: externalId, media: [], opened: false, receivedAt: Date.now() }]),
  );
  process.stdout.write(`${externalId}\n`);
}

async function answer(): Promise<void> {
  await store.transaction(async (tx) => {
    for (const { id, conversationId, message } of await claimInbox(tx, 20, Date.now())) {
      const { contact_id: contactId } = await tx.db
        .selectFrom('conversations')
        .select('contact_id')
        .where('id', '=', conversationId)
        .executeTakeFirstOrThrow();
      await addMessage(tx, {
        id: newId(),
        conversation: { id: conversationId, contactId },
        from: 'service',
        kind: 'flow',
        text: `re ${message.text}`,
        choices: [],
        language: null,
        direction: 'ltr',
        clientId: null,
        status: null,
        createdAt: Date.now(),
      });
      await finishInbox(tx, id);
    }
  });
}

for (let index = 0; ; index += 8) await Promise.all([...Array.from({ length: 8 }, (_, offset) => receive(index + offset)), answer()]);
