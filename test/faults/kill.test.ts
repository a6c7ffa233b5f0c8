// kill -9 at random instants while signed webhooks pour in: whatever was acknowledged is answered exactly once after restart.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makePlace } from '../support/places.ts';
import { freePort, startService, type ServiceProcess } from '../support/process.ts';
import { newSid, startTwilio, type FakeTwilio } from '../support/twilio-server.ts';

const KILLS = { sqlite: Number(process.env['KILLS'] ?? 50), postgres: Number(process.env['KILLS'] ?? 10) };
const CONCURRENCY = 8;

let twilio: FakeTwilio;
beforeAll(async () => {
  twilio = await startTwilio();
});
afterAll(() => twilio.close());

/** Sends messages, each from a person of its own, until told to stop; a message without an answer is sent again, as Twilio does. */
async function pour(url: () => string, acknowledged: Set<string>, state: { stop: boolean; next: number }): Promise<void> {
  while (!state.stop) {
    const from = `+3461${String(state.next++).padStart(7, '0')}`;
    const sid = newSid();
    for (let attempt = 0; attempt < 2 && !state.stop; attempt++) {
      const response = await twilio.inbound(url(), { from, to: '+15005550006', body: 'hola', sid }).catch(() => null);
      if (response?.status === 200) {
        acknowledged.add(from);
        break;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

it.each(['sqlite', 'postgres'] as const)(
  'answers every acknowledged message exactly once after kills on %s',
  { timeout: 600_000 },
  async (backend) => {
    const kills = KILLS[backend];
    const place = await makePlace(backend);
    twilio.messages.length = 0;
    const port = await freePort();
    const environment = {
      ...twilio.env,
      ...place.environment,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      TWILIO_SMS_SEGMENTS_PER_SECOND: '10000',
    };
    let service: ServiceProcess = await startService(environment, port);
    const acknowledged = new Set<string>();
    const state = { stop: false, next: backend === 'sqlite' ? 0 : 5_000_000 };
    const load = Array.from({ length: CONCURRENCY }, () => pour(() => service.url, acknowledged, state));
    for (let kill = 0; kill < kills; kill++) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 250));
      await service.kill('SIGKILL');
      service = await startService(environment, port);
    }
    state.stop = true;
    await Promise.all(load);

    const answers = (): Map<string, number> => {
      const count = new Map<string, number>();
      for (const message of twilio.messages) if (message.direction !== 'inbound') count.set(message.to, (count.get(message.to) ?? 0) + 1);
      return count;
    };
    const unanswered = (): string[] => [...acknowledged].filter((from) => !answers().has(from));
    for (let waited = 0; unanswered().length > 0 && waited < 150_000; waited += 250)
      await new Promise((resolve) => setTimeout(resolve, 250));
    await service.kill('SIGTERM');
    await place.drop();

    expect(acknowledged.size).toBeGreaterThan(kills);
    expect(unanswered()).toEqual([]);
    expect([...answers()].filter(([, count]) => count > 1)).toEqual([]);
  },
);
