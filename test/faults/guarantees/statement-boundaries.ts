// kill -9 before and after every single statement of a conversation: first contact, consent, an answer, the handoff, a message
// to the queue, DELETE and its confirmation. After each kill the service starts again, and every reply must come exactly once.
import path from 'node:path';
import { freePort } from '../../support/process.ts';
import { makePlace } from '../../support/places.ts';
import { newSid, startTwilio } from '../../support/twilio-server.ts';
import { outcome, type Guarantee } from '../guarantee.ts';
import { writeEchoContent } from '../support/echo-content.ts';
import { openLoad } from '../support/load.ts';
import { lookInside } from '../support/look-inside.ts';
import { openQuickService, type QuickProcess } from '../support/quick-service.ts';

/** What a person writes, and what the reply holds; null where nobody replies. */
const STEPS: readonly [text: string, reply: RegExp | null][] = [
  ['hello', /About limits/],
  ['Fine', /And now\?/],
  ['message 1', /Heard message 1\./],
  ['person', /About handoff open\./],
  ['message 2', null],
  ['delete', /About delete confirm\./],
  ['Yes, delete', /About deleted\./],
];
/** Services at a time, each with a store of its own. */
const WALKERS = 2;
const REPLY_MS = 15_000;
/** After a reply, its fate is still to be written down. */
const QUIET_MS = 150;
const DIE_MS = 400;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const statementBoundaries: Guarantee = {
  id: 'statement-boundaries',
  says: 'nothing acknowledged is lost, at every statement boundary',
  wanted: 'every boundary of receive, turn, delivery and erasure: 0 lost, 0 doubled, nothing left behind',
  stores: ['sqlite', 'postgres'],
  async run({ store, times, progress }) {
    const walks = await Promise.all(Array.from({ length: WALKERS }, async () => openWalk(await makePlace(store))));
    const counts = await measure(walks);
    const total = counts.reduce((sum, { before, after }) => sum + before + after, 0);
    const stride = Math.max(1, Math.round(total / times(total, 8)));
    const offset = Math.floor(Math.random() * stride);
    const plan = (['after', 'before'] as const).flatMap((when) =>
      Array.from({ length: Math.max(...counts.map((count) => count[when])) }, (_, index): Kill => ({ at: index + 1, when })),
    );
    const chosen = plan.filter((_, index) => index % stride === offset % Math.min(stride, plan.length));
    await Promise.all(
      walks.map(async (walk) => {
        for (let kill = chosen.shift(); kill; kill = chosen.shift()) {
          await walk.go(kill, counts);
          progress(`killed ${kill.when} ${kill.when === 'after' ? 'commit' : 'statement'} ${kill.at} of each turn`);
        }
      }),
    );
    const found = await Promise.all(walks.map((walk) => walk.end()));
    const sum = (count: (one: (typeof found)[number]) => number): number => found.reduce((all, one) => all + count(one), 0);
    const faults = found.flatMap((one) => one.faults);
    const left = sum(({ inside }) => inside.left + inside.orphans + inside.pending);
    const complaints = sum(({ inside }) => inside.complaints.length);
    return outcome(
      faults.length + left + complaints === 0 && sum(({ kills }) => kills) > 0,
      `${sum(({ kills }) => kills)} kills at ${total} boundaries${stride > 1 ? ' (a sample)' : ''}, ${sum(({ missed }) => missed)} not reached; ` +
        `${faults.length} replies lost, doubled or wrong${faults.length > 0 ? ` (${faults.slice(0, 3).join('; ')})` : ''}; ` +
        `${complaints} complaints of the database, ${left} rows left or orphaned after DELETE, ${sum(({ inside }) => inside.unsettled)} farewells still to be looked up`,
    );
  },
};

interface Kill {
  at: number;
  when: 'before' | 'after';
}

type Counts = Record<Kill['when'], number>;

/** Statements and commits of each step, undisturbed; every walker begins with it, so that each has the content in place. */
async function measure(walks: { measure(): Promise<Counts[]> }[]): Promise<Counts[]> {
  const [first] = await Promise.all(walks.map((walk) => walk.measure()));
  return first ?? [];
}

