// Every webhook ten times at once, spread over two nodes (one with SQLite): the provider is given exactly one reply to each.
import { makePlace } from '../../support/places.ts';
import { newSid } from '../../support/twilio-server.ts';
import { outcome, type Guarantee } from '../guarantee.ts';
import { openCluster, repliesByPerson } from '../support/cluster.ts';
import { forEachOf } from '../support/for-each-of.ts';
import { untilTrue } from '../support/until-true.ts';

const COPIES = 10;
/** A welcome and nine replies. */
const MESSAGES_EACH = 10;
const PEOPLE_AT_ONCE = 12;
const ANSWERED_MS = 180_000;

export const oneEffect: Guarantee = {
  id: 'one-effect',
  says: 'one visible effect per message',
  wanted: '10,000 messages, each 10 times at once to two nodes, exactly one reply each',
  stores: ['sqlite', 'postgres'],
  async run({ store, times, progress }) {
    const people = Math.ceil(times(10_000, 50) / MESSAGES_EACH);
    const place = await makePlace(store);
    const cluster = await openCluster({ ...place, nodes: store === 'postgres' ? 2 : 1 });
    const { load, urls, twilio } = cluster;
    const addresses = Array.from({ length: people }, (_, index) => `+3461${String(index).padStart(7, '0')}`);

    await forEachOf(addresses, PEOPLE_AT_ONCE, async (from, index) => {
      for (let number = 0; number < MESSAGES_EACH; number++) {
        const message = { from, body: number === 0 ? 'hello' : `message ${number}`, sid: newSid() };
        await Promise.all(Array.from({ length: COPIES }, (_, copy) => load.post(urls[copy % urls.length] ?? '', message)));
      }
      if (index % 100 === 99) progress(`${index + 1} of ${people} people have written ${MESSAGES_EACH} messages ${COPIES} times`);
    });
    const wanted = people * MESSAGES_EACH;
    const given = (): number => twilio.messages.filter(({ direction }) => direction !== 'inbound').length;
    await untilTrue(() => given() >= wanted, ANSWERED_MS);
    await cluster.close();
    await place.drop();

    const replies = repliesByPerson(twilio);
    const counts = addresses.flatMap((from) =>
      Array.from({ length: MESSAGES_EACH }, (_, number) => {
        const name = number === 0 ? -1 : number;
        return replies.get(from)?.filter((reply) => reply === name).length ?? 0;
      }),
    );
    const [none, one, more] = [counts.filter((count) => count === 0), counts.filter((count) => count === 1), counts.filter((n) => n > 1)];
    const posts = load.record.length;
    const acknowledged = load.count('acknowledged');
    return outcome(
      one.length === wanted && given() === wanted && acknowledged === posts,
      `${wanted} messages in ${posts} webhooks (${acknowledged} acknowledged): ${one.length} with one reply, ${none.length} with none, ${more.length} with more`,
    );
  },
};
