// What somebody said is not kept in their session for longer than their messages are, however often they write.
import { expect, it } from 'vitest';
import { decryptAll } from '../../src/store/decrypt-all.ts';
import { purge } from '../../src/runtime/housekeeping.ts';
import { openHotline } from '../support/app.ts';

const DAY_MS = 86_400_000;

it('forgets what was said a month ago although the person goes on writing', async () => {
  const hotline = await openHotline();
  const tables = async (): Promise<string[]> => {
    const found = new Set<string>();
    for await (const { table, text } of decryptAll(hotline.app.store)) if (text.includes('canario')) found.add(table);
    return [...found].sort();
  };
  const maria = hotline.person();
  await maria.send('hola');
  await maria.send('me llamo canario y tengo una pregunta');
  expect(await tables()).toEqual(['messages', 'sessions']);
  for (let week = 0; week < 5; week++) {
    hotline.pass(7 * DAY_MS);
    expect((await maria.send('hola')).length).toBeGreaterThan(0);
    await purge(hotline.app.service.services);
  }
  expect(await tables()).toEqual([]);
  await hotline.close();
});
