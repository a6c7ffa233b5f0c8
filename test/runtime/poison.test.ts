// A message that can never be answered harms no other: it is tried again, given up, and becomes a case for people.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findConversation } from '../../src/store/conversations.ts';
import { listWaiting } from '../../src/store/cases.ts';
import { openHotline, type TestHotline } from '../support/app.ts';

let hotline: TestHotline;
beforeAll(async () => {
  hotline = await openHotline();
});
afterAll(() => hotline.close());

it('is given up after five tries, told to people, and the person is answered', async () => {
  const { store } = hotline.app;
  const [poisoned, other] = [hotline.person(), hotline.person()];
  await poisoned.send('hola');
  await other.send('hola');
  const conversation = await store.read((reader) => findConversation(reader, 'test', poisoned.address));
  // A session that nobody can open any more: its bytes were changed on the disk.
  await store.transaction(async (tx) => {
    const mine = tx.db
      .selectFrom('sessions')
      .select('sealed')
      .where('conversation_id', '=', conversation?.id ?? '');
    const sealed = Buffer.from((await mine.executeTakeFirstOrThrow()).sealed);
    sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
    await tx.db
      .updateTable('sessions')
      .set({ sealed })
      .where('conversation_id', '=', conversation?.id ?? '')
      .execute();
  });
  const receive = hotline.app.service.context.receive;
  await receive({
    channel: 'test',
    externalId: 'poison',
    from: [poisoned.address],
    text: '1',
    media: [],
    opened: false,
    receivedAt: hotline.now(),
  });
  /** Time goes on while we look, or the next try would never be due. */
  const tries = (): number => {
    hotline.pass(5000);
    return hotline.logs.filter((line) => line.includes('A turn failed')).length;
  };
  const before = hotline.sent.length;
  for (let attempt = 1; attempt <= 5; attempt++) {
    await expect.poll(tries, { timeout: 30_000 }).toBe(attempt);
    if (attempt === 2)
      await receive({
        channel: 'test',
        externalId: 'healthy',
        from: [other.address],
        text: '1',
        media: [],
        opened: false,
        receivedAt: hotline.now(),
      });
  }
  await hotline.settle();
  const said = hotline.sent.slice(before);
  expect(said.filter((line) => line.to.value === other.address.value)).toHaveLength(1);
  expect(said.filter((line) => line.to.value === poisoned.address.value)).toHaveLength(1);
  const cases = await store.read((reader) => listWaiting(reader));
  expect(cases.filter((record) => record.reason === 'fault' && record.conversationId === conversation?.id)).toHaveLength(1);
  // And the line is whole again for this person.
  expect((await poisoned.send('hola')).join('\n')).toMatch(/papeles/);
});
