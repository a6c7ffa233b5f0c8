// People with numbers, names and words that must not be told go through every channel, every route, every fault and every
// command, with everything logged. Then all that was written is searched: logs, metrics, addresses called at providers,
// and what is answered to requests that are refused.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { startConnector, type FakeConnector } from '../../support/bot-connector.ts';
import { DIRECT_LINE_SECRET } from '../../support/every-channel.ts';
import { startOwnPostgres } from '../../support/own-postgres.ts';
import { makePlace } from '../../support/places.ts';
import { freePort, startService, type ServiceProcess } from '../../support/process.ts';
import { startSlack, type FakeSlack } from '../../support/slack-server.ts';
import { startTwilio, type FakeTwilio } from '../../support/twilio-server.ts';
import { outcome, type Guarantee } from '../guarantee.ts';
import { betrayalsIn, canaryOf } from '../support/canaries.ts';
import { sendEverywhere, type Route } from '../support/every-route.ts';
import { forEachOf } from '../support/for-each-of.ts';
import { untilTrue } from '../support/until-true.ts';
import { startUrlRecorder } from '../support/url-recorder.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const PROGRAM = ['test/faults/support/loud-service.ts'];
const METRICS_TOKEN = 'a-metrics-token-of-the-tests';
const SOON_MS = 20_000;

/** What was searched, by what it is. */
type Written = Record<'logs' | 'metrics' | 'addresses' | 'refusals' | 'commands', string[]>;

interface World {
  service: ServiceProcess;
  twilio: FakeTwilio;
  slack: FakeSlack;
  azure: FakeConnector;
  /** Where Azure's connector is, as the product is told. */
  connectorUrl: string;
  written: Written;
}

/**
 * What became of a line of unknown fate is asked of Twilio by the number that it went to: Twilio has no other filter that is
 * narrow enough, and knows the number. The address goes to nobody else. Counted apart, so that it is seen.
 */
const LOOK_UP = /^GET \/2010-04-01\/Accounts\/AC\w+\/Messages\.json\?To=/;

export const silentLogs: Guarantee = {
  id: 'silent-logs',
  says: 'logs say nothing of people',
  wanted: '0 hits in logs, metrics, URLs',
  stores: ['sqlite', 'postgres'],
  async run({ store, times, progress }) {
    const people = Array.from({ length: times(200, 2) }, (_, index) => index);
    const [twilio, slack, azure] = await Promise.all([startTwilio(), startSlack(), startConnector()]);
    const recorders = await Promise.all([twilio.url, slack.url, azure.url].map(startUrlRecorder));
    const [twilioUrl = '', slackUrl = '', connectorUrl = ''] = recorders.map(({ url }) => url);
    const server = store === 'postgres' ? await startOwnPostgres() : null;
    const place = server ?? (await makePlace(store));
    const port = await freePort();
    const environment = {
      ...place.environment,
      ...twilio.env,
      ...slack.env,
      ...azure.env,
      TWILIO_API_URL: twilioUrl,
      SLACK_API_URL: `${slackUrl}/api`,
      MICROSOFT_OPENID_URL: `${connectorUrl}/openid`,
      TWILIO_SMS_SEGMENTS_PER_SECOND: '10000',
      DIRECT_LINE_SECRET,
      METRICS_TOKEN,
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      LOG_LEVEL: 'trace',
      RECONCILE_MINUTES: '1',
      LAST_WORDS: `${canaryOf(900).word} ${canaryOf(900).number}`,
    };
    const written: Written = { logs: [], metrics: [], addresses: [], refusals: [], commands: [] };
    const service = await startService(environment, port, PROGRAM);
    const world: World = { service, twilio, slack, azure, connectorUrl, written };
    try {
      await forEachOf(people, 8, (index) => writeEverywhere(world, index));
      const answered = await untilTrue(() => people.every((index) => isAnswered(world, index)), SOON_MS);
      progress(`${people.length} people have written on every channel`);
      const routes = await routesOf(service);
      const { refused, requests } = await sendEverywhere(service.url, routes, canaryOf(800), { twilio, slack });
      written.refusals.push(...refused.map(({ route, text }) => `${route}: ${text}`));
      progress(`${requests} requests to ${routes.length} routes`);
      await disturb(world, people.length, times(3, 1), server);
      await runCommands(environment, times(5, 2), written);
      await collect(world);
      const quietly = await dieOfCanaries(world);
      const called = recorders.flatMap(({ urls }) => urls);
      const lookUps = called.filter((url) => LOOK_UP.test(url));
      written.addresses.push(...called.filter((url) => !LOOK_UP.test(url)));
      const hits = Object.entries(written).flatMap(([kind, texts]) =>
        texts.flatMap((text) => text.split('\n')).flatMap((line) => betrayalsIn(line).map((form) => ({ form, kind, line }))),
      );
      for (const { form, kind, line } of hits.slice(0, 20)) progress(`${form} in ${kind}: ${line.slice(0, 2000)}`);
      const lines = written.logs.join('').split('\n').length;
      return outcome(
        hits.length === 0 && answered && quietly && lines > 5 && refused.length > 0 && written.addresses.length > people.length,
        `${people.length} people on 5 channels, ${requests} requests to ${routes.length} routes (${refused.length} refused), provider faults, ${server ? 'database away, ' : ''}commands, a crash: ${hits.length} hits in ${lines} log lines, ${written.metrics.length} metrics, ${written.addresses.length} addresses called, ${lookUps.length} look-ups at the provider by number, ${written.commands.length} commands${answered ? '' : '; not everybody was answered'}${quietly ? '' : '; the crash was not told'}`,
      );
    } finally {
      if (service.child.exitCode === null && service.child.signalCode === null) await service.kill('SIGKILL');
      await Promise.all([...recorders, twilio, slack, azure].map((one) => one.close()));
      await place.drop();
    }
  },
};

