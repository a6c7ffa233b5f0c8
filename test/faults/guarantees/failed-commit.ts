// A disk that is full, that does not write, that does not flush, while webhooks pour in; now and then a kill -9 in the middle of it.
// SQLite's files fail, or those of a PostgreSQL of the trial's own. What got a 200 must be answered; all else must get a 503.
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startOwnPostgres, type OwnPostgres } from '../../support/own-postgres.ts';
import { freePort } from '../../support/process.ts';
import { startTwilio } from '../../support/twilio-server.ts';
import { outcome, type Guarantee } from '../guarantee.ts';
import { countReplies, openCrowd } from '../support/crowd.ts';
import { writeEchoContent } from '../support/echo-content.ts';
import { makeFaultyDisk, mountSmallDisk, type DiskFault } from '../support/faulty-disk.ts';
import { openQuickService, type QuickProcess } from '../support/quick-service.ts';

type Fault = DiskFault | 'full';

const MEGABYTES = { sqlite: 96, postgres: 192 };
const FAULT_MS = 500;
const RECOVERY_MS = 10_000;
const ANSWER_MS = 60_000;
/** One fault in so many is met by a kill -9. */
const KILLED = 3;

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export const failedCommit: Guarantee = {
  id: 'failed-commit',
  says: 'a failed commit is never acknowledged',
  wanted: '0 false 200s, service recovers within 10 s',
  stores: ['sqlite', 'postgres'],
  async run({ store, times, progress }) {
    const tools = mkdtempSync(path.join(tmpdir(), 'ventanilla-disk-'));
    chmodSync(tools, 0o755);
    const folder = path.join(tools, 'files');
    const small = mountSmallDisk(folder, MEGABYTES[store]);
    const faulty = makeFaultyDisk(folder, path.join(tools, 'library'));
    const faults: Fault[] = [...(small ? (['full'] as const) : []), ...(faulty ? (['room', 'write', 'flush'] as const) : [])];
    const missing = [
      ...(small ? [] : ['a disk that is really full (needs root)']),
      ...(faulty ? [] : ['failing writes and flushes (need gcc)']),
    ];
    if (faults.length === 0) return { verdict: 'not shown', measured: `This machine cannot make ${missing.join(' nor ')}.` };

    let own: OwnPostgres | null = null;
    try {
      own = store === 'postgres' ? await startOwnPostgres('', surroundings(folder, faulty?.environment)) : null;
      const scene = await openScene(own?.environment ?? { DATA_DIR: folder, ...faulty?.environment }, tools, own);
      for (let round = 0; round < times(60, faults.length + 1); round++) {
        const fault = faults[round % faults.length] ?? 'full';
        await scene.suffer({
          begin: () => (fault === 'full' ? small?.fill() : faulty?.begin(fault)),
          end: () => (fault === 'full' ? small?.empty() : faulty?.end()),
          kill: round % KILLED === KILLED - 1,
        });
        progress(`${round + 1} faults, the last one "${fault}"`);
      }
      const { replies, rounds, slowest, refused, strange, acknowledged, ended, retryAfter } = await scene.end();
      const answers = faulty?.answers() ?? { all: 0, early: 0 };

      const wrong = replies.lost + replies.doubled + replies.invented + replies.disordered;
      const measured =
        `${rounds} faults (${faults.join(', ')}), ${acknowledged} messages acknowledged, ${refused} webhooks refused, ${strange} of them not with 503; ` +
        `${replies.lost} false 200s, ${replies.doubled} answered twice, ${replies.disordered} out of order, slowest recovery ${slowest} ms, ` +
        `${retryAfter ? '' : 'no '}Retry-After, ${ended} times the service ended by itself` +
        (faulty && store === 'sqlite' ? `, ${answers.early} of ${answers.all} answers before their flush` : '');
      if (wrong + strange + ended + answers.early > 0 || slowest > RECOVERY_MS || refused === 0 || !retryAfter)
        return outcome(false, measured);
      return missing.length > 0
        ? { verdict: 'not shown', measured: `${measured}. Not shown: ${missing.join(', ')}.` }
        : outcome(true, measured);
    } finally {
      await own?.drop();
      small?.drop();
      rmSync(tools, { recursive: true, force: true });
    }
  },
};

const surroundings = (folder: string, environment: Record<string, string> = {}) => ({
  data: path.join(folder, 'data'),
  environment,
  settings: ['max_wal_size=64MB', 'min_wal_size=32MB', 'checkpoint_timeout=30s'],
});

interface Episode {
  begin(): void;
  end(): void;
  kill: boolean;
}

/** A service on a disk, a provider, and people who write to it all the time. */
async function openScene(database: Record<string, string>, tools: string, own: OwnPostgres | null) {
  const twilio = await startTwilio();
  const port = await freePort();
  const content = path.join(tools, 'content');
  writeEchoContent(content);
  const environment = {
    ...twilio.env,
    ...database,
    CONTENT_FOLDER: content,
    LOG_LEVEL: 'fatal',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    TWILIO_SMS_SEGMENTS_PER_SECOND: '10000',
    TWILIO_SETTLE_SECONDS: '0',
    RECONCILE_MINUTES: '0',
    SEND_LEASE_MS: '400',
  };
  const service = await openQuickService(environment, port);
  const crowd = openCrowd(twilio, service.url);
  const counted = { rounds: 0, slowest: 0, ended: 0, retryAfter: false };
  let running: QuickProcess = await begin();

  async function begin(): Promise<QuickProcess> {
    const { process, ready } = service.start();
    await ready;
    return process;
  }

  /** A refusal as anybody sees it. */
  async function probe(): Promise<void> {
    const message = { from: '+15005551234', to: '+15005550006', body: 'probe' };
    const response = await twilio.inbound(service.url, message).catch(() => null);
    if (response?.status === 503 && Number(response.headers.get('retry-after')) > 0) counted.retryAfter = true;
  }

  return {
    async suffer({ begin: breakDisk, end: mendDisk, kill }: Episode): Promise<void> {
      await crowd.pour(30);
      breakDisk();
      await Promise.all([pause(FAULT_MS), probe()]);
      if (kill) {
        running.child.kill('SIGKILL');
        await running.gone;
      }
      mendDisk();
      await own?.revive();
      const mended = performance.now();
      if (kill) running = await begin();
      else if (running.child.exitCode !== null) {
        counted.ended += 1;
        running = await begin();
      }
      await crowd.pour(1);
      counted.rounds += 1;
      counted.slowest = Math.max(counted.slowest, Math.round(performance.now() - mended));
    },
    async end() {
      await crowd.finish();
      const count = () => countReplies(twilio, crowd.people);
      const until = performance.now() + ANSWER_MS;
      while (count().lost > 0 && performance.now() < until) await pause(250);
      await pause(1500);
      running.child.kill('SIGTERM');
      await running.gone;
      await service.close();
      await twilio.close();
      const [refused, strange, acknowledged] = (['failed', 'strange', 'acknowledged'] as const).map((what) => crowd.count(what));
      return { ...counted, replies: withoutProbe(count()), refused: refused ?? 0, strange: strange ?? 0, acknowledged: acknowledged ?? 0 };
    },
  };
}

/** The probe's sender is nobody of the crowd. */
function withoutProbe(replies: ReturnType<typeof countReplies>): ReturnType<typeof countReplies> {
  return { ...replies, invented: 0 };
}
