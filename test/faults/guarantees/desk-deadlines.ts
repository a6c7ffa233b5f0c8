// kill -9 while a person joins the line, while a deadline of the desk runs, and while the person goes back to the flow and comes
// again. After each kill the service starts anew: the deadline is carried out once, and the person is told once.
import BetterSqlite3 from 'better-sqlite3';
import path from 'node:path';
import pg from 'pg';
import { DESK_TIMERS } from '../../../src/runtime/desk/timers.ts';
import { makePlace, type Place } from '../../support/places.ts';
import { freePort } from '../../support/process.ts';
import { startTwilio } from '../../support/twilio-server.ts';
import { outcome, type Guarantee } from '../guarantee.ts';
import { writeEchoContent } from '../support/echo-content.ts';
import { openLoad } from '../support/load.ts';
import { openQuickService, type QuickProcess } from '../support/quick-service.ts';

/** Statements after which the process may die: a transition and what other loops run beside it. */
const STATEMENTS = 60;
/** Late is no loss: how soon depends on the machine. */
const WAIT_MS = 60_000;
/** Staff read what is written in the line: not every message is answered. */
const REPLY_MS = 2000;
const QUIET_MS = 1500;
const TOLD = /About queue longer\./;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const deskDeadlines: Guarantee = {
  id: 'desk-deadlines',
  says: "the desk's deadlines run once, whenever the process dies",
  wanted: '300 kills within transitions, each deadline carried out once',
  stores: ['sqlite', 'postgres'],
  async run({ store, times, progress }) {
    const people = times(100, 2);
    const place = await makePlace(store);
    const line = await openLine(place);
    const faults: string[] = [];
    for (let done = 0; done < people; done++) {
      const fault = await line.wait(`+346${String(done).padStart(8, '0')}`);
      if (fault) faults.push(fault);
      progress(`${done + 1} people`);
    }
    const kills = await line.close();
    await place.drop();
    return outcome(
      faults.length === 0 && kills > 0,
      `${kills} kills, ${people} people in the line, ${faults.length} deadlines lost or doubled${faults.length > 0 ? ` (${faults.slice(0, 3).join('; ')})` : ''}`,
    );
  },
};

/** A service that is killed again and again while one person after the other waits in the line. */
async function openLine(place: Place) {
  const twilio = await startTwilio();
  const port = await freePort();
  const content = path.join(place.folder, 'content');
  writeEchoContent(content);
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
  let kills = 0;
  let running = await begin();

  async function begin(): Promise<QuickProcess> {
    const started = service.start();
    await started.ready;
    return started.process;
  }

  const heard = (from: string): string[] => twilio.messages.filter(({ to }) => to === from).map(({ body }) => body);

  async function until(holds: () => boolean | Promise<boolean>, ms: number): Promise<boolean> {
    const end = performance.now() + ms;
    while (!(await holds())) {
      if (performance.now() > end) return false;
      await pause(10);
    }
    return true;
  }

  /** Does something that the process may not survive, and starts the next one if it did not. */
  async function through(act: () => Promise<unknown>): Promise<void> {
    const dying = running;
    let dead = false;
    void dying.gone.then(() => (dead = true));
    await dying.ask({ arm: { at: 1 + Math.floor(Math.random() * STATEMENTS), when: Math.random() < 0.5 ? 'before' : 'after' } });
    await act();
    await until(() => dead, 500);
    if (!dead) await dying.ask({ arm: null });
    // It may have died while it was told not to.
    await pause(0);
    if (!dead) return;
    kills += 1;
    running = await begin();
  }

  async function say(from: string, body: string): Promise<void> {
    const before = heard(from).length;
    const message = { from, body };
    await through(() => load.post(service.url, message));
    if (heard(from).length > before) return;
    // Whether it was taken in before the process died nobody knows: the same words again do no harm here.
    await load.deliver([service.url], message);
    await until(() => heard(from).length > before, REPLY_MS);
  }

  return {
    /** One person comes into the line, and nobody takes the case. What was wrong, or null. */
    async wait(from: string): Promise<string | null> {
      await say(from, 'hello');
      await say(from, 'person');
      await say(from, 'menu');
      await say(from, 'person');
      const asked = heard(from).length;
      // In the line again for certain, whichever words came twice.
      await load.deliver([service.url], { from, body: 'person' });
      await until(() => heard(from).length > asked, REPLY_MS);
      await through(() => makeDue(place));
      const told = await until(() => heard(from).some((body) => TOLD.test(body)), WAIT_MS);
      await pause(QUIET_MS);
      const times = heard(from).filter((body) => TOLD.test(body)).length;
      const escalations = await countEscalations(place);
      if (told && times === 1 && escalations.every((count) => count === 1)) return null;
      return `told ${times} times, passed on ${escalations.join(', ')} times`;
    },
    async close(): Promise<number> {
      running.child.kill('SIGTERM');
      await running.gone;
      await service.close();
      load.close();
      await twilio.close();
      return kills;
    },
  };
}

/** Twenty minutes pass for whoever waits and was not passed on yet. */
async function makeDue(place: Place): Promise<void> {
  const first = `update timers set due_at = 0 where kind = 'desk' and token = ${DESK_TIMERS.escalate}
    and conversation_id in (select conversation_id from cases where status = 'waiting' and coalesce(escalation, 0) = 0)`;
  await ask(place, first);
}

/** How often each case that was passed on was. */
async function countEscalations(place: Place): Promise<number[]> {
  const rows = await ask(place, "select count(*) as n from case_events where kind = 'escalated' group by case_id");
  return rows.map(({ n }) => Number(n));
}

/** PostgreSQL counts in text. */
interface Row {
  n: number | string;
}

/** Asks the database from outside the product, beside the running service. */
async function ask({ environment }: Place, sql: string): Promise<Row[]> {
  const { DATABASE_URL: url } = environment;
  if (url?.startsWith('postgres')) {
    const client = new pg.Client(url);
    await client.connect();
    const { rows } = await client.query<Row>(sql).finally(() => void client.end());
    return rows;
  }
  const database = new BetterSqlite3(path.join(environment['DATA_DIR'] ?? '', 'ventanilla.db'), { timeout: 10_000 });
  try {
    const statement = database.prepare<[], Row>(sql);
    return statement.reader ? statement.all() : (statement.run(), []);
  } finally {
    database.close();
  }
}
