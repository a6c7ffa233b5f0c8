// Machines that answer every message, a number that floods, addresses that ask for tokens without end, a channel that has spent
// what it may: what goes out stays within the limits, other people are answered, and the emergency text still gets through once.
import path from 'node:path';
import { readFileSync } from 'node:fs';
import { openApp, projectFolder } from '../../../src/app.ts';
import { openLog } from '../../../src/util/log.ts';
import { writeContentWithLimits } from '../../support/content-with-limits.ts';
import { makePlace, type Place } from '../../support/places.ts';
import { freePort, startService } from '../../support/process.ts';
import { startTwilio, type FakeTwilio } from '../../support/twilio-server.ts';
import { outcome, type Guarantee } from '../guarantee.ts';
import { forEachOf } from '../support/for-each-of.ts';
import { openLoad, type Load } from '../support/load.ts';
import { untilTrue } from '../support/until-true.ts';

const A_DAY = 30;
const ROUNDS = 6;
const TOKENS = 120;
/** More than its limit a contact may be sent: the rest of the turn that reached it, one notice, one emergency text. */
const OVER_LIMIT = 6;
/** More than its ceiling a channel may send: on PostgreSQL the turns of one transaction do not see each other's lines. */
const OVER_CEILING = { sqlite: OVER_LIMIT, postgres: 100 };
const DANGER = 'ayuda, estoy en peligro';
const QUIET_MS = 700;
const ANSWERED_MS = 30_000;

interface Hotline {
  url: string;
  twilio: FakeTwilio;
  load: Load;
  close(): Promise<void>;
}

export const abuse: Guarantee = {
  id: 'abuse',
  says: 'abuse costs little',
  wanted: 'autoresponders, floods and token floods stay within the limits of a contact, address and channel; emergency text once',
  stores: ['sqlite', 'postgres'],
  async run({ store, times, progress }) {
    const [machines, floods, messages, tokens] = [times(40, 2), times(10, 1), times(1000, 120), times(2000, 200)];
    const place = await makePlace(store);
    const hotline = await open(place, `{ messages_per_contact_day: ${A_DAY}, loop_messages: ${ROUNDS} }`);
    const looped = await playMachines(hotline, numbers('+3481', machines));
    progress(`${machines} machines got ${looped} messages at most`);
    const flooded = await flood(hotline, numbers('+3482', floods), messages);
    progress(`${floods} floods of ${messages} got ${flooded.most} messages at most`);
    const granted = await floodTokens(hotline.url, tokens);
    await hotline.close();
    await place.drop();
    const ceiling = times(500, 40);
    const spent = await spend(await makePlace(store), ceiling);

    const within =
      looped <= ROUNDS + OVER_LIMIT &&
      flooded.most <= A_DAY + OVER_LIMIT &&
      granted.flooder === TOKENS &&
      spent.segments <= ceiling + OVER_CEILING[store];
    return outcome(
      within && flooded.answered && flooded.emergencies === floods && granted.other && spent.emergencies === 1,
      `${machines} autoresponders were sent ${looped} messages at most; ${floods} floods of ${messages} messages at most ${flooded.most} each (limit ${A_DAY} a day), ` +
        `others answered meanwhile: ${flooded.answered ? 'yes' : 'no'}, emergency text beyond the limit ${flooded.emergencies} times for ${floods}; ` +
        `${granted.flooder} of ${tokens} tokens to one address, another address served: ${granted.other ? 'yes' : 'no'}; ` +
        `${spent.segments} segments at a ceiling of ${ceiling}, emergency text then ${spent.emergencies} time`,
    );
  },
};

