// The provider reports every state of a message twice, in every order there is, by signed callbacks: after each of them the
// state is the furthest that was reported, and never one before it.
import { twilio as twilioModule } from '../../../src/channels/twilio/twilio.ts';
import { openHotline } from '../../support/app.ts';
import { makePlace } from '../../support/places.ts';
import { freePort } from '../../support/process.ts';
import { publishUnlimited } from '../../support/publish-unlimited.ts';
import { newSid, startTwilio, type FakeMessage } from '../../support/twilio-server.ts';
import { outcome, type Guarantee } from '../guarantee.ts';
import { forEachOf } from '../support/for-each-of.ts';

/** In the order in which a message may go through them. */
const FORWARD = ['sent', 'delivered', 'read', 'failed'];
const AT_ONCE = 16;
const WAVE = 300;

/** Every order of things of which some are alike. */
function orders(left: readonly string[]): string[][] {
  if (left.length === 0) return [[]];
  return [...new Set(left)].flatMap((first) => orders(left.toSpliced(left.indexOf(first), 1)).map((rest) => [first, ...rest]));
}

export const deliveryForward: Guarantee = {
  id: 'delivery-forward',
  says: 'delivery states only move forward',
  wanted: 'all permutations with duplicates',
  stores: ['sqlite', 'postgres'],
  async run({ store, times, progress }) {
    const all = orders([...FORWARD, ...FORWARD]);
    const count = times(all.length, 60);
    // Spread over all of them when there is no time for all.
    const tried = Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)] ?? []);
    const twilio = await startTwilio();
    const port = await freePort();
    const place = await makePlace(store);
    // At this size the demonstration's daily ceiling would hold lines back.
    await publishUnlimited(place.environment);
    const hotline = await openHotline({
      place,
      at: Date.now(),
      environment: {
        ...twilio.env,
        PORT: String(port),
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        TWILIO_SMS_SEGMENTS_PER_SECOND: '100000',
      },
      modules: [twilioModule],
    });
    await hotline.app.listen();
    const stateOf = async (message: FakeMessage): Promise<string | null> => {
      const id = new URL(message.statusCallback ?? '').searchParams.get('line') ?? '';
      const row = await hotline.app.store.read(({ db }) =>
        db.selectFrom('messages').select('status').where('id', '=', id).executeTakeFirst(),
      );
      return row?.status ?? null;
    };

    let callbacks = 0;
    let back = 0;
    let refused = 0;
    /** Reports one order of states for one message. */
    async function report(message: FakeMessage, order: string[]): Promise<void> {
      let furthest = FORWARD.indexOf((await stateOf(message)) ?? '');
      for (const status of order) {
        if (!(await twilio.callBack(message, status)).ok) refused += 1;
        callbacks += 1;
        furthest = Math.max(furthest, FORWARD.indexOf(status));
        if ((await stateOf(message)) !== FORWARD[furthest]) back += 1;
      }
    }

    for (let start = 0; start < tried.length; start += WAVE) {
      const wave = tried.slice(start, start + WAVE);
      const before = twilio.messages.length;
      await Promise.all(
        wave.map((_, index) =>
          hotline.app.service.context.receive({
            channel: 'sms',
            externalId: newSid(),
            from: [{ kind: 'phone', value: `+3463${String(start + index).padStart(7, '0')}` }],
            text: 'hola',
            media: [],
            opened: false,
            receivedAt: hotline.now(),
          }),
        ),
      );
      await hotline.settle();
      const messages = twilio.messages.slice(before);
      if (messages.length !== wave.length) throw new Error('Not every person got one message.');
      await forEachOf(messages, AT_ONCE, (message, index) => report(message, wave[index] ?? []));
      progress(`${start + wave.length} of ${tried.length} orders`);
    }
    await hotline.close();
    await twilio.close();
    await place.drop();
    return outcome(
      back === 0 && refused === 0 && callbacks === tried.length * FORWARD.length * 2,
      `${tried.length} of ${all.length} orders of ${FORWARD.length} states, each twice: ${callbacks} callbacks, ` +
        `${back} states that were not the furthest, ${refused} refused`,
    );
  },
};
