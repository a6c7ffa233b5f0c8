// The HTTP half of Direct Line 3.0: parses every request, hands messages to receive() and reads answers from the history.
// Opened by direct-line.ts; mounted at the server's root. Holds no message.
// @see https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-direct-line-3-0-api-reference
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { z } from 'zod';
import { ClientActivity, TokenRequest, Watermark, type ConversationGrant } from '../../api/direct-line.ts';
import type { RoutePermissions } from '../../domain/permission.ts';
import type { ChannelContext } from '../channel.ts';
import type { Access, Caller } from './access.ts';
import { addressOf, readNews, toActivitySet, WEB } from './activities.ts';
import { createPoster } from './poster.ts';
import { Refusal, refusalResponse, toRefusal } from './refuse.ts';
import { LIFETIME_SECONDS, type Grant } from './tokens.ts';
import { readUpload } from './upload.ts';

const BASE = '/v3/directline';

/** Who may call them. Anybody may begin a conversation; after that each token opens its own conversation and no other. */
export const DIRECT_LINE_PERMISSIONS: RoutePermissions = {
  [`POST ${BASE}/tokens/generate`]: 'public',
  [`POST ${BASE}/tokens/refresh`]: 'token',
  [`POST ${BASE}/conversations`]: 'token',
  [`GET ${BASE}/conversations/:id`]: 'token',
  [`GET ${BASE}/conversations/:id/activities`]: 'token',
  [`POST ${BASE}/conversations/:id/activities`]: 'token',
  // While the flow answers it is read past and forgotten, so that the client hears why.
  [`POST ${BASE}/conversations/:id/upload`]: { allow: 'token', maxBytes: 25_000_000 },
  [`UPGRADE ${BASE}/conversations/:id/stream`]: 'token',
  // There is nothing else: 404 in Direct Line's own words.
  [`ALL ${BASE}/*`]: 'public',
};

const MAX_BODY_BYTES = 64 * 1024;
const CORS = {
  'access-control-allow-headers': 'authorization, content-type, x-ms-bot-agent, x-requested-with',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
  'access-control-expose-headers': 'retry-after',
  'access-control-max-age': '7200',
};
const NO_FILES =
  'This line takes no files, and nothing of yours was kept. Write what you wanted to show; the chat offers you a person who can help.';
const NO_SUCH_FILES =
  'This file was not taken, and nothing of it was kept. A person here can see pictures (JPEG, PNG, WebP, GIF) and films and hear voice notes, of 5 MB at most, that are what they say they are.';

type Request = Context<{ Bindings: Partial<HttpBindings> }>;

