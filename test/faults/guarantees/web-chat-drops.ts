// The Direct Line client of others, in a real browser behind a network that dies again and again, while the person writes and
// answers arrive: the client has every activity once.
import type { Browser } from 'playwright-core';
import { directLine } from '../../../src/channels/direct-line/direct-line.ts';
import { openHotline, type TestHotline } from '../../support/app.ts';
import { launchBrowser } from '../../support/browser.ts';
import { openCuttableProxy } from '../../support/cuttable-proxy.ts';
import { newToken, startDirectLine } from '../../support/direct-line-page.ts';
import { makePlace } from '../../support/places.ts';
import { freePort } from '../../support/process.ts';
import { outcome, type Guarantee } from '../guarantee.ts';
import { forEachOf } from '../support/for-each-of.ts';

/** Drops in one conversation: more would meet the limit of a person's day. */
const DROPS = 20;
const CLIENTS = 6;
const PATIENCE_MS = 10_000;

interface Count {
  drops: number;
  activities: number;
  missing: number;
  duplicate: number;
}

export const webChatDrops: Guarantee = {
  id: 'web-chat-drops',
  says: 'a web chat client may drop',
  wanted: '1,000 drops, 0 missing, 0 duplicate activities',
  stores: ['sqlite', 'postgres'],
  async run({ store, times, progress }) {
    const wanted = times(1000, 24);
    const place = await makePlace(store);
    const port = await freePort();
    const hotline = await openHotline({ place, environment: { PORT: String(port) }, modules: [directLine] });
    await hotline.app.listen();
    const browser = await launchBrowser();
    const total: Count = { drops: 0, activities: 0, missing: 0, duplicate: 0 };
    // A short trial has several clients too.
    const each = Math.min(DROPS, Math.ceil(wanted / CLIENTS));
    const sizes = Array.from({ length: Math.ceil(wanted / each) }, (_, index) => Math.min(each, wanted - index * each));
    await forEachOf(sizes, CLIENTS, async (drops) => {
      const count = await converse(hotline, browser, port, drops);
      for (const key of Object.keys(total) as (keyof Count)[]) total[key] += count[key];
      progress(`${total.drops} drops, ${total.activities} activities`);
    });
    await browser.close();
    await hotline.close();
    await place.drop();
    return outcome(
      total.missing === 0 && total.duplicate === 0 && total.activities >= total.drops * 4,
      `${total.drops} drops, ${total.activities} activities, ${total.missing} missing, ${total.duplicate} duplicate`,
    );
  },
};

/** One client, one conversation, and one network of its own. */
async function converse(hotline: TestHotline, browser: Browser, port: number, drops: number): Promise<Count> {
  const network = await openCuttableProxy(port);
  const page = await browser.newPage({ bypassCSP: true });
  await page.goto(`${network.url}/livez`);
  const client = await startDirectLine(page, { webSocket: true, token: await newToken(`http://127.0.0.1:${port}`), locale: 'es' });
  const [first] = await client.gets(1);
  const conversation = first?.id.split('|')[0] ?? '';
  /** The same person, in another window. */
  const writeElsewhere = (text: string, clientId: string): Promise<unknown> =>
    hotline.app.service.context.receive({
      channel: 'web',
      externalId: `${conversation}:${clientId}`,
      from: [{ kind: 'user', value: conversation }],
      text,
      media: [],
      opened: false,
      receivedAt: hotline.now(),
    });
  for (let drop = 0; drop < drops; drop++) {
    const before = (await client.received()).length;
    // One message is on its way when the line is cut, another arrives while it is down.
    const posting = client.postAtLast('menú', `own-${drop}`);
    network.cut();
    await writeElsewhere('atrás', `other-${drop}`);
    network.cut();
    await posting;
    // What does not come is counted below.
    await Promise.race([client.gets(before + 4).catch(() => {}), new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))]);
  }
  const got = (await client.received()).map(({ id }) => Number(id.split('|')[1]));
  const said = await hotline.app.service.context.history('web', { kind: 'user', value: conversation }, 0);
  await page.close();
  await network.close();
  return {
    drops,
    activities: said.length,
    missing: said.filter(({ sequence }) => !got.includes(sequence)).length,
    duplicate: got.length - new Set(got).size,
  };
}
