// Signed webhooks over kept-alive connections, as Twilio posts them, with a record of what became of every request.
// Used by trials: what was acknowledged is what must be answered; what failed or is unknown may be sent again, as Twilio does.
import { Agent, request } from 'node:http';
import { newSid, signTwilio, type FakeTwilio } from '../../support/twilio-server.ts';

/** What became of a request. `failed`: an answer other than 200. `unknown`: no answer, or the connection broke. */
export type Fate = 'invoked' | 'acknowledged' | 'failed' | 'unknown';

export interface Attempt {
  sid: string;
  from: string;
  body: string;
  /** By `performance.now()`. */
  invokedAt: number;
  endedAt: number | null;
  fate: Fate;
  /** Status of the answer, if one came. */
  status: number | null;
}

export interface Inbound {
  from: string;
  body: string;
  to?: string;
  sid?: string;
}

export interface Load {
  /** Every request, in the order in which they were invoked. */
  record: Attempt[];
  /** Posts a message once. */
  post(url: string, message: Inbound): Promise<Attempt>;
  /**
   * Posts a message until it is acknowledged, each time to the next of the nodes; gives up when `until` says so.
   * @returns whether it was acknowledged.
   */
  deliver(urls: readonly string[], message: Inbound, until?: () => boolean): Promise<boolean>;
  count(fate: Fate): number;
  close(): void;
}

const AGAIN_MS = 20;
const TIMEOUT_MS = 15_000;

/**
 * Opens a load generator.
 * @param publicUrl what the nodes have as PUBLIC_URL: the address that is signed, whichever node it is posted to.
 */
export function openLoad(twilio: FakeTwilio, publicUrl: string): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 });
  const record: Attempt[] = [];

  function post(url: string, message: Inbound): Promise<Attempt> {
    const { from, body, to = '+15005550006', sid = newSid() } = message;
    const attempt: Attempt = { sid, from, body, invokedAt: performance.now(), endedAt: null, fate: 'invoked', status: null };
    record.push(attempt);
    const params: Record<string, string> = {
      AccountSid: twilio.accountSid,
      ApiVersion: '2010-04-01',
      MessageSid: sid,
      SmsSid: sid,
      From: from,
      To: to,
      Body: body,
      NumMedia: '0',
      NumSegments: '1',
    };
    const form = new URLSearchParams(params).toString();
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(form),
      'x-twilio-signature': signTwilio(twilio.authToken, `${publicUrl}/channels/twilio/messages`, params),
    };
    return new Promise((resolve) => {
      const end = (fate: Fate, status: number | null): void => {
        if (attempt.endedAt !== null) return;
        Object.assign(attempt, { fate, status, endedAt: performance.now() });
        resolve(attempt);
      };
      const call = request(`${url}/channels/twilio/messages`, { method: 'POST', agent, headers, timeout: TIMEOUT_MS }, (response) => {
        const status = response.statusCode ?? null;
        // The head of the answer is the acknowledgement, whatever happens to the rest.
        end(status === 200 ? 'acknowledged' : 'failed', status);
        response.on('error', () => {});
        response.resume();
      });
      call.on('timeout', () => call.destroy());
      call.on('error', () => end('unknown', null));
      call.end(form);
    });
  }

  return {
    record,
    post,
    async deliver(urls, message, until = () => false) {
      const again = { sid: newSid(), ...message };
      for (let attempt = 0; !until(); attempt++) {
        if ((await post(urls[attempt % urls.length] ?? '', again)).fate === 'acknowledged') return true;
        await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      }
      return false;
    },
    count: (fate) => record.filter((attempt) => attempt.fate === fate).length,
    close: () => agent.destroy(),
  };
}
