// Three nodes on a PostgreSQL of their own. Nodes are killed, and stopped for longer than every lease of theirs; the database
// ends without a goodbye. Then one node is killed every ten seconds for five minutes. People write all the while.
import { outcome, type Guarantee, type Trial } from '../guarantee.ts';
import { startOwnPostgres, type OwnPostgres } from '../../support/own-postgres.ts';
import { openCluster, repliesByPerson, type Cluster, type Node } from '../support/cluster.ts';
import { untilTrue } from '../support/until-true.ts';

/** Leases are short here, so that many can run out: a line's, and that of a transaction whose node does not go on. */
const SEND_LEASE_MS = 2000;
const TRANSACTION_LEASE_MS = 1000;
const PAUSE_MS = 3000;
const KILL_EVERY_MS = 10_000;
const WRITERS = 12;
const MESSAGES = 5;
/** A provider takes its time; two sends to one person at the same time are two owners of one conversation. */
const SEND_MS = 20;
/** So few a second that lines wait under lease for their turn: there a stop hurts most. */
const SEGMENTS_PER_SECOND = 30;
/** A person takes so long to write, on average: together they write less than one node may send: one at a time sends over a number. */
const WRITE_MS = 600;
const ANSWERED_MS = 90_000;

export const nodeMayDie: Guarantee = {
  id: 'node-may-die',
  says: 'a node may die',
  wanted: '100 faults on three nodes, then one killed every 10 s for 5 min: 0 lost, 0 doubled, 0 out of order, 0 split ownership',
  stores: ['postgres'],
  async run(trial) {
    const database = await startOwnPostgres(`idle_in_transaction_session_timeout=${TRANSACTION_LEASE_MS}`);
    const environment = {
      ...database.environment,
      TWILIO_SETTLE_SECONDS: '1',
      TWILIO_SMS_SEGMENTS_PER_SECOND: String(SEGMENTS_PER_SECOND),
    };
    const cluster = await openCluster({ environment, folder: database.folder, nodes: 3, sendLeaseMs: SEND_LEASE_MS });
    const shared = watchSends(cluster);
    const talk = startTalking(cluster);

    const counts = await makeFaults(trial, cluster, database);
    const kills = await killOften(trial, cluster);
    const acknowledged = await talk.stop();
    const answered = await untilTrue(() => {
      const replies = repliesByPerson(cluster.twilio);
      return [...acknowledged].every(([from, count]) => (replies.get(from)?.length ?? 0) >= count);
    }, ANSWERED_MS);
    // What would be sent twice is sent after the pause of those who look it up.
    await new Promise((resolve) => setTimeout(resolve, 2 * SEND_LEASE_MS));
    await cluster.close();
    await database.drop();

    const { lost, doubled, inversions } = compare(acknowledged, repliesByPerson(cluster.twilio));
    const messages = [...acknowledged.values()].reduce((sum, count) => sum + count, 0);
    return outcome(
      answered && lost + doubled + inversions + shared.overlaps === 0,
      `${counts.kill} kills, ${counts.pause} stops past the lease, ${counts.database} ends of the database, then ${kills} kills in a row; ` +
        `${messages} acknowledged, ${lost} lost, ${doubled} doubled, ${inversions} out of order, ${shared.overlaps} sent by two at once`,
    );
  },
};

type Kind = 'kill' | 'pause' | 'database';

