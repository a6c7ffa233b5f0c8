// How fast a service is ready and how much memory it takes at rest: empty, and with 100,000 conversations stored.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { InboundMessage } from '../../src/domain/message.ts';
import { loadConversation } from '../../src/store/conversations.ts';
import { finishInbox } from '../../src/store/inbox.ts';
import { claimInbox } from '../../src/store/inbox-claim.ts';
import { addMessage } from '../../src/store/messages.ts';
import { receiveBatch } from '../../src/store/receive-batch.ts';
import { openStore } from '../../src/store/store.ts';
import { newId } from '../../src/util/ids.ts';
import { freePort, startService } from '../support/process.ts';
import type { Figure } from './run.ts';
import { benchEnvironment } from './webhooks.ts';

const CONVERSATIONS = 100_000;
const BATCH = 500;

/** Milliseconds to ready and MB at rest, with the web chat alone and with all channels on. */
export async function benchStart(folder: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [label, stored] of [
    ['empty', 0],
    ['100k', CONVERSATIONS],
  ] as const) {
    const dataDir = path.join(folder, `start-${label}`);
    await measureOnce({ DATA_DIR: dataDir });
    if (stored > 0) await fill(dataDir, stored);
    const all = {
      ...benchEnvironment(dataDir, 1, 'http://127.0.0.1:9'),
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 's',
      SLACK_CHANNEL: 'C0123ABCD',
      SLACK_API_URL: 'http://127.0.0.1:9/api/',
      MICROSOFT_APP_ID: '11111111-1111-1111-1111-111111111111',
      MICROSOFT_APP_PASSWORD: 'x',
      MICROSOFT_APP_TENANT_ID: '22222222-2222-2222-2222-222222222222',
    };
    for (const [channels, environment] of [
      ['web', { DATA_DIR: dataDir }],
      ['all', all],
    ] as const) {
      const { startMs, megabytes } = await measureOnce(environment);
      figures.push(
        { name: `start_${label}_${channels}`, value: startMs, unit: 'ms' },
        { name: `memory_${label}_${channels}`, value: megabytes, unit: 'MB' },
      );
    }
  }
  return figures;
}

async function measureOnce(environment: Record<string, string>): Promise<{ startMs: number; megabytes: number }> {
  const service = await startService({ LOG_LEVEL: 'error', ...environment }, await freePort());
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const rss = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${service.child.pid}/status`, 'utf8'))?.[1] ?? '0';
  await service.kill('SIGTERM');
  return { startMs: service.startMs, megabytes: Number(rss) / 1024 };
}

async function fill(dataDir: string, count: number): Promise<void> {
  const now = Date.now();
  const store = await openStore({
    databaseUrl: `sqlite:${dataDir}/ventanilla.db`,
    keyDatabaseUrl: `sqlite:${dataDir}/keys.db`,
    secretKeyFile: `${dataDir}/secret.key`,
    now: () => now,
  });
  for (let from = 0; from < count; from += BATCH) {
    await store.transaction(async (tx) => {
      const messages: InboundMessage[] = [];
      for (let index = from; index < from + BATCH; index++) {
        const value = `+3470${String(index).padStart(7, '0')}`;
        messages.push({
          channel: 'sms',
          externalId: `fill-${index}`,
          from: [{ kind: 'phone', value }],
          text: 'hola',
          media: [],
          opened: false,
          receivedAt: now,
        });
      }
      await receiveBatch(tx, messages);
      for (const item of await claimInbox(tx, BATCH, now)) {
        const conversation = await loadConversation(tx, item.conversationId);
        if (conversation)
          await addMessage(tx, {
            id: newId(),
            conversation,
            from: 'service',
            kind: 'flow',
            text: 'Hola. Línea gratuita de información.',
            choices: [],
            language: 'es',
            direction: 'ltr',
            clientId: null,
            status: 'delivered',
            createdAt: now,
          });
        await finishInbox(tx, item.id);
      }
    });
  }
  await store.close();
}
