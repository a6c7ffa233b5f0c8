// People write one message after the other, each to whichever node, with late copies of earlier ones in between and some on
// two channels at once. The provider must be given the replies in the order of the messages, and nobody is welcomed twice.
import { openStore } from '../../../src/store/store.ts';
import { makePlace, type Place } from '../../support/places.ts';
import { newSid } from '../../support/twilio-server.ts';
import { outcome, type Guarantee } from '../guarantee.ts';
import { openCluster, repliesByPerson } from '../support/cluster.ts';
import { forEachOf } from '../support/for-each-of.ts';
import { untilTrue } from '../support/until-true.ts';

/** A welcome and two replies. */
const MESSAGES = 3;
const PEOPLE_AT_ONCE = 40;
/** One person in so many writes by WhatsApp too: it takes 80 messages a second and no more. */
const ON_BOTH = 40;
const SETTLED_MS = 180_000;

export const order: Guarantee = {
  id: 'order',
  says: 'order within a conversation',
  wanted: '10,000 random interleavings, 0 inversions, one conversation a contact and channel',
  stores: ['sqlite', 'postgres'],
  async run({ store, times, progress }) {
    const people = times(10_000, 60);
    const place = await makePlace(store);
    const cluster = await openCluster({ ...place, nodes: store === 'postgres' ? 2 : 1 });
    const { load, urls, twilio } = cluster;
    const anyNode = (): string => urls[Math.floor(Math.random() * urls.length)] ?? '';
    const numbers = Array.from({ length: people }, (_, index) => `+3462${String(index).padStart(7, '0')}`);
    const expected: string[] = [];

    async function talk(from: string, to: string): Promise<void> {
      expected.push(from);
      const messages = Array.from({ length: MESSAGES }, (_, number) => ({
        from,
        to,
        body: number === 0 ? 'hello' : `message ${number}`,
        sid: newSid(),
      }));
      const late: Promise<unknown>[] = [];
      for (const [index, message] of messages.entries()) {
        // The provider's retry of an earlier message overtakes this one, or comes with it.
        const earlier = messages[Math.floor(Math.random() * (index + 1))];
        if (earlier && Math.random() < 0.3) late.push(load.post(anyNode(), earlier));
        await load.deliver([anyNode(), anyNode()], message);
      }
      await Promise.all(late);
    }

    await forEachOf(numbers, PEOPLE_AT_ONCE, async (number, index) => {
      const both = index % ON_BOTH === 0;
      await Promise.all([talk(number, '+15005550006'), ...(both ? [talk(`whatsapp:${number}`, 'whatsapp:+15005550007')] : [])]);
      if (index % 1000 === 999) progress(`${index + 1} of ${people} interleavings`);
    });
    const given = (): number => twilio.messages.filter(({ direction }) => direction !== 'inbound').length;
    await untilTrue(() => given() >= expected.length * MESSAGES, SETTLED_MS);
    await cluster.close();
    const { contacts, conversations } = await countRows(place);
    await place.drop();

    const replies = repliesByPerson(twilio);
    const complete = expected.filter((from) => replies.get(from)?.toSorted(byNumber).join() === wantedReplies).length;
    const inversions = expected.reduce((sum, from) => sum + countInversions(replies.get(from) ?? []), 0);
    const posts = load.record.length;
    return outcome(
      inversions === 0 && complete === expected.length && contacts === people && conversations === expected.length,
      `${people} interleavings of ${posts} webhooks, ${inversions} inversions, ${expected.length - complete} with a reply missing or doubled; ` +
        `${conversations} conversations of ${contacts} contacts, ${expected.length} expected`,
    );
  },
};

const byNumber = (a: number, b: number): number => a - b;
const wantedReplies = [-1, ...Array.from({ length: MESSAGES - 1 }, (_, index) => index + 1)].join();

/** Pairs of neighbours in the wrong order. */
function countInversions(replies: readonly number[]): number {
  return replies.filter((reply, index) => index > 0 && reply < (replies[index - 1] ?? reply)).length;
}

async function countRows({ environment, folder }: Place): Promise<{ contacts: number; conversations: number }> {
  const store = await openStore({
    databaseUrl: environment['DATABASE_URL'] ?? `sqlite:${folder}/ventanilla.db`,
    keyDatabaseUrl: environment['KEY_DATABASE_URL'] ?? `sqlite:${folder}/keys.db`,
    secretKeyFile: `${folder}/secret.key`,
    now: Date.now,
  });
  try {
    const { db } = await store.read((reader) => Promise.resolve(reader));
    const contacts = await db.selectFrom('contacts').select('id').execute();
    const conversations = await db.selectFrom('conversations').select('id').execute();
    return { contacts: contacts.length, conversations: conversations.length };
  } finally {
    await store.close();
  }
}
