// Ten times the expected load, and then far more than can be answered, from a process that waits for no answer. What is
// acknowledged is answered; what is not gets 503 with the time to wait and leaves no trace; emergency words are never refused.
import { makePlace } from '../../support/places.ts';
import { freePort, startService } from '../../support/process.ts';
import { publishUnlimited } from '../../support/publish-unlimited.ts';
import { startTwilio } from '../../support/twilio-server.ts';
import { outcome, type Guarantee } from '../guarantee.ts';
import { quantile, raiseStorm, type Dispatch } from '../support/storm.ts';
import { untilTrue } from '../support/until-true.ts';

/** Ten times what is expected. */
const TEN_TIMES = 500;
const WARM_UP = 100;
const FAR_TOO_MANY = 1500;
const EMERGENCY_EVERY = 50;
const ANSWERED_MS = 150_000;
const P50_MS = 50;
const P99_MS = 1000;

export const overload: Guarantee = {
  id: 'overload',
  says: 'overload is shed, not suffered',
  wanted: '10 times the expected load: acknowledgement p50 ≤ 50 ms and p99 ≤ 1 s, 503 before the write when full, 0 acknowledged lost',
  stores: ['sqlite', 'postgres'],
  async run({ store, times, progress }) {
    const seconds = times(40, 2);
    // Only on a quiet machine, and over some time, do milliseconds mean anything.
    const timed = seconds >= 20;
    const twilio = await startTwilio();
    const place = await makePlace(store);
    // At this size the demonstration's daily ceiling would hold the answers back.
    await publishUnlimited(place.environment);
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}`;
    const service = await startService(
      {
        ...twilio.env,
        ...place.environment,
        PUBLIC_URL: publicUrl,
        TWILIO_SMS_SEGMENTS_PER_SECOND: '100000',
        INBOX_LIMIT: timed ? '3000' : '200',
        LOG_LEVEL: 'fatal',
      },
      port,
    );
    const answers = new Map<string, number[]>();
    const readAnswers = (): void => {
      for (const { direction, to, createdAt } of twilio.messages.splice(0)) {
        if (direction === 'inbound') continue;
        answers.set(to, [...(answers.get(to) ?? []), createdAt]);
      }
    };
    const storm = async (perSecond: number, prefix: string, lasting: number): Promise<Dispatch[]> => {
      const dispatches = await raiseStorm(twilio, {
        url: publicUrl,
        publicUrl,
        perSecond,
        seconds: lasting,
        prefix,
        emergencyEvery: EMERGENCY_EVERY,
      });
      progress(
        `${dispatches.length} messages at ${perSecond} a second, ${count(dispatches, 200)} acknowledged, ${count(dispatches, 503)} refused`,
      );
      return dispatches;
    };
    const allAnswered = (some: Dispatch[]): Promise<boolean> =>
      untilTrue(() => {
        readAnswers();
        return some.every(({ status, from }) => status !== 200 || answers.has(from));
      }, ANSWERED_MS);

    // A process that has just begun is slow for a moment.
    if (timed) await allAnswered(await storm(WARM_UP, '+3470', 5));
    const first = await storm(TEN_TIMES, '+3471', seconds);
    await allAnswered(first);
    const second = await storm(FAR_TOO_MANY, '+3472', Math.max(1, Math.round(seconds / 4)));
    const all = [...first, ...second];
    await allAnswered(all);
    await service.kill('SIGTERM');
    await twilio.close();
    await place.drop();

    const acknowledged = all.filter(({ status }) => status === 200);
    const refused = all.filter(({ status }) => status === 503);
    const lost = acknowledged.filter(({ from }) => !answers.has(from)).length;
    const traced = refused.filter(({ from }) => answers.has(from)).length;
    const unsaid = refused.filter(({ retryAfter }) => !/^[1-9]\d*$/.test(retryAfter ?? '')).length;
    const otherwise = all.length - acknowledged.length - refused.length;
    const emergencies = all.filter(({ emergency }) => emergency);
    const unheard = emergencies.filter(({ status }) => status !== 200).length;
    const waits = (some: Dispatch[]): number[] =>
      some.flatMap(({ status, from, answeredAt }) =>
        status === 200 ? [(answers.get(from)?.[0] ?? Number.POSITIVE_INFINITY) - answeredAt] : [],
      );
    const late = first.flatMap(({ status, ms }) => (status === 200 ? [ms] : []));
    const [p50, p99] = [quantile(late, 0.5), quantile(late, 0.99)];
    const quick = !timed || (p50 <= P50_MS && p99 <= P99_MS);
    return outcome(
      quick && lost + traced + unsaid + otherwise + unheard === 0 && acknowledged.length > 0 && count(second, 503) > 0,
      `${all.length} messages, ${acknowledged.length} acknowledged (p50 ${Math.round(p50)} ms, p99 ${Math.round(p99)} ms at ${TEN_TIMES}/s), ` +
        `${lost} of them lost; ${refused.length} refused with 503, ${unsaid} without Retry-After, ${traced} stored; ${otherwise} without either; ` +
        `${emergencies.length} emergencies, ${unheard} refused, answered after ${seconds2(quantile(waits(emergencies), 0.5))} (others ${seconds2(quantile(waits(all.filter(({ emergency }) => !emergency)), 0.5))})`,
    );
  },
};

const count = (dispatches: Dispatch[], status: number): number => dispatches.filter((one) => one.status === status).length;
const seconds2 = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
