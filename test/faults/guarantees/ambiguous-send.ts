// The connection to the provider is cut before, within and after requests to send, and within their answers: of each nobody knows
// whether the provider has it. In the end it has every message once; some people are sent two at the same time.
import { twilio as twilioModule } from '../../../src/channels/twilio/twilio.ts';
import { openHotline } from '../../support/app.ts';
import { openCuttableProxy, type CutAt } from '../../support/cuttable-proxy.ts';
import { makePlace } from '../../support/places.ts';
import { newSid, startTwilio } from '../../support/twilio-server.ts';
import { outcome, type Guarantee } from '../guarantee.ts';

/** People who are written to at the same time. */
const WAVE = 250;
const MOMENTS: readonly CutAt[] = ['before', 'within', 'after', 'within_answer'];
const LIMIT_SECONDS = 300;
/** After so long only those remain of which the list says too little. */
const PATIENCE_MS = 6000;
const CUT_SHARE = 0.5;

export const ambiguousSend: Guarantee = {
  id: 'ambiguous-send',
  says: 'an ambiguous send is not doubled',
  wanted: '1,000 cuts, 0 duplicates, every "unknown" reconciled by listing or flagged within 5 minutes',
  stores: ['sqlite', 'postgres'],
  async run({ store, times, progress }) {
    const wanted = times(1000, 16);
    const twilio = await startTwilio();
    const cuts = new Map<CutAt | 'list', number>();
    const network = await openCuttableProxy(Number(new URL(twilio.url).port), (firstLine) => {
      if (Math.random() > CUT_SHARE) return null;
      const isList = firstLine.startsWith('GET');
      const at = isList ? 'before' : (MOMENTS[Math.floor(Math.random() * MOMENTS.length)] ?? 'before');
      const name = isList ? 'list' : at;
      cuts.set(name, (cuts.get(name) ?? 0) + 1);
      return at;
    });
    const sendCuts = (): number => MOMENTS.reduce((sum, at) => sum + (cuts.get(at) ?? 0), 0);
    const place = await makePlace(store);
    let ahead = 0;
    const clock = (): number => Date.now() + ahead;
    twilio.now = clock;
    const hotline = await openHotline({
      place,
      clock,
      steady: () => performance.now(),
      environment: {
        ...twilio.env,
        TWILIO_API_URL: network.url,
        PUBLIC_URL: 'http://127.0.0.1:9',
        TWILIO_SMS_SEGMENTS_PER_SECOND: '10000',
        TWILIO_SETTLE_SECONDS: '0.2',
      },
      modules: [twilioModule],
    });
    const write = (from: string, text: string): Promise<unknown> =>
      hotline.app.service.context.receive({
        channel: 'sms',
        externalId: newSid(),
        from: [{ kind: 'phone', value: from }],
        text,
        media: [],
        opened: false,
        receivedAt: clock(),
      });
    /** Waits until nothing waits to be sent; false when something does after the limit, by the product's clock. */
    async function settled(): Promise<boolean> {
      const started = performance.now();
      let leapt = false;
      while (performance.now() - started < PATIENCE_MS * 5) {
        const waiting = await hotline.app.store.read(async ({ db }) => ({
          inbox: (await db.selectFrom('inbox').select('id').where('state', '=', 'pending').limit(1).execute()).length,
          outbox: (await db.selectFrom('outbox').select('id').limit(1).execute()).length,
        }));
        if (waiting.inbox + waiting.outbox === 0) return true;
        // What could not be told from the list by now will not be later: its time passes at once.
        if (!leapt && performance.now() - started > PATIENCE_MS) {
          leapt = true;
          ahead += LIMIT_SECONDS * 1000;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return false;
    }

    let people = 0;
    let tooLate = 0;
    while (sendCuts() < wanted) {
      await Promise.all(
        Array.from({ length: Math.min(WAVE, wanted) }, async (_, index) => {
          const from = `+3462${String(people++).padStart(7, '0')}`;
          await write(from, 'hola');
          // The emergency text overtakes the welcome, which may be on its way.
          if (index % 10 === 0) await write(from, 'socorro');
        }),
      );
      if (!(await settled())) tooLate += 1;
      progress(`${sendCuts()} sends cut, ${people} people`);
    }

    const copies = new Map<string, number>();
    for (const { direction, to, body } of twilio.messages)
      if (direction !== 'inbound') copies.set(`${to} ${body}`, (copies.get(`${to} ${body}`) ?? 0) + 1);
    const doubled = [...copies.values()].filter((count) => count > 1).length;
    const states = await hotline.app.store.read(({ db }) =>
      db.selectFrom('messages').select(['status', 'error_code']).where('sender', '<>', 'person').execute(),
    );
    const flagged = states.filter(({ error_code: code }) => code === 'unknown_fate').length;
    const sent = states.filter(({ status }) => status === 'sent').length;
    const missing = sent - copies.size;
    await hotline.close();
    await network.close();
    await twilio.close();
    await place.drop();
    const where = [...MOMENTS, 'list' as const].map((at) => `${at.replace('_', ' its ')} ${cuts.get(at) ?? 0}`).join(', ');
    return outcome(
      doubled === 0 && missing <= 0 && tooLate === 0 && sent + flagged === states.length,
      `${sendCuts()} cuts (${where}), ${states.length} messages, ${doubled} duplicates, ${Math.max(0, missing)} missing, ` +
        `${sent} reconciled, ${flagged} flagged, ${tooLate} times later than ${LIMIT_SECONDS} s`,
    );
  },
};