/** SMS, WhatsApp, web chat, Bot Framework and a colleague in Slack. */
async function writeEverywhere(world: World, index: number): Promise<void> {
  const { number, word } = canaryOf(index);
  const { service, twilio, slack, azure, connectorUrl } = world;
  const names = { ProfileName: word, FromCity: word };
  const sms = (body: string) => twilio.inbound(service.url, { from: number, to: '+15005550006', body, ...names });
  const whatsapp = (body: string) =>
    twilio.inbound(service.url, { from: `whatsapp:${number}`, to: 'whatsapp:+15005550007', body, WaId: number.slice(1), ...names });
  for (const say of [sms, whatsapp]) {
    await say(`hola, soy ${word}, ${number}`);
    await say('persona');
    await say(`${word}: mi número es ${number}`);
  }
  await chat(service.url, index);
  const from = { id: `29:${word}${number}`, name: `${word} ${number}` };
  for (const [turn, text] of ['hola', `me llamo ${word}, ${number}`].entries())
    await azure.post(
      service.url,
      azure.activity({
        id: `${word}-${turn}`,
        text,
        from,
        serviceUrl: connectorUrl,
        conversation: { id: `a:${index}`, conversationType: 'personal' },
      }),
      azure.token({ serviceurl: connectorUrl }),
    );
  await untilTrue(() => slack.posts.some((post) => post.thread_ts === undefined), SOON_MS);
  const head = slack.posts.find((post) => post.thread_ts === undefined);
  if (!head) return;
  const typed = slack.type('U1', head.ts, `para ${word}: llame al ${number}`);
  await slack.event(service.url, { type: 'message', channel_type: 'channel', ...typed });
  await slack.press(service.url, 'U1', { action_id: 'send_to_person', value: typed.ts }, head.ts);
}