/** Opens the routes. */
export function createRoutes(context: ChannelContext, access: Access): Hono {
  const poster = createPoster(context);
  const routes = new Hono<{ Bindings: Partial<HttpBindings> }>().basePath(BASE);

  routes.onError((error) => {
    const { refusal, unexpected } = toRefusal(error);
    if (unexpected) context.log.error({ channel: WEB, error }, 'A Direct Line request failed.');
    if (refusal.status === 400 || refusal.status === 413) context.count('bad_request', WEB);
    return refusalResponse(refusal);
  });
  routes.use(async (c, next) => {
    const allowed = access.allowedOrigin(c.req.header('origin'), c.req.header('host'));
    if (allowed === null) throw new Refusal(403, 'BadOrigin', 'Pages of this origin may not use the chat: add it to DIRECT_LINE_ORIGINS.');
    if (c.req.method === 'OPTIONS') c.res = new Response(null, { status: 204 });
    else await next();
    c.header('access-control-allow-origin', allowed);
    if (allowed !== '*') c.header('vary', 'origin');
    for (const [name, value] of Object.entries(CORS)) c.header(name, value);
    c.header('cache-control', 'no-store');
    c.header('referrer-policy', 'no-referrer');
  });
  const limited = bodyLimit({
    maxSize: MAX_BODY_BYTES,
    onError: () => {
      throw new Refusal(413, 'MessageSizeTooBig', 'The body is larger than 64 kB. Send less text, or send it in parts.');
    },
  });

  const callerOf = (c: Request): Caller | null => access.caller(c.req.header('authorization'));
  const enter = (c: Request): Grant => access.enter(callerOf(c), c.req.param('id') ?? '');
  const countToken = (c: Request): Promise<void> =>
    access.countToken(c.env?.incoming?.socket.remoteAddress, c.req.header('x-forwarded-for'));

  routes.post('/tokens/generate', limited, async (c) => {
    const caller = callerOf(c);
    if (caller?.kind === 'token') throw new Refusal(403, 'BadArgument', 'A token cannot make another one. Use tokens/refresh.');
    if (caller === null) await countToken(c);
    const body = await parseBody(c, TokenRequest, true);
    const grant = access.newGrant(caller?.kind === 'secret' ? (body.user?.id ?? undefined) : undefined);
    return c.json(grantAnswer(access, grant));
  });

  routes.post('/tokens/refresh', limited, (c) => {
    const caller = callerOf(c);
    if (caller?.kind !== 'token') throw new Refusal(caller === null ? 401 : 403, 'BadArgument', 'Only a token can be refreshed.');
    return c.json(grantAnswer(access, caller.grant));
  });

  routes.post('/conversations', limited, async (c) => {
    const caller = callerOf(c);
    if (caller === null)
      throw new Refusal(401, 'Unauthorized', 'Get a token from tokens/generate and send it as "Authorization: Bearer <token>".');
    const body = await parseBody(c, TokenRequest, true);
    const grant = caller.kind === 'token' ? access.enter(caller, caller.grant.conversationId) : access.newGrant(body.user?.id ?? undefined);
    await access.countMessage(grant.conversationId);
    const received = await poster.open(grant.conversationId, body.locale ?? undefined);
    const answer = { ...grantAnswer(access, grant), ...streamAnswer(c, context, access, grant, '-') };
    return c.json(answer, received === 'new' ? 201 : 200);
  });

  routes.get('/conversations/:id', async (c) => {
    const grant = enter(c);
    const watermark = parseWatermark(c);
    return c.json({ ...grantAnswer(access, grant), ...streamAnswer(c, context, access, grant, String(watermark)) });
  });

  routes.get('/conversations/:id/activities', async (c) => {
    const grant = enter(c);
    const news = await readNews(context, grant.conversationId, parseWatermark(c));
    return c.json(toActivitySet(news, grant, (await context.state?.(WEB, addressOf(grant.conversationId))) ?? null));
  });

  routes.post('/conversations/:id/activities', limited, async (c) => {
    const grant = enter(c);
    const activity = await parseBody(c, ClientActivity, false);
    await access.countMessage(grant.conversationId);
    return c.json({ id: await poster.post(grant.conversationId, activity) });
  });

  routes.post('/conversations/:id/upload', async (c) => {
    const { conversationId } = enter(c);
    await access.countMessage(conversationId);
    const owner = (await context.state?.(WEB, addressOf(conversationId)))?.owner;
    const withPeople = owner === 'queue' || owner === 'staff';
    const upload = await readUpload(c.req.header('content-type') ?? '', c.req.raw.body, withPeople);
    const id = await poster.postFiles(conversationId, upload);
    // 415 would say it better, but Direct Line's description knows no such answer to an upload.
    if (!withPeople) throw new Refusal(400, 'UnsupportedMediaType', NO_FILES);
    if (upload.media.every(({ lost }) => lost !== undefined)) throw new Refusal(400, 'UnsupportedMediaType', NO_SUCH_FILES);
    return c.json({ id });
  });

  routes.all('*', () => {
    throw new Refusal(404, 'NotFound', 'There is no such resource in Direct Line 3.0.');
  });
  return routes as unknown as Hono;
}

function grantAnswer(access: Access, grant: Grant): ConversationGrant {
  return {
    conversationId: grant.conversationId,
    token: access.tokens.issue(grant, 'access'),
    expires_in: LIFETIME_SECONDS.access,
    resumeToken: access.tokens.issue(grant, 'resume'),
  };
}

function streamAnswer(c: Request, context: ChannelContext, access: Access, grant: Grant, watermark: string): { streamUrl: string } {
  const url = new URL(URL.canParse(context.publicUrl) ? context.publicUrl : 'http://localhost');
  // Without a public address the service is tried out on one machine, under whichever name the browser used.
  const host = c.req.header('host');
  const local = ['localhost', '127.0.0.1', '[::1]', '0.0.0.0', '[::]'].includes(url.hostname);
  if (local && host !== undefined) url.host = host;
  const base = `${url.protocol === 'https:' ? 'wss' : 'ws'}://${url.host}${url.pathname.replace(/\/$/, '')}`;
  const token = access.tokens.issue(grant, 'access');
  return { streamUrl: `${base}${BASE}/conversations/${grant.conversationId}/stream?watermark=${watermark}&t=${token}` };
}

function parseWatermark(c: Request): number {
  const parsed = Watermark.safeParse(c.req.query('watermark') ?? '');
  if (parsed.success) return parsed.data;
  throw new Refusal(400, 'BadArgument', `watermark: ${parsed.error.issues[0]?.message}`);
}

/** The body as the schema has it. @throws Refusal naming the field that is wrong and what it must be. */
async function parseBody<T extends z.ZodType>(c: Request, schema: T, mayBeEmpty: boolean): Promise<z.infer<T>> {
  const text = await c.req.text();
  let json: unknown;
  try {
    json = text.trim() === '' && mayBeEmpty ? {} : JSON.parse(text);
  } catch {
    throw new Refusal(400, 'MalformedData', 'The body is not JSON.');
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') || 'body';
  throw new Refusal(400, 'BadArgument', `${field}: ${issue?.message ?? 'is wrong'}`);
}
