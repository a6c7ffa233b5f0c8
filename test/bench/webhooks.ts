// The whole way under load: signed webhook, durable inbox, turn, stored answer, outbox, provider. One message a person.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { freePort, startService } from '../support/process.ts';
import { postForms } from './load.ts';
import type { Figure } from './run.ts';

const TOKEN = 'token';
const SID = `AC${'0'.repeat(32)}`;

/** Settings of a service that talks to a provider on this machine. */
export function benchEnvironment(folder: string, port: number, apiUrl: string): Record<string, string> {
  return {
    DATA_DIR: folder,
    LOG_LEVEL: 'error',
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    TWILIO_ACCOUNT_SID: SID,
    TWILIO_AUTH_TOKEN: TOKEN,
    TWILIO_SMS_FROM: '+15005550006',
    TWILIO_API_URL: apiUrl,
    TWILIO_SMS_SEGMENTS_PER_SECOND: '100000',
  };
}

/** Turns a second from the first post until the last answer is stored, and latencies of acknowledgements at 200 a second. */
export async function benchWebhooks(environment: Record<string, string>): Promise<Figure[]> {
  const provider = createServer((request, response) => {
    request.resume();
    request.on('end', () =>
      response
        .writeHead(201, { 'content-type': 'application/json' })
        .end(JSON.stringify({ sid: `SM${'1'.repeat(32)}`, status: 'queued', num_segments: '1' })),
    );
  });
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const port = await freePort();
  const apiUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  const service = await startService({ ...benchEnvironment('', port, apiUrl), ...environment }, port);
  try {
    const target = `${service.url}/channels/twilio/messages`;
    await postForms(target, { seconds: 2, authToken: TOKEN, accountSid: SID });
    await waitForTurns(service.url, Number.POSITIVE_INFINITY);
    const steady = await postForms(target, { seconds: 10, perSecond: 200, authToken: TOKEN, accountSid: SID });
    const before = await waitForTurns(service.url, Number.POSITIVE_INFINITY);
    const started = performance.now();
    const burst = await postForms(target, { seconds: 8, authToken: TOKEN, accountSid: SID });
    await waitForTurns(service.url, before + burst.requests);
    const seconds = (performance.now() - started) / 1000;
    return [
      {
        name: 'durable_turns',
        value: burst.requests / seconds,
        unit: 'turns/s',
        acknowledged_per_second: Math.round(burst.requests / burst.seconds),
        ack_p99_ms: Math.round(burst.p99),
        failed: burst.failed,
      },
      {
        name: 'ack_p99_at_200_per_second',
        value: steady.p99,
        unit: 'ms',
        p50: Math.round(steady.p50 * 10) / 10,
        requests: steady.requests,
        failed: steady.failed,
      },
    ];
  } finally {
    await service.kill('SIGTERM');
    provider.close();
    provider.closeAllConnections();
  }
}

/** Waits until `target` turns are done, or until their number rests. Returns it. */
async function waitForTurns(url: string, target: number): Promise<number> {
  let last = -1;
  for (;;) {
    const text = await (await fetch(`${url}/metrics`)).text();
    const done = [...text.matchAll(/^ventanilla_turns_total\{[^}]*result="done"[^}]*\} (\d+)/gm)].reduce(
      (sum, match) => sum + Number(match[1]),
      0,
    );
    if (done >= target || (done === last && target === Number.POSITIVE_INFINITY)) return done;
    last = done;
    await new Promise((resolve) => setTimeout(resolve, target === Number.POSITIVE_INFINITY ? 1500 : 50));
  }
}
