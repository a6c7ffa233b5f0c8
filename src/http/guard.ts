// Stands before every handler: looks the route up, and refuses what its permission forbids. Put in front by server.ts.
// Where a session counts, what changes something must come from a page of our own (own-page.ts).
// What only a channel can judge (signatures, tokens) stays in the channel; http/route-walk.test.ts proves that it does judge.
import type { HttpBindings } from '@hono/node-server';
import type { Context, MiddlewareHandler } from 'hono';
import { AppError } from '../domain/errors.ts';
import { refuseOperator, type OperatorRule } from './operators.ts';
import { refuseOtherPage } from './own-page.ts';
import { notePeer } from './peer.ts';
import type { Permissions } from './permissions.ts';

/** A body that says it is larger is not even looked at. Handlers that read one count it themselves, most to 64 kB. */
const MAX_BODY_BYTES = 1_000_000;
const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);
/** What a form on somebody else's page can send without asking. */
const FORM = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\b/i;
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'] as const;

/**
 * Makes the guard.
 * @param publicUrl the address that others use; '' where it is the one that the request names
 */
export function createGuard(permissions: Permissions, operators: OperatorRule, publicUrl = ''): MiddlewareHandler {
  return async (context, next) => {
    const entry = permissions.find(context.req.method, context.req.path);
    if (entry === null) return context.notFound();
    if (Number(context.req.header('content-length') ?? 0) > (entry.maxBytes ?? MAX_BODY_BYTES)) {
      // The rest of the body will not be read, so nothing else can come over this connection.
      context.header('connection', 'close');
      throw new AppError('channel.too_large', `The body is larger than ${entry.maxBytes ?? MAX_BODY_BYTES} bytes.`);
    }
    if (entry.allow === 'operator') checkOperator(context, operators);
    // Signatures and tokens are no cookies: a browser never adds them by itself, so no other page can borrow them.
    if (entry.allow === 'public' || entry.allow === 'operator') checkOrigin(context);
    if (entry.allow === 'signing in' || entry.allow === 'signed in' || entry.allow.startsWith('staff ')) checkOwnPage(context, publicUrl);
    await next();
  };
}

function checkOperator(context: Context, rule: OperatorRule): void {
  const { incoming } = (context.env ?? {}) as Partial<HttpBindings>;
  const refusal = refuseOperator(rule, {
    authorization: context.req.header('authorization'),
    peer: incoming?.socket.remoteAddress,
    forwarded: FORWARDED.some((name) => context.req.header(name) !== undefined),
  });
  if (refusal !== null) throw new AppError('channel.forbidden', refusal);
}

function checkOwnPage(context: Context, publicUrl: string): void {
  const { incoming } = (context.env ?? {}) as Partial<HttpBindings>;
  notePeer(context.req.raw, incoming?.socket.remoteAddress);
  const refusal = refuseOtherPage(context.req.method, (name) => context.req.header(name), publicUrl);
  if (refusal !== null) throw new AppError('channel.forbidden', refusal);
}

/** A form on another site must not act here in somebody's name. */
function checkOrigin(context: Context): void {
  if (SAFE.has(context.req.method) || !FORM.test(context.req.header('content-type') ?? '')) return;
  const site = context.req.header('sec-fetch-site');
  const origin = context.req.header('origin');
  const own = origin === undefined || (URL.canParse(origin) && new URL(origin).host === context.req.header('host'));
  if (own && (site === undefined || site === 'same-origin' || site === 'none')) return;
  throw new AppError('channel.forbidden', 'Forms of other sites are not taken.');
}
