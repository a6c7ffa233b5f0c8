// Bolt's receiver on our own server: checks the signature, hands the event to Bolt, answers within Slack's three seconds.
// Opened by slack.ts. Knows nothing of what an event means.
import type { App, Receiver, ReceiverEvent, verifySlackRequest } from '@slack/bolt';
import { Hono } from 'hono';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import type { RoutePermissions } from '../../domain/permission.ts';
import type { ChannelContext } from '../channel.ts';
import { checkInbound, parseJson } from '../parse-json.ts';
import { readBody } from '../read-body.ts';

/** Who may call it. */
export const SLACK_PERMISSIONS: RoutePermissions = { 'POST /slack/events': 'signed by Slack' };

/** Slack waits three seconds and then sends again. */
const ANSWER_WITHIN_MS = 2800;
/** Slack's own limit for the age of a request; ours holds into the future too. */
const MAX_SKEW_SECONDS = 300;

const SIGNATURE = /^v0=[0-9a-f]{64}$/;
const TIMESTAMP = /^[1-9]\d{0,11}$/;

const Form = z.union([z.object({ payload: z.string() }), z.object({ command: z.string() }).loose()]);
const Body = z.looseObject({ type: z.string().optional(), challenge: z.string().optional() });

type Verify = typeof verifySlackRequest;

/** Slack's requests as routes of our server. */
export class HonoReceiver implements Receiver {
  readonly routes = new Hono();
  #app: App | null = null;

  constructor(signingSecret: string, verify: Verify, context: Pick<ChannelContext, 'now' | 'count'>) {
    this.routes.post('/slack/events', async (c) => {
      const body = await readBody(c.req.raw);
      const headers = { signature: c.req.header('x-slack-signature') ?? '', timestamp: c.req.header('x-slack-request-timestamp') ?? '' };
      try {
        checkSignature(signingSecret, verify, body, headers, context.now());
        const event = readEvent(body, c.req.header('content-type') ?? '');
        if (event['type'] === 'url_verification') return c.json({ challenge: event['challenge'] ?? '' });
        return await this.#process(event, c.req.header('x-slack-retry-num'), c.req.header('x-slack-retry-reason'));
      } catch (error) {
        if (error instanceof AppError) context.count(error.code === 'channel.bad_signature' ? 'bad_signature' : 'bad_request', 'slack');
        throw error;
      }
    });
  }

  init(app: App): void {
    this.#app = app;
  }

  start(): Promise<void> {
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  #process(body: Record<string, unknown>, retryNum: string | undefined, retryReason: string | undefined): Promise<Response> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(
        () => reject(new AppError('channel.unavailable', 'An event of Slack was not taken in time.', { retryable: true })),
        ANSWER_WITHIN_MS,
      );
      const event: ReceiverEvent = {
        body,
        ack: (answer?: unknown) => {
          clearTimeout(late);
          resolve(writeAnswer(answer));
          return Promise.resolve();
        },
        ...(retryNum === undefined ? {} : { retryNum: Number(retryNum) }),
        ...(retryReason === undefined ? {} : { retryReason }),
      };
      const done = this.#app?.processEvent(event) ?? Promise.resolve();
      // What nobody listens to is answered all the same, or Slack would send it three times more.
      done.then(event.ack, reject).finally(() => clearTimeout(late));
    });
  }
}

/**
 * Checks a request of Slack.
 * @throws AppError channel.bad_signature
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function checkSignature(
  signingSecret: string,
  verify: Verify,
  body: string,
  headers: { signature: string; timestamp: string },
  nowMs: number,
): void {
  const { signature, timestamp } = headers;
  const bad = (): AppError =>
    new AppError('channel.bad_signature', 'The X-Slack-Signature header does not match. Check SLACK_SIGNING_SECRET.');
  // Bolt's check reads past trailing parts of a signature and does not mind a time in the future.
  if (!SIGNATURE.test(signature) || !TIMESTAMP.test(timestamp)) throw bad();
  if (Math.abs(nowMs / 1000 - Number(timestamp)) > MAX_SKEW_SECONDS) throw bad();
  try {
    const signed = { 'x-slack-signature': signature, 'x-slack-request-timestamp': Number(timestamp) };
    verify({ signingSecret, body, headers: signed, nowMilliseconds: nowMs });
  } catch {
    throw bad();
  }
}

/** Events come as JSON; what people press comes as JSON inside a form. */
function readEvent(body: string, contentType: string): Record<string, unknown> {
  if (contentType.includes('json')) return checkInbound(Body, parseJson(body));
  const form = checkInbound(Form, Object.fromEntries(new URLSearchParams(body)));
  return 'payload' in form && typeof form.payload === 'string' ? checkInbound(Body, parseJson(form.payload)) : form;
}

function writeAnswer(answer: unknown): Response {
  if (answer === undefined || answer === null || answer === '') return new Response(null, { status: 200 });
  return typeof answer === 'string' ? new Response(answer, { status: 200 }) : Response.json(answer);
}