const numbers = (prefix: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(7, '0')}`);

/** The text without what differs between hotlines and channels. */
const EMERGENCY_TEXT = (JSON.parse(readFileSync(path.join(projectFolder, 'locales/es/system.json'), 'utf8')) as Record<string, string>)[
  'emergency_no_number_sms'
]?.slice(0, 30);

const outbound = ({ messages }: FakeTwilio, to: string) => messages.filter((one) => one.direction !== 'inbound' && one.to === to);
const emergencies = (twilio: FakeTwilio, to: string): number =>
  outbound(twilio, to).filter(({ body }) => body.includes(EMERGENCY_TEXT ?? 'never')).length;

async function open(place: Place, limits: string): Promise<Hotline> {
  const content = path.join(place.folder, 'content');
  writeContentWithLimits(content, limits);
  // The content is release 1 of the database, whatever files lie beside the service.
  const seed = await openApp({
    folder: content,
    environment: { ...place.environment, NODE_ROLE: 'web' },
    log: openLog('silent'),
    modules: [],
  });
  await seed.close();
  const twilio = await startTwilio();
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const service = await startService(
    { ...twilio.env, ...place.environment, PUBLIC_URL: url, TWILIO_SMS_SEGMENTS_PER_SECOND: '100000', LOG_LEVEL: 'fatal' },
    port,
  );
  const load = openLoad(twilio, url);
  return {
    url,
    twilio,
    load,
    async close() {
      load.close();
      await service.kill('SIGTERM');
      await twilio.close();
    },
  };
}

/** Machines that answer whatever they get, until nothing comes any more. Returns the most that any of them was sent. */
async function playMachines({ url, twilio, load }: Hotline, machines: string[]): Promise<number> {
  const answered = new Map<string, number>();
  const answerAll = async (): Promise<boolean> => {
    const news = machines.filter((machine) => outbound(twilio, machine).length > (answered.get(machine) ?? 0));
    await forEachOf(news, 16, async (from) => {
      const count = outbound(twilio, from).length;
      answered.set(from, count);
      await load.deliver([url], {
        from,
        body: `I am out of the office until Monday. In an emergency, when you are in danger, call ${count}.`,
      });
    });
    return news.length > 0;
  };
  await forEachOf(machines, 16, async (from) => void (await load.deliver([url], { from, body: 'hola' })));
  await untilTrue(() => machines.every((from) => outbound(twilio, from).length > 0), ANSWERED_MS);
  const most = (): number => Math.max(...machines.map((machine) => outbound(twilio, machine).length));
  let quietSince = performance.now();
  // What goes on for ever is stopped here: it has fallen short by then.
  while (performance.now() - quietSince < QUIET_MS && most() < A_DAY) {
    if (await answerAll()) quietSince = performance.now();
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return most();
}

/** Numbers that send all at once, and then emergency words again and again, while somebody else writes. */
async function flood(
  hotline: Hotline,
  floods: string[],
  messages: number,
): Promise<{ most: number; emergencies: number; answered: boolean }> {
  const { url, twilio, load } = hotline;
  const words = ['hola', 'menu', '1', 'volver', 'ayuda', '2'];
  const [other = ''] = numbers('+3483', 1);
  const flooding = forEachOf(floods, 4, async (from) => {
    for (let index = 0; index < messages; index += 20)
      await Promise.all(
        Array.from({ length: 20 }, (_, more) => load.post(url, { from, body: words[(index + more) % words.length] ?? '' })),
      );
  });
  await load.deliver([url], { from: other, body: 'hola' });
  const answered = await untilTrue(() => outbound(twilio, other).length > 0, ANSWERED_MS);
  await flooding;
  // Whatever is left of the day is used up, message by message.
  await forEachOf(floods, 4, async (from) => {
    for (let index = 0; index < A_DAY && outbound(twilio, from).length < A_DAY; index++) {
      const before = outbound(twilio, from).length;
      await load.deliver([url], { from, body: index % 2 === 0 ? 'menu' : 'hola' });
      await untilTrue(() => outbound(twilio, from).length > before, QUIET_MS);
    }
  });
  const before = new Map(floods.map((from) => [from, emergencies(twilio, from)]));
  await forEachOf(floods, 4, async (from) => {
    for (let index = 0; index < 5; index++) await load.deliver([url], { from, body: `${DANGER} ${index}` });
  });
  await untilTrue(() => floods.every((from) => emergencies(twilio, from) > (before.get(from) ?? 0)), ANSWERED_MS);
  await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  return {
    most: Math.max(...floods.map((from) => outbound(twilio, from).length)),
    emergencies: floods.reduce((sum, from) => sum + emergencies(twilio, from) - (before.get(from) ?? 0), 0),
    answered,
  };
}

/** Requests for tokens of the web chat, all from one address; the others have one left for them. */
async function floodTokens(url: string, tokens: number): Promise<{ flooder: number; other: boolean }> {
  const ask = (address: string): Promise<Response> =>
    fetch(`${url}/v3/directline/tokens/generate`, { method: 'POST', headers: { 'x-forwarded-for': address } });
  let granted = 0;
  await forEachOf(numbers('', tokens), 16, async () => {
    const response = await ask('198.51.100.7');
    await response.arrayBuffer();
    if (response.ok) granted += 1;
    else if (response.status !== 429 || !response.headers.has('retry-after')) granted = Number.NaN;
  });
  return { flooder: granted, other: (await ask('198.51.100.8')).ok };
}

/** People who write until the channel has spent what it may in a day, and one of them in danger after that. */
async function spend(place: Place, ceiling: number): Promise<{ segments: number; emergencies: number }> {
  const hotline = await open(place, `{ messages_per_contact_day: 1000, loop_messages: 1000, channel_daily_segments: { sms: ${ceiling} } }`);
  const { url, twilio, load } = hotline;
  const people = numbers('+3484', ceiling);
  await forEachOf(people, 16, async (from) => void (await load.deliver([url], { from, body: 'hola' })));
  await untilTrue(() => twilio.messages.reduce((sum, one) => sum + segmentsOf(one), 0) >= ceiling, ANSWERED_MS);
  const [someone = ''] = people.slice(-1);
  for (let index = 0; index < 3; index++) await load.deliver([url], { from: someone, body: DANGER });
  await untilTrue(() => emergencies(twilio, someone) > 0, ANSWERED_MS);
  await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
  const result = { segments: twilio.messages.reduce((sum, one) => sum + segmentsOf(one), 0), emergencies: emergencies(twilio, someone) };
  await hotline.close();
  await place.drop();
  return result;
}

/** Billed parts of a message to a person: 160 letters alone or 153 in parts; our SMS texts keep to GSM-7. */
function segmentsOf({ direction, body }: { direction: string; body: string }): number {
  if (direction === 'inbound') return 0;
  return body.length <= 160 ? 1 : Math.ceil(body.length / 153);
}
