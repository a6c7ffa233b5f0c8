// The load generator's process; see load.ts.
import { createHmac, randomBytes } from 'node:crypto';
import { Agent, request } from 'node:http';
import type { LoadOptions, LoadResult } from './load.ts';

const options = JSON.parse(process.argv[2] ?? '{}') as LoadOptions & { url: string };
const { url, seconds, connections = 64, perSecond, people, authToken = 'token', accountSid = `AC${'0'.repeat(32)}` } = options;
const agent = new Agent({ keepAlive: true, maxSockets: perSecond ? 500 : connections });
/** The same people again in every run, or people of this run's own. */
const run = people === undefined ? randomBytes(3).readUIntBE(0, 3) % 8999 : 8999;
const first = people === undefined ? 0 : randomBytes(3).readUIntBE(0, 3);
const latencies: number[] = [];
let next = 0;
let failed = 0;

function post(): Promise<void> {
  const sid = `SM${randomBytes(16).toString('hex')}`;
  const params: Record<string, string> = {
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    Body: 'hola',
    From: `+34${run + 1000}${String((first + next++) % (people ?? 1_000_000)).padStart(6, '0')}`,
    MessageSid: sid,
    NumMedia: '0',
    NumSegments: '1',
    SmsSid: sid,
    To: '+15005550006',
  };
  const signature = createHmac('sha1', authToken)
    .update(
      url +
        Object.keys(params)
          .sort()
          .map((name) => name + params[name])
          .join(''),
    )
    .digest('base64');
  const body = new URLSearchParams(params).toString();
  const started = performance.now();
  return new Promise((resolve) => {
    const call = request(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          'content-length': Buffer.byteLength(body),
          'x-twilio-signature': signature,
        },
      },
      (response) => {
        response.resume();
        response.once('end', () => {
          if (response.statusCode === 200) latencies.push(performance.now() - started);
          else failed += 1;
          resolve();
        });
      },
    );
    call.once('error', () => {
      failed += 1;
      resolve();
    });
    call.end(body);
  });
}

const started = performance.now();
const end = started + seconds * 1000;
if (perSecond) {
  const open: Promise<void>[] = [];
  for (let count = 0; performance.now() < end; count++) {
    const due = started + (count * 1000) / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    open.push(post());
  }
  await Promise.all(open);
} else {
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() < end) await post();
    }),
  );
}
latencies.sort((a, b) => a - b);
const at = (share: number): number => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
const result: LoadResult = {
  requests: latencies.length,
  failed,
  seconds: (performance.now() - started) / 1000,
  p50: at(0.5),
  p99: at(0.99),
};
process.send?.(result, () => process.exit(0));
