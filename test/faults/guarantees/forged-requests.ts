// Genuine requests of Twilio, Slack, Bot Framework and Direct Line, damaged in every way that a forger might try, through the
// service's own HTTP: none may be taken. The published signatures must be judged as their publishers say.
import { readFileSync } from 'node:fs';
import { verifySlackRequest } from '@slack/bolt';
import { checkSignature } from '../../../src/channels/slack/receiver.ts';
import { verifyTwilio } from '../../../src/channels/twilio/verify.ts';
import { openEveryChannel, type EveryChannel } from '../../support/every-channel.ts';
import { outcome, type Guarantee } from '../guarantee.ts';
import { forgeAzure, forgeDirectLine, forgeSlack, forgeTwilio, type ChatTokens, type Forger, type Sent } from '../support/forgeries.ts';
import { createDice } from '../support/mutations.ts';

const REFUSED = new Set([400, 401, 403, 404, 405, 413]);
const HALF_AN_HOUR_MS = 31 * 60_000;
const CONCURRENCY = 16;
/** Libraries write every forged token to the console; a hundred thousand of them would hide the result. */
const quiet = (): (() => void) => {
  const { error } = console;
  console.error = () => {};
  return () => void (console.error = error);
};

export const forgedRequests: Guarantee = {
  id: 'forged-requests',
  says: 'forged requests are refused',
  wanted: 'signature vectors of Twilio and Slack, 100,000 mutations, 0 accepted',
  stores: [],
  async run({ times, progress }) {
    const total = times(100_000, 4000);
    const vectors = judgeVectors();
    let ahead = -HALF_AN_HOUR_MS;
    const world = await openEveryChannel({ clock: () => Date.now() + ahead });
    const speak = quiet();
    try {
      const expired = await newChat(world);
      ahead = 0;
      const tokens = { ...(await newChat(world)), expired, other: await newChat(world) };
      const forgers = [...forgeTwilio(world), forgeSlack(), forgeAzure(world), forgeDirectLine(tokens)];
      for (const { name, genuine } of forgers) await mustBeTaken(world, name, genuine);
      await world.hotline.settle();
      const before = effects(world);
      const tally = await forge(world, forgers, total, progress);
      await world.hotline.settle();
      for (const { name, genuine } of forgers) await mustBeTaken(world, name, genuine);
      const strange = effects(world) - before;
      const per = [...tally.made].map(([name, count]) => `${count} ${name}`).join(', ');
      return outcome(
        vectors.wrong === 0 && tally.accepted === 0 && tally.failed === 0 && strange === 0,
        `${vectors.count} vectors, ${vectors.wrong} judged wrongly; ${total} mutations (${per}): ${tally.accepted} accepted, ${tally.failed} answered with an error of ours, ${strange} effects${tally.first}`,
      );
    } finally {
      speak();
      await world.close();
    }
  },
};

interface Tally {
  made: Map<string, number>;
  accepted: number;
  failed: number;
  /** How the first one looked that was not refused. */
  first: string;
}

async function forge(world: EveryChannel, forgers: Forger[], total: number, progress: (text: string) => void): Promise<Tally> {
  const dice = createDice(7);
  const tally: Tally = { made: new Map(), accepted: 0, failed: 0, first: '' };
  let done = 0;
  const work = async (): Promise<void> => {
    while (done < total) {
      const forger = forgers[done % forgers.length] as Forger;
      done += 1;
      if (done % 20_000 === 0) progress(`${done} mutations`);
      let forged: Sent | null = null;
      while (forged === null) forged = forger.make(dice);
      const status = await send(world, forged);
      tally.made.set(forger.name, (tally.made.get(forger.name) ?? 0) + 1);
      if (REFUSED.has(status)) continue;
      if (status >= 500) tally.failed += 1;
      else tally.accepted += 1;
      tally.first ||= `; first: ${forger.name} ${status} ${JSON.stringify(forged)}`;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  return tally;
}

/** The status with which the service's own HTTP answers. */
async function send({ url, hotline }: EveryChannel, { method, path, headers, body }: Sent): Promise<number> {
  const request = new Request(url + path, { method, headers, ...(method === 'GET' ? {} : { body }) });
  const response = await hotline.app.http.app.fetch(request);
  await response.arrayBuffer();
  return response.status;
}

/** What shows that refusals are no accident. */
async function mustBeTaken(world: EveryChannel, name: string, genuine: Sent): Promise<void> {
  const status = await send(world, genuine);
  if (status !== 200) throw new Error(`The genuine request of ${name} was answered with ${status}.`);
}

/** Everything that the providers saw of us. */
function effects({ twilio, slack, azure }: EveryChannel): number {
  return twilio.messages.length + slack.posts.length + slack.whispers.length + azure.taken.length;
}

async function newChat({ url }: EveryChannel): Promise<Omit<ChatTokens, 'expired' | 'other'>> {
  const post = (place: string, token?: string): Promise<Response> =>
    fetch(`${url}/v3/directline/${place}`, { method: 'POST', headers: token === undefined ? {} : { authorization: `Bearer ${token}` } });
  const granted = (await (await post('tokens/generate')).json()) as Omit<ChatTokens, 'expired' | 'other'>;
  await post('conversations', granted.token);
  return granted;
}

interface TwilioVector {
  name: string;
  url: string;
  params: Record<string, string | string[]>;
  signature: string;
}

/** Published signatures: each is accepted as it stands, and refused with another token, address or body. */
function judgeVectors(): { count: number; wrong: number } {
  const fixture = <T>(name: string): T =>
    JSON.parse(
      readFileSync(
        new URL(
          `../../channels/fixtures/${name}-signature-vectors.json`.replace('slack-signature-vectors', 'slack-signature-vector'),
          import.meta.url,
        ),
        'utf8',
      ),
    ) as T;
  const published = fixture<{ token: string; json_body: string; vectors: TwilioVector[] }>('twilio');
  const passes = (check: () => unknown): boolean => {
    try {
      check();
      return true;
    } catch {
      return false;
    }
  };
  const judgements = published.vectors.flatMap(({ name, url, params, signature }) => {
    const json = name.startsWith('bodySHA256');
    const form = Object.entries(params).flatMap(([key, value]) => [value].flat().map((one): [string, string] => [key, one]));
    const good = {
      url,
      signature,
      contentType: json ? 'application/json' : '',
      body: json ? published.json_body : new URLSearchParams(form).toString(),
    };
    return [
      passes(() => verifyTwilio(published.token, good)),
      !passes(() => verifyTwilio(`${published.token}6`, good)),
      !passes(() => verifyTwilio(published.token, { ...good, url: `${url}&x=1` })),
      !passes(() => verifyTwilio(published.token, { ...good, body: `${good.body}&x=1` })),
    ];
  });
  const {
    signing_secret: secret,
    timestamp,
    body,
    signature,
  } = fixture<Record<string, string>>('slack') as Record<'signing_secret' | 'timestamp' | 'body' | 'signature', string>;
  const slack = (text: string, at = timestamp): boolean =>
    passes(() => checkSignature(secret, verifySlackRequest, text, { signature, timestamp: at }, Number(timestamp) * 1000));
  judgements.push(slack(body), !slack(`${body} `), !slack(body, String(Number(timestamp) + 1)));
  return { count: published.vectors.length + 1, wrong: judgements.filter((right) => !right).length };
}
