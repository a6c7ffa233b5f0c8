// The process of a storm; see storm.ts. It does nothing but send, so that what it measures is the service's lateness and not its own.
import { Agent, request } from 'node:http';
import { newSid, signTwilio } from '../../support/twilio-server.ts';
import type { Dispatch, StormOrder } from './storm.ts';

const MAX_SOCKETS = 400;
const TIMEOUT_MS = 15_000;

const order = JSON.parse(process.argv[2] ?? '{}') as StormOrder;
const { url, publicUrl, perSecond, seconds, prefix, emergencyEvery, accountSid, authToken } = order;
const agent = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS });

function dispatch(index: number, due: number): Promise<Dispatch> {
  const sid = newSid();
  const emergency = index % emergencyEvery === emergencyEvery - 1;
  const from = `${prefix}${String(index).padStart(7, '0')}`;
  const params: Record<string, string> = {
    AccountSid: accountSid,
    ApiVersion: '2010-04-01',
    MessageSid: sid,
    SmsSid: sid,
    From: from,
    To: '+15005550006',
    Body: emergency ? 'ayuda, estoy en peligro' : 'hola',
    NumMedia: '0',
    NumSegments: '1',
  };
  const form = new URLSearchParams(params).toString();
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(form),
    'x-twilio-signature': signTwilio(authToken, `${publicUrl}/channels/twilio/messages`, params),
  };
  return new Promise((resolve) => {
    const end = (status: number, retryAfter: string | null): void =>
      resolve({ from, emergency, status, ms: performance.now() - due, answeredAt: Date.now(), retryAfter });
    const call = request(`${url}/channels/twilio/messages`, { method: 'POST', agent, headers, timeout: TIMEOUT_MS }, (response) => {
      end(response.statusCode ?? 0, response.headers['retry-after'] ?? null);
      response.on('error', () => {});
      response.resume();
    });
    call.on('timeout', () => call.destroy());
    call.on('error', () => end(0, null));
    call.end(form);
  });
}

const dispatches: Promise<Dispatch>[] = [];
const began = performance.now();
for (let index = 0; index < perSecond * seconds; index++) {
  const due = began + (index * 1000) / perSecond;
  const early = due - performance.now();
  if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
  dispatches.push(dispatch(index, due));
}
const record = await Promise.all(dispatches);
process.send?.(record, () => process.exit(0));