async function chat(url: string, index: number): Promise<void> {
  const { number, word } = canaryOf(index);
  const call = (method: string, to: string, token: string, body?: object) =>
    fetch(`${url}/v3/directline${to}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const opened = await call('POST', '/conversations', DIRECT_LINE_SECRET, { user: { id: `dl_${word}`, name: word } });
  const { conversationId, token } = (await opened.json()) as { conversationId: string; token: string };
  for (const text of [`hola ${word}`, `soy ${word}, ${number}`])
    await call('POST', `/conversations/${conversationId}/activities`, token, {
      type: 'message',
      text,
      from: { id: `dl_${word}`, name: word },
    });
  await call('POST', `/conversations/${conversationId}/activities`, token, { type: word, text: number });
  await call('GET', `/conversations/${conversationId}/activities?watermark=${word}`, token);
  await call('POST', `/conversations/${conversationId}/upload?userId=${word}`, token, { file: word });
}

const isAnswered = ({ twilio }: World, index: number): boolean =>
  twilio.messages.some(({ direction, to }) => direction !== 'inbound' && to === canaryOf(index).number);

async function routesOf(service: ServiceProcess): Promise<Route[]> {
  const told = (): string | undefined => /^ROUTES (.+)$/m.exec(service.output())?.[1];
  await untilTrue(() => told() !== undefined, SOON_MS);
  return JSON.parse(told() ?? '[]') as Route[];
}

/** Providers that fail in every way while people write, states that quote people, and a database that goes away. */
async function disturb(
  world: World,
  first: number,
  count: number,
  server: Awaited<ReturnType<typeof startOwnPostgres>> | null,
): Promise<void> {
  const { service, twilio, slack, azure } = world;
  twilio.troubles.push(
    { kind: 'status', status: 400, code: 21211 },
    { kind: 'status', status: 500 },
    { kind: 'cut', taken: true },
    { kind: 'cut', taken: false },
    { kind: 'status', status: 429, code: 20429, retryAfter: '1' },
  );
  slack.troubles.push({ kind: 'error', error: 'channel_not_found' }, { kind: 'status', status: 500 }, { kind: 'cut', taken: true });
  azure.troubles.push({ kind: 'status', status: 403 }, { kind: 'status', status: 500 }, { kind: 'cut', taken: false });
  for (let index = first; index < first + count; index++) await writeEverywhere(world, index);
  const { number, word } = canaryOf(first);
  for (const status of ['delivered', 'undelivered', word])
    await twilio.webhook(service.url, '/channels/twilio/status', {
      MessageSid: `SM${'0'.repeat(32)}`,
      MessageStatus: status,
      From: number,
      To: number,
      ErrorCode: '30003',
      ChannelStatusMessage: `${word} ${number}`,
    });
  if (!server) return;
  await server.crash();
  await Promise.all([0, 1, 2].map((index) => twilio.inbound(service.url, { from: number, to: '+15005550006', body: `${word} ${index}` })));
  await chat(service.url, first).catch(() => {});
  await server.start();
  const back = () => fetch(`${service.url}/readyz`).then((response) => response.ok);
  await untilTrue(back, SOON_MS);
}

/** An operator's commands beside the service, with what operators get wrong. */
async function runCommands(environment: Record<string, string>, count: number, written: Written): Promise<void> {
  const { number, word } = canaryOf(0);
  const commands: [string[], string][] = [
    [['erase', '--yes'], `${number}\n`],
    [['erase', '--yes'], `${word} ${number}\n`],
    [['erase', number], ''],
    [['purge', '--prove'], ''],
    [['export', 'requests', '--from', '2020-01-01', '--to', '2100-01-01'], ''],
  ];
  await forEachOf(
    commands.slice(0, count),
    2,
    async ([args, input]) => void written.commands.push(await runCommand(args, input, environment)),
  );
}

function runCommand(args: string[], input: string, environment: Record<string, string>): Promise<string> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['src/cli/main.ts', ...args], {
      cwd: root,
      env: { PATH: process.env['PATH'] ?? '', ...environment },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += String(chunk)));
    child.once('close', () => resolve(output));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

async function collect({ service, written }: World): Promise<void> {
  const response = await fetch(`${service.url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
  written.metrics.push(...(await response.text()).split('\n'));
}

/** The service dies of a fault that quotes a person. True when it said that it did. */
async function dieOfCanaries({ service, written }: World): Promise<boolean> {
  await service.kill('SIGUSR2');
  written.logs.push(service.output());
  return service.output().includes('something failed that nobody expected');
}
