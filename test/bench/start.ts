// How fast a service is ready and how much memory it takes at rest: empty, and with a million messages stored.
import path from 'node:path';
import { fillStore } from '../support/fill.ts';
import { freePort, startService } from '../support/process.ts';
import { megabytesOf } from './measure.ts';
import type { Figure } from './run.ts';
import { benchEnvironment } from './service.ts';
import { publishUnlimited } from '../support/publish-unlimited.ts';

const MESSAGES = 1_000_000;
/** Memory is measured so long after the start. */
const REST_MS = 5000;

const ALL_CHANNELS = {
  ...benchEnvironment(1, 'http://127.0.0.1:9'),
  SLACK_BOT_TOKEN: 'xoxb-1',
  SLACK_SIGNING_SECRET: 's',
  SLACK_CHANNEL: 'C0123ABCD',
  SLACK_API_URL: 'http://127.0.0.1:9/api/',
  TWILIO_WHATSAPP_FROM: '+15005550007',
  MICROSOFT_APP_ID: '11111111-1111-1111-1111-111111111111',
  MICROSOFT_APP_PASSWORD: 'x',
  MICROSOFT_APP_TENANT_ID: '22222222-2222-2222-2222-222222222222',
};

/** Milliseconds to ready on an empty store and on a full one. */
export async function benchStart(folder: string): Promise<Figure[]> {
  const empty = { DATA_DIR: path.join(folder, 'start-empty') };
  const full = await filled({ DATA_DIR: path.join(folder, 'start-full') }, MESSAGES);
  const figures: Figure[] = [];
  for (const [name, place, stored] of [
    ['start_first', empty, 0],
    ['start_empty', empty, 0],
    ['start_full', full, MESSAGES],
  ] as const) {
    const { startMs } = await measureOnce(place, 0);
    figures.push({ name, value: startMs, unit: 'ms', stored_messages: stored });
  }
  return figures;
}

/** MB at rest, with the web chat alone and with all channels on. */
export async function benchMemory(folder: string): Promise<Figure[]> {
  const place = { DATA_DIR: path.join(folder, 'memory') };
  await measureOnce(place, 0);
  return [
    { name: 'memory_idle_web', value: (await measureOnce(place, REST_MS)).megabytes, unit: 'MB' },
    { name: 'memory_idle_all_channels', value: (await measureOnce({ ...ALL_CHANNELS, ...place }, REST_MS)).megabytes, unit: 'MB' },
  ];
}

/** Has a place hold so many messages; returns it. */
export async function filled(place: Record<string, string>, messages: number): Promise<Record<string, string>> {
  await publishUnlimited(place);
  // Database and key store get to know each other first.
  await measureOnce(place, 0);
  const { DATA_DIR: folder } = place;
  const { DATABASE_URL: databaseUrl = `sqlite:${folder}/ventanilla.db`, KEY_DATABASE_URL: keyDatabaseUrl = `sqlite:${folder}/keys.db` } =
    place;
  await fillStore({ databaseUrl, keyDatabaseUrl }, messages / 2, Date.now());
  return place;
}

async function measureOnce(environment: Record<string, string>, restMs: number): Promise<{ startMs: number; megabytes: number }> {
  const service = await startService({ LOG_LEVEL: 'error', ...environment }, await freePort());
  await new Promise((resolve) => setTimeout(resolve, restMs));
  const megabytes = megabytesOf(service.child.pid);
  await service.kill('SIGTERM');
  return { startMs: service.startMs, megabytes };
}
