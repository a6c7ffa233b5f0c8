// The whole way under load: signed webhook, durable inbox, turn, stored answer, outbox, provider. One message a person.
import { postForms } from './load.ts';
import { cpuSecondsOf, startProvider, tenth } from './measure.ts';
import type { Figure } from './run.ts';
import { measuredService, SIGNING, waitForRest, waitForTurns, withService } from './service.ts';

const BURST_SECONDS = 8;
const ACK_SECONDS = 15;
/** What is expected: 50 messages a second. */
const TEN_TIMES_EXPECTED = 500;

/** A number that sends as many a second as providers let a busy one send: what is over waits in the outbox. */
export const PROVIDER_RATE = { TWILIO_SMS_SEGMENTS_PER_SECOND: '100' };

/**
 * Turns a second from the first post until the last answer is stored; meanwhile answers are sent as fast as the place's
 * settings let them.
 */
export function benchTurns(name: string, place: Record<string, string>): Promise<Figure> {
  return withService(place, async (service) => {
    await postForms(service.target, { seconds: 3, ...SIGNING });
    const before = await waitForRest([service]);
    const cpu = cpuSecondsOf(service.process.child.pid);
    const started = performance.now();
    const burst = await postForms(service.target, { seconds: BURST_SECONDS, ...SIGNING });
    await waitForTurns([service], before + burst.requests);
    const seconds = (performance.now() - started) / 1000;
    return {
      name,
      value: burst.requests / seconds,
      unit: 'turns/s',
      acknowledged_per_second: Math.round(burst.requests / burst.seconds),
      ack_p99_ms: Math.round(burst.p99),
      refused: burst.failed,
      service_cpu_ms_a_turn: Math.round(((cpuSecondsOf(service.process.child.pid) - cpu) * 100_000) / burst.requests) / 100,
    };
  });
}

/** How long acknowledgements take at ten times the expected load. */
export function benchAck(name: string, place: Record<string, string>): Promise<Figure> {
  return withService(place, async ({ target }) => {
    await postForms(target, { seconds: 3, perSecond: TEN_TIMES_EXPECTED, ...SIGNING });
    const { p50, p99, requests, failed } = await postForms(target, { seconds: ACK_SECONDS, perSecond: TEN_TIMES_EXPECTED, ...SIGNING });
    return { name, value: p99, unit: 'ms', p50: tenth(p50), per_second: TEN_TIMES_EXPECTED, requests, refused: failed };
  });
}

/**
 * Turns a second of several nodes on one database.
 * @param places one a node, all on the same database
 */
export async function benchNodes(name: string, places: Record<string, string>[]): Promise<Figure> {
  const provider = await startProvider();
  const services = await Promise.all(places.map((place) => measuredService(place, provider)));
  const load = (seconds: number) =>
    Promise.all(services.map(({ target }) => postForms(target, { seconds, connections: Math.ceil(64 / services.length), ...SIGNING })));
  try {
    await load(3);
    const before = await waitForRest(services);
    const started = performance.now();
    const results = await load(BURST_SECONDS);
    const requests = results.reduce((sum, result) => sum + result.requests, 0);
    await waitForTurns(services, before + requests);
    const seconds = (performance.now() - started) / 1000;
    return { name, value: requests / seconds, unit: 'turns/s', refused: results.reduce((sum, { failed }) => sum + failed, 0) };
  } finally {
    await Promise.all(services.map((service) => service.stop()));
    provider.close();
  }
}
