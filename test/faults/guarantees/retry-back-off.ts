// A provider that refuses: for now, with and without Retry-After, or for good. The product waits at least as long as it was told,
// longer each time, never at the same instant for everybody; never sends faster than its number may; and what is refused for
// good it sends once.
import { twilio as twilioModule } from '../../../src/channels/twilio/twilio.ts';
import { openHotline } from '../../support/app.ts';
import { makePlace } from '../../support/places.ts';
import { newSid, startTwilio, type Trouble } from '../../support/twilio-server.ts';
import { outcome, type Guarantee } from '../guarantee.ts';

/** How much faster than time the product's clock runs. */
const SPEED = 20;
const SEGMENTS_PER_SECOND = 60;
/** Windows in which the rate is counted, in real seconds. */
const WINDOW_SECONDS = 3;
const FIRST_DELAY_MS = 2000;
const LEASE_MS = 3_600_000;
const PATIENCE_MS = 600_000;

interface Refusal {
  status: number;
  code?: number;
  /** Seconds, sent as a number or as a date. */
  wait?: number;
  asDate?: boolean;
  times: number;
}

/** The last ones are for good. */
const REFUSALS: readonly Refusal[] = [
  { status: 429, wait: 45, times: 2 },
  { status: 429, code: 20429, times: 3 },
  { status: 503, wait: 60, asDate: true, times: 1 },
  { status: 500, times: 4 },
  { status: 502, times: 2 },
  ...[63018, 30001, 21611].map((code) => ({ status: 400, code, times: 2 })),
  ...[21610, 63016, 21211, 21408, 21614, 21617, 30004, 30005, 30006, 30007].map((code) => ({ status: 400, code, times: Infinity })),
];

/** One person's message, as the provider saw it. */
interface Tried {
  refusal: Refusal;
  /** When it came, by the product's clock. */
  at: number[];
  lineId: string;
}

