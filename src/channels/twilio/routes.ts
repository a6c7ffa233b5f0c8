// Twilio's two webhooks: messages and status callbacks. Called by twilio.ts, mounted by the server.
// Verify, parse, store, and only then answer; errors are AppErrors that the server turns into a status.
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { AppError } from '../../domain/errors.ts';
import type { RoutePermissions } from '../../domain/permission.ts';
import type { ChannelContext } from '../channel.ts';
import { readBody } from '../read-body.ts';
import { STATUS_PATH } from './channel.ts';
import { isForUs, parseInbound } from './parse-inbound.ts';
import { parseStatus } from './parse-status.ts';
import type { TwilioSettings } from './settings.ts';
import { verifyTwilio, type TwilioParams } from './verify.ts';

const MESSAGES_PATH = '/channels/twilio/messages';

/** Who may call them. */
export const TWILIO_PERMISSIONS: RoutePermissions = {
  [`POST ${MESSAGES_PATH}`]: 'signed by Twilio',
  [`POST ${STATUS_PATH}`]: 'signed by Twilio',
};

/** Nothing to say in the answer itself: replies go out by the REST API. */
const EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>';

/** The name under which this channel's webhooks are counted. */
const COUNTED_AS = 'twilio';

type TwilioEnv = { Bindings: Partial<HttpBindings> };

/** Makes the routes. */
export function createTwilioRoutes(settings: TwilioSettings, context: ChannelContext): Hono {
  const routes = new Hono<TwilioEnv>();
  routes.post(MESSAGES_PATH, async (c) => {
    const params = await readSigned(c, settings, context);
    const inbound = counted(context, () => parseInbound(params, { now: context.now(), defaultOptOut: settings.defaultOptOut }));
    if (isForUs(inbound, settings)) await context.receive(inbound.message);
    else ignore(context, inbound.accountSid === settings.accountSid ? 'unknown_number' : 'unknown_account');
    return c.body(EMPTY_TWIML, 200, { 'content-type': 'text/xml; charset=utf-8' });
  });
  routes.post(STATUS_PATH, async (c) => {
    const params = await readSigned(c, settings, context);
    const { accountSid, update } = counted(context, () => parseStatus(params, c.req.query('line') ?? null));
    if (accountSid !== settings.accountSid) ignore(context, 'unknown_account');
    else if (update !== null) await context.receiveStatus(update);
    return c.body(EMPTY_TWIML, 200, { 'content-type': 'text/xml; charset=utf-8' });
  });
  return routes as unknown as Hono;
}

async function readSigned(c: Context<TwilioEnv>, settings: TwilioSettings, context: ChannelContext): Promise<TwilioParams> {
  const body = await readBody(c.req.raw);
  const signature = c.req.header('x-twilio-signature') ?? null;
  const contentType = c.req.header('content-type') ?? '';
  return counted(context, () =>
    verifyTwilio(settings.authToken, { url: context.publicUrl + pathAndQuery(c), signature, contentType, body }),
  );
}

/** Path and query exactly as they were requested: a URL object re-encodes them, and then they are not what was signed. */
function pathAndQuery(c: Context<TwilioEnv>): string {
  const raw = c.env?.incoming?.url;
  return raw?.startsWith('/') ? raw : c.req.url.slice(c.req.url.indexOf('/', c.req.url.indexOf('://') + 3));
}

function ignore(context: ChannelContext, reason: string): void {
  context.count('unknown_recipient', COUNTED_AS);
  context.log.warn({ channel: COUNTED_AS, reason }, 'A signed webhook was for somebody else; it was not stored.');
}

function counted<T>(context: ChannelContext, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof AppError) context.count(error.code === 'channel.bad_signature' ? 'bad_signature' : 'bad_request', COUNTED_AS);
    throw error;
  }
}
