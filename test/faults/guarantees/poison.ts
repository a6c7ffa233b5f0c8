// People whose messages can never be answered, because a byte of their session is damaged, among people who write as ever: each
// damaged one is tried five times, given up and told of, and the others hardly notice.
import { openStore } from '../../../src/store/store.ts';
import { parseSettings } from '../../../src/runtime/settings.ts';
import { findConversation } from '../../../src/store/conversations.ts';
import { makePlace } from '../../support/places.ts';
import { outcome, type Guarantee } from '../guarantee.ts';
import { openCluster, repliesByPerson, type Cluster } from '../support/cluster.ts';
import { forEachOf } from '../support/for-each-of.ts';
import { quantile } from '../support/storm.ts';
import { untilTrue } from '../support/until-true.ts';

const PER_SECOND = 40;
const TRIES = 5;
/** Five tries take fifteen seconds by the service's clock. */
const GIVEN_UP_MS = 60_000;
const ANSWERED_MS = 60_000;

export const poison: Guarantee = {
  id: 'poison',
  says: 'one bad conversation harms no other',
  wanted: "dead letter after 5 tries, others' p99 at most doubled",
  stores: ['sqlite', 'postgres'],
  async run({ store, times, progress }) {
    const seconds = times(40, 2);
    const bad = Array.from({ length: times(20, 3) }, (_, index) => `+3475${String(index).padStart(7, '0')}`);
    const good = Array.from({ length: 50 }, (_, index) => `+3476${String(index).padStart(7, '0')}`);
    const timed = seconds >= 20;
    const place = await makePlace(store);
    // The short trial cannot wait for the pauses between tries: there the service's clock runs fast.
    const cluster = await openCluster({ ...place, nodes: 1, logLevel: 'error', ...(timed ? {} : { clockSpeed: 15 }) });
    const { load, urls, twilio, nodes } = cluster;
    const url = urls[0] ?? '';
    const told = (from: string): number => twilio.messages.filter(({ direction, to }) => direction !== 'inbound' && to === from).length;

    await forEachOf([...good, ...bad], 16, async (from) => void (await load.deliver([url], { from, body: 'hello' })));
    await untilTrue(() => [...good, ...bad].every((from) => told(from) > 0), ANSWERED_MS);
    // A process that has just begun is slow for a moment.
    if (timed) await latencies(cluster, good, 1_000_000, 5);
    const before = await latencies(cluster, good, 1, seconds);
    await damageSessions(place, bad);
    const poisoning = forEachOf(bad, 1, async (from) => {
      await load.deliver([url], { from, body: 'message 1' });
      await new Promise((resolve) => setTimeout(resolve, (seconds * 1000) / bad.length));
    });
    const during = await latencies(cluster, good, 1 + seconds * PER_SECOND, seconds);
    await poisoning;
    progress(`${bad.length} bad messages among ${during.length}`);
    const tries = (): { inbox: number; attempts: number; dead: boolean }[] => failures(nodes[0]?.process?.output() ?? '');
    await untilTrue(() => tries().filter(({ dead }) => dead).length >= bad.length, GIVEN_UP_MS);
    // They are told, and nothing of it comes again.
    await untilTrue(() => bad.every((from) => told(from) > 1), ANSWERED_MS);
    const again = await load.deliver([url], { from: bad[0] ?? '', body: 'hello' });
    const recovered = await untilTrue(() => told(bad[0] ?? '') > 2, ANSWERED_MS);
    const failed = tries();
    await cluster.close();
    await place.drop();

    const unanswered = [...before, ...during].filter((ms) => ms === null).length;
    const rightly = bad.length === new Set(failed.map(({ inbox }) => inbox)).size && failed.length === bad.length * TRIES;
    const untold = bad.filter((from) => told(from) < 2).length;
    const [calm, troubled] = [p99(before), p99(during)];
    return outcome(
      rightly && unanswered === 0 && untold === 0 && again && recovered && (!timed || troubled <= 2 * calm),
      `${bad.length} bad messages tried ${failed.length} times, ${untold} of their people not told; ${before.length} others without and ` +
        `${during.length} with them: ${unanswered} not answered, p99 ${Math.round(calm)} and ${Math.round(troubled)} ms from webhook to provider`,
    );
  },
};

/** Messages at a fixed rate, from each person in turn, and how long each took from its webhook to its reply at the provider. */
async function latencies({ load, urls, twilio }: Cluster, people: string[], first: number, seconds: number): Promise<(number | null)[]> {
  const sent = new Map<number, number>();
  const posts: Promise<unknown>[] = [];
  const began = performance.now();
  const count = seconds * PER_SECOND;
  for (let index = 0; index < count; index++) {
    const early = began + (index * 1000) / PER_SECOND - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    sent.set(first + index, Date.now());
    posts.push(load.deliver([urls[0] ?? ''], { from: people[index % people.length] ?? '', body: `message ${first + index}` }));
  }
  await Promise.all(posts);
  const answeredAt = (): Map<number, number> =>
    new Map(twilio.messages.map(({ body, createdAt }) => [Number(/Heard message (\d+)\./.exec(body)?.[1] ?? -1), createdAt]));
  await untilTrue(() => [...repliesByPerson(twilio).values()].flat().filter((number) => sent.has(number)).length >= count, ANSWERED_MS);
  const answers = answeredAt();
  return [...sent].map(([number, at]) => (answers.has(number) ? (answers.get(number) ?? 0) - at : null));
}

const p99 = (some: (number | null)[]): number =>
  quantile(
    some.flatMap((ms) => (ms === null ? [] : [ms])),
    0.99,
  );

/** Changes one byte of what each session is sealed in, as a broken disk would. */
async function damageSessions(
  { environment, folder }: { environment: Record<string, string>; folder: string },
  people: string[],
): Promise<void> {
  const store = await openStore({ ...parseSettings(environment, folder), now: Date.now });
  for (const value of people) {
    const conversation = await store.read((reader) => findConversation(reader, 'sms', { kind: 'phone', value }));
    await store.transaction(async ({ db }) => {
      const of = db
        .selectFrom('sessions')
        .select('sealed')
        .where('conversation_id', '=', conversation?.id ?? '');
      const sealed = Buffer.from((await of.executeTakeFirstOrThrow()).sealed);
      sealed[sealed.length - 1] = (sealed.at(-1) ?? 0) ^ 1;
      await db
        .updateTable('sessions')
        .set({ sealed })
        .where('conversation_id', '=', conversation?.id ?? '')
        .execute();
    });
  }
  await store.close();
}

/** Failed turns, as the service logged them. */
function failures(output: string): { inbox: number; attempts: number; dead: boolean }[] {
  return output
    .split('\n')
    .filter((line) => line.includes('A turn failed.') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as { inbox: number; attempts: number; dead: boolean });
}