export const retryBackOff: Guarantee = {
  id: 'retry-back-off',
  says: 'retry with back-off',
  wanted: "honours Retry-After, jitter, never above the number's rate, permanent codes sent once",
  stores: ['sqlite', 'postgres'],
  async run({ store, times, progress }) {
    const people = times(900, 30);
    const twilio = await startTwilio();
    const place = await makePlace(store);
    const began = performance.now();
    const start = Date.now();
    const clock = (): number => Math.round(start + (performance.now() - began) * SPEED);
    const tried = new Map<string, Tried>();
    const sends: { at: number; segments: number }[] = [];
    twilio.now = clock;
    twilio.judge = (form): Trouble | null => {
      const person = tried.get(form.get('To') ?? '');
      sends.push({ at: performance.now(), segments: Math.ceil((form.get('Body') ?? '').length / 153) });
      if (!person) return null;
      person.at.push(clock());
      person.lineId = new URL(form.get('StatusCallback') ?? '').searchParams.get('line') ?? '';
      const { status, code, wait, asDate, times: refused } = person.refusal;
      if (person.at.length > refused) return null;
      const retryAfter = wait === undefined ? undefined : asDate ? new Date(clock() + wait * 1000).toUTCString() : String(wait);
      return { kind: 'status', status, ...(code === undefined ? {} : { code }), ...(retryAfter === undefined ? {} : { retryAfter }) };
    };
    const hotline = await openHotline({
      place,
      clock,
      steady: () => performance.now(),
      // By a clock that runs so fast a lease would be over before its line is sent.
      sendLeaseMs: LEASE_MS,
      environment: { ...twilio.env, PUBLIC_URL: 'http://127.0.0.1:9', TWILIO_SMS_SEGMENTS_PER_SECOND: String(SEGMENTS_PER_SECOND) },
      modules: [twilioModule],
    });
    await Promise.all(
      Array.from({ length: people }, (_, index) => {
        const from = `+3464${String(index).padStart(7, '0')}`;
        tried.set(from, { refusal: REFUSALS[index % REFUSALS.length] as Refusal, at: [], lineId: '' });
        return hotline.app.service.context.receive({
          channel: 'sms',
          externalId: newSid(),
          from: [{ kind: 'phone', value: from }],
          text: 'hola',
          media: [],
          opened: false,
          receivedAt: clock(),
        });
      }),
    );
    /** Waits as parts of what the delay has grown to: chosen by the product alone, because it was told no time. */
    const chosen: number[] = [];
    const waiting = async (): Promise<number> =>
      hotline.app.store.read(async ({ db }) => {
        const inbox = await db.selectFrom('inbox').select('id').where('state', '=', 'pending').execute();
        const lines = await db.selectFrom('outbox').select(['id', 'state', 'attempts', 'run_at']).execute();
        const due = new Map(lines.filter(({ state, attempts }) => state === 'queued' && attempts > 1).map((line) => [line.id, line]));
        for (const { lineId, refusal, at } of tried.values()) {
          const line = due.get(lineId);
          if (line?.attempts === at.length && refusal.wait === undefined)
            chosen.push((line.run_at - (at.at(-1) ?? 0)) / (FIRST_DELAY_MS * 2 ** (line.attempts - 1)));
        }
        return inbox.length + lines.length;
      });
    for (let left = await waiting(); left > 0 && performance.now() - began < PATIENCE_MS; left = await waiting()) {
      if (Math.random() < 0.02) progress(`${left} of ${people} lines wait`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await hotline.close();
    await twilio.close();
    await place.drop();

    const results = [...tried.values()];
    const forGood = results.filter(({ refusal }) => refusal.times === Infinity);
    const forNow = results.filter(({ refusal }) => refusal.times !== Infinity);
    const repeated = forGood.filter(({ at }) => at.length !== 1).length;
    const wrong = forNow.filter(({ refusal, at }) => at.length !== refusal.times + 1).length;
    const tooSoon = forNow.reduce((sum, one) => sum + countTooSoon(one), 0);
    const doubled = twilio.messages.length - new Set(twilio.messages.map(({ to }) => to)).size;
    const fastest = fastestRate(sends);
    const [shortest, longest] = [Math.min(...chosen), Math.max(...chosen)];
    return outcome(
      repeated === 0 && wrong === 0 && tooSoon === 0 && doubled === 0 && longest - shortest > 0.25 && fastest <= SEGMENTS_PER_SECOND * 1.1,
      `${sends.length} requests for ${people} messages: ${tooSoon} sooner than told, ${repeated} of ${forGood.length} permanent ones repeated, ` +
        `${wrong} of ${forNow.length} others tried too often or too seldom, ${doubled} doubled; at most ${fastest.toFixed(1)} segments a second ` +
        `of ${SEGMENTS_PER_SECOND}; waits of ${shortest.toFixed(2)} to ${longest.toFixed(2)} of the growing delay`,
    );
  },
};

/** Tries that came before Retry-After was over, or before half of what the delay has grown to. */
function countTooSoon({ refusal, at }: Tried): number {
  return at.slice(1).filter((time, index) => {
    const grown = (FIRST_DELAY_MS * 2 ** index) / 2;
    // A date has no milliseconds.
    const told = refusal.wait === undefined ? 0 : refusal.wait * 1000 - (refusal.asDate ? 1000 : 0);
    return time - (at[index] ?? 0) < Math.max(grown, told);
  }).length;
}

/** Segments a second, in the fullest window. */
function fastestRate(sends: { at: number; segments: number }[]): number {
  let most = 0;
  for (const first of sends) {
    const inside = sends.filter(({ at }) => at >= first.at && at < first.at + WINDOW_SECONDS * 1000);
    most = Math.max(most, inside.reduce((sum, { segments }) => sum + segments, 0) - first.segments);
  }
  return most / WINDOW_SECONDS;
}
