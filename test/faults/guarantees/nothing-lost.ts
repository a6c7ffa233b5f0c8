// kill -9 at random instants while signed webhooks pour in: whatever was acknowledged is answered exactly once after restart.
// The hotline repeats each message, so that the provider sees which message a reply answers, and in which order.
import path from 'node:path';
import { freePort, startService } from '../../support/process.ts';
import { makePlace } from '../../support/places.ts';
import { startTwilio } from '../../support/twilio-server.ts';
import { outcome, type Guarantee } from '../guarantee.ts';
import { countReplies, openCrowd } from '../support/crowd.ts';
import { writeEchoContent } from '../support/echo-content.ts';
import { openQuickService } from '../support/quick-service.ts';

/** Acknowledged messages between two kills, on average. */
const MESSAGES = 102;
/** One restart in so many is a cold `ventanilla start`; and one in so many is killed while it opens. */
const COLD = 40;
const STILLBORN = 12;
/** Where so long not one more answer came, those that are missing are lost; while they come, they are late. */
const SILENCE_MS = 60_000;

export const nothingLost: Guarantee = {
  id: 'nothing-lost',
  says: 'nothing acknowledged is lost',
  wanted: '≥ 1,000 kills, ≥ 100,000 acknowledged, 0 lost',
  stores: ['sqlite', 'postgres'],
  async run({ store, times, progress }) {
    const wanted = times(1000, 4);
    const twilio = await startTwilio();
    const place = await makePlace(store);
    const port = await freePort();
    const content = path.join(place.folder, 'content');
    writeEchoContent(content);
    const environment = {
      ...twilio.env,
      ...place.environment,
      CONTENT_FOLDER: content,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      TWILIO_SMS_SEGMENTS_PER_SECOND: '10000',
      // This provider lists what it has at once.
      TWILIO_SETTLE_SECONDS: '0',
      RECONCILE_MINUTES: '0',
      SEND_LEASE_MS: '400',
    };
    const service = await openQuickService(environment, port);
    const crowd = openCrowd(twilio, service.url);
    let kills = 0;
    let cold = 0;

    async function serveUntilKilled(): Promise<void> {
      const { process, ready } = service.start();
      if (kills % STILLBORN === STILLBORN - 1) await pause(Math.random() * 150);
      else {
        await ready;
        await crowd.pour(Math.random() * 2 * MESSAGES);
        await pause(Math.random() * 3);
      }
      process.child.kill('SIGKILL');
      kills += 1;
      await process.gone;
    }

    async function serveColdUntilKilled(): Promise<void> {
      const process = await startService(environment, port);
      await crowd.pour(Math.random() * 2 * MESSAGES);
      await process.kill('SIGKILL');
      kills += 1;
      cold += 1;
    }

    while (kills < wanted) {
      await (kills % COLD === COLD / 2 ? serveColdUntilKilled() : serveUntilKilled());
      crowd.hold();
      if (kills % 50 === 0) progress(`${kills} kills, ${crowd.count('acknowledged')} acknowledged`);
    }
    const last = service.start();
    await last.ready;
    await crowd.finish();
    let missing = Number.POSITIVE_INFINITY;
    let heard = performance.now();
    while (missing > 0 && performance.now() - heard < SILENCE_MS) {
      const { lost } = countReplies(twilio, crowd.people);
      if (lost < missing) heard = performance.now();
      missing = lost;
      if (lost > 0) await pause(250);
    }
    // Whatever would be sent twice is sent by now: each loop has looked again.
    await pause(1500);
    last.process.child.kill('SIGTERM');
    await last.process.gone;
    await service.close();
    await place.drop();
    await twilio.close();

    const { lost, doubled, invented, disordered } = countReplies(twilio, crowd.people);
    const acknowledged = crowd.count('acknowledged');
    return outcome(
      lost + doubled + invented + disordered === 0 && acknowledged >= kills * 20,
      `${kills} kills (${cold} of a cold start), ${crowd.count('invoked')} webhooks: ${acknowledged} messages acknowledged, ` +
        `${crowd.count('unknown')} of unknown fate, ${crowd.count('failed')} refused; ` +
        `${lost} lost, ${doubled} answered twice, ${invented} answers to nothing, ${disordered} out of order`,
    );
  },
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