/** A service with a provider, and people who walk through the steps one after the other. */
async function openWalk(place: Awaited<ReturnType<typeof makePlace>>) {
  const twilio = await startTwilio();
  const taken: { to: string; body: string }[] = [];
  const add = twilio.add.bind(twilio);
  twilio.add = (message) => {
    const added = add(message);
    taken.push(added);
    return added;
  };
  const port = await freePort();
  const content = path.join(place.folder, 'content');
  writeEchoContent(content, { consent: true });
  const environment = {
    ...twilio.env,
    ...place.environment,
    CONTENT_FOLDER: content,
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    TWILIO_SMS_SEGMENTS_PER_SECOND: '10000',
    TWILIO_SETTLE_SECONDS: '0',
    RECONCILE_MINUTES: '0',
    SEND_LEASE_MS: '300',
  };
  const service = await openQuickService(environment, port, 'kill-at-statement.ts');
  const load = openLoad(twilio, service.url);
  const counted = { people: 0, kills: 0, missed: 0 };
  const faults: string[] = [];
  let running: QuickProcess = await begin();

  async function begin(): Promise<QuickProcess> {
    const started = service.start();
    await started.ready;
    return started.process;
  }

  const repliesTo = (from: string): string[] => taken.filter(({ to }) => to === from).map(({ body }) => body);

  async function waitFor(condition: () => boolean, ms: number): Promise<boolean> {
    const until = performance.now() + ms;
    while (!condition()) {
      if (performance.now() > until) return false;
      await pause(5);
    }
    return true;
  }

  /** Sends one message until it is acknowledged, through a kill if there is one, and waits for the reply. */
  async function step(from: string, index: number, kill: Kill | null): Promise<void> {
    const [body, reply] = STEPS[index] ?? ['', null];
    const before = repliesTo(from).length;
    const message = { from, body, sid: newSid() };
    const replied = (): boolean => reply === null || repliesTo(from).length > before;
    let acknowledged = false;
    if (kill) {
      await running.ask({ arm: kill });
      acknowledged = (await load.post(service.url, message)).fate === 'acknowledged';
      let dead = false;
      void running.gone.then(() => (dead = true));
      if (acknowledged && (await waitFor(() => dead || replied(), REPLY_MS)) && !dead) await waitFor(() => dead, DIE_MS);
      await pause(0);
      if (!acknowledged) await waitFor(() => dead, REPLY_MS);
      if (dead) {
        counted.kills += 1;
        running = await begin();
      } else {
        counted.missed += 1;
        // On a busy machine the kill may come later than it was waited for: then the process ends instead of an answer.
        if ((await running.ask({ arm: null })) === undefined) {
          counted.kills += 1;
          counted.missed -= 1;
          running = await begin();
        }
      }
    }
    if (!acknowledged) await load.deliver([service.url], message);
    if (!(await waitFor(replied, REPLY_MS))) faults.push(`no reply to step ${index + 1}, ${kill?.when ?? ''} ${kill?.at ?? ''}`);
  }

  const check = (from: string, kill: Kill | null): void => {
    const wanted = STEPS.flatMap(([, reply]) => reply ?? []);
    const got = repliesTo(from);
    if (got.length === wanted.length && wanted.every((reply, index) => reply.test(got[index] ?? ''))) return;
    faults.push(`${got.length} replies instead of ${wanted.length}, ${kill?.when ?? ''} ${kill?.at ?? ''}`);
  };
  const walked: { from: string; kill: Kill }[] = [];
  const newcomer = (): string => `+346${String(counted.people++).padStart(8, '0')}`;

  return {
    /** How many statements each step takes, undisturbed. */
    async measure(): Promise<Counts[]> {
      const from = newcomer();
      const counts: Counts[] = [];
      for (const index of STEPS.keys()) {
        await running.ask({ arm: null });
        await step(from, index, null);
        await pause(QUIET_MS);
        counts.push((await running.ask({ count: true })) as Counts);
      }
      check(from, null);
      return counts;
    },
    /** A new person walks through all steps; each that has so many statements is killed at that one. */
    async go(kill: Kill, counts: Counts[]): Promise<void> {
      const from = newcomer();
      for (const index of STEPS.keys()) await step(from, index, kill.at <= (counts[index]?.[kill.when] ?? 0) ? kill : null);
      walked.push({ from, kill });
    },
    /** Waits until nothing can come any more, stops the service, and tells what was wrong. */
    async end() {
      await pause(1500);
      for (const { from, kill } of walked) check(from, kill);
      running.child.kill('SIGTERM');
      await running.gone;
      await service.close();
      load.close();
      await twilio.close();
      const inside = await lookInside(place);
      await place.drop();
      return { kills: counted.kills, missed: counted.missed, faults, inside };
    },
  };
}