/** One fault after the other; a node that is stopped stays so while others are killed. */
async function makeFaults({ times, progress }: Trial, { nodes }: Cluster, database: OwnPostgres): Promise<Record<Kind, number>> {
  const kinds: Kind[] = ['kill', 'pause', 'database'];
  const counts = { kill: 0, pause: 0, database: 0 };
  const faults = times(100, 3);
  let paused: { node: Node; over: Promise<void> } | null = null;
  for (let fault = 0; fault < faults; fault++) {
    const kind = kinds[fault % kinds.length] ?? 'kill';
    counts[kind] += 1;
    await sleep(Math.random() * 300);
    if (kind === 'pause') {
      await paused?.over;
      const node = anyOf(nodes);
      paused = { node, over: pause(node) };
    } else if (kind === 'kill') {
      const node = anyOf(nodes.filter((one) => one !== paused?.node));
      await node.kill('SIGKILL');
      await node.start();
    } else {
      await database.crash();
      await database.start();
      // A node that starts while its database is away says so and ends.
      await untilReady(nodes.filter((one) => one !== paused?.node));
    }
    if (fault % 10 === 9) progress(`${fault + 1} of ${faults} faults`);
  }
  await paused?.over;
  return counts;
}

/** Returns how often. */
async function killOften({ times, progress }: Trial, { nodes }: Cluster): Promise<number> {
  const until = performance.now() + times(300, 0) * 1000;
  let kills = 0;
  while (performance.now() < until) {
    const next = performance.now() + KILL_EVERY_MS;
    const node = anyOf(nodes);
    await node.kill('SIGKILL');
    await node.start();
    kills += 1;
    progress(`${kills} kills in a row`);
    await sleep(Math.min(next, until) - performance.now());
  }
  return kills;
}

async function pause(node: Node): Promise<void> {
  node.process?.child.kill('SIGSTOP');
  await sleep(PAUSE_MS);
  node.process?.child.kill('SIGCONT');
}

async function untilReady(nodes: Node[]): Promise<void> {
  for (const { url } of nodes) {
    let said = 'nothing';
    const ready = (): Promise<boolean> =>
      fetch(`${url}/readyz`).then(
        async (response) => {
          said = await response.text();
          return response.ok;
        },
        () => false,
      );
    if (!(await untilTrue(ready, 30_000))) throw new Error(`A node does not come back after its database did; it says ${said}.`);
  }
}

/** People who write one message after the other, each to the next node that takes it. */
function startTalking({ load, urls }: Cluster): { stop(): Promise<Map<string, number>> } {
  const acknowledged = new Map<string, number>();
  const state = { stopped: false };
  let people = 0;
  const writers = Array.from({ length: WRITERS }, async () => {
    while (!state.stopped) {
      const from = `+3463${String(people++).padStart(7, '0')}`;
      for (let number = 0; number < MESSAGES && !state.stopped; number++) {
        await sleep(Math.random() * 2 * WRITE_MS);
        const turned = urls.toSorted(() => Math.random() - 0.5);
        if (await load.deliver(turned, { from, body: number === 0 ? 'hello' : `message ${number}` })) acknowledged.set(from, number + 1);
      }
    }
  });
  return {
    async stop() {
      state.stopped = true;
      await Promise.all(writers);
      return acknowledged;
    },
  };
}

/** Counts sends to a person that begin while another is under way. */
function watchSends({ twilio }: Cluster): { overlaps: number } {
  const watch = { overlaps: 0 };
  const busy = new Set<string>();
  twilio.onCreate = async (to) => {
    if (busy.has(to)) watch.overlaps += 1;
    busy.add(to);
    await sleep(SEND_MS);
    busy.delete(to);
  };
  return watch;
}

function compare(acknowledged: Map<string, number>, replies: Map<string, number[]>): { lost: number; doubled: number; inversions: number } {
  let [lost, doubled, inversions] = [0, 0, 0];
  for (const [from, count] of acknowledged) {
    const heard = replies.get(from) ?? [];
    const wanted = [-1, ...Array.from({ length: count - 1 }, (_, index) => index + 1)];
    lost += wanted.filter((name) => !heard.includes(name)).length;
    doubled += heard.length - new Set(heard).size;
    inversions += heard.filter((name, index) => index > 0 && name < (heard[index - 1] ?? name)).length;
  }
  return { lost, doubled, inversions };
}

const anyOf = <T>(list: T[]): T => list[Math.floor(Math.random() * list.length)] as T;
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));
