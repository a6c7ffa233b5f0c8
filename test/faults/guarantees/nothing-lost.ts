// kill -9 at random instants while signed webhooks pour in: whatever was acknowledged is answered exactly once after restart.
import { makePlace } from '../../support/places.ts';
import { freePort, startService } from '../../support/process.ts';
import { newSid, startTwilio } from '../../support/twilio-server.ts';
import { outcome, type Guarantee } from '../guarantee.ts';

const CONCURRENCY = 8;

export const nothingLost: Guarantee = {
  id: 'nothing-lost',
  says: 'nothing acknowledged is lost',
  wanted: '≥ 1,000 kills, ≥ 100,000 acknowledged, 0 lost',
  stores: ['sqlite', 'postgres'],
  async run({ store, times, progress }) {
    const kills = times(1000, 10);
    const twilio = await startTwilio();
    const place = await makePlace(store);
    const port = await freePort();
    const environment = {
      ...twilio.env,
      ...place.environment,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      TWILIO_SMS_SEGMENTS_PER_SECOND: '10000',
    };
    let service = await startService(environment, port);
    const acknowledged = new Set<string>();
    let next = 0;
    let stop = false;

    /** Sends messages, each from a person of its own; one without an answer is sent again, as Twilio does. */
    async function pour(): Promise<void> {
      while (!stop) {
        const from = `+3461${String(next++).padStart(7, '0')}`;
        const sid = newSid();
        for (let attempt = 0; attempt < 2 && !stop; attempt++) {
          const response = await twilio.inbound(service.url, { from, to: '+15005550006', body: 'hola', sid }).catch(() => null);
          if (response?.status === 200) {
            acknowledged.add(from);
            break;
          }
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }
    }

    const load = Array.from({ length: CONCURRENCY }, pour);
    for (let kill = 0; kill < kills; kill++) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 250));
      await service.kill('SIGKILL');
      service = await startService(environment, port);
      if (kill % 50 === 49) progress(`${kill + 1} kills, ${acknowledged.size} acknowledged`);
    }
    stop = true;
    await Promise.all(load);

    const answers = (): Map<string, number> => {
      const count = new Map<string, number>();
      for (const { direction, to } of twilio.messages) if (direction !== 'inbound') count.set(to, (count.get(to) ?? 0) + 1);
      return count;
    };
    const unanswered = (): number => [...acknowledged].filter((from) => !answers().has(from)).length;
    for (let waited = 0; unanswered() > 0 && waited < 150_000; waited += 250) await new Promise((resolve) => setTimeout(resolve, 250));
    await service.kill('SIGTERM');
    await place.drop();
    await twilio.close();

    const lost = unanswered();
    const doubled = [...answers().values()].filter((count) => count > 1).length;
    return outcome(
      lost === 0 && doubled === 0 && acknowledged.size > kills,
      `${kills} kills, ${acknowledged.size} acknowledged, ${lost} lost, ${doubled} answered twice`,
    );
  },
};
