// Passkeys: the four requests of a registration and a sign-in, under better-auth's names, and none else of what it could serve.
// Mounted by app.ts through staff-auth.ts; listing and removing them is http/api/me.ts's business.
// 2026-11-21: one is added only by somebody who has shown a second factor, so that a password alone leads to none.
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { AppError } from '../../domain/errors.ts';
import { appendAudit } from '../../store/audit.ts';
import { openStaffAddresses } from '../../store/staff-address.ts';
import { answerError } from '../errors.ts';
import type { RoutePart } from '../permissions.ts';
import type { Answer } from './accounts.ts';
import { noteSignIn } from './sign-in.ts';
import type { AuthParts, Caller } from './staff-auth.ts';

const BASE = '/api/auth/passkey';
const MAX_BYTES = 20_000;
const MAX_NAME = 60;

/** Routes under /api/auth/passkey. */
export function passkeyRoutes(parts: AuthParts, authenticate: (request: Request) => Promise<Caller | null>): RoutePart {
  const { accounts, limits, store, now } = parts;
  const routes = new Hono();
  const limit = bodyLimit({ maxSize: MAX_BYTES, onError: refuseSize });

  routes.get(`${BASE}/generate-register-options`, async (context) => {
    const { actor } = demandMember(await authenticate(context.req.raw));
    // What the device shows beside the passkey: better-auth knows no address.
    const name = (await store.read((reader) => openStaffAddresses(reader, [actor.id]))).get(actor.id) ?? actor.alias;
    const answer = await accounts.ask(context.req.raw, ['session_token'], (auth, headers) =>
      auth.api.generatePasskeyRegistrationOptions({ query: { name }, headers, asResponse: true }),
    );
    return toResponse(answer);
  });
  routes.post(`${BASE}/verify-registration`, limit, async (context) => {
    const { actor } = demandMember(await authenticate(context.req.raw));
    const { response, name } = await readBody(context.req.raw);
    const answer = await accounts.ask(context.req.raw, ['session_token', 'passkey'], (auth, headers) =>
      auth.api.verifyPasskeyRegistration({ body: { response, name: nameOf(name) }, headers, asResponse: true }),
    );
    await store.transaction((tx) => appendAudit(tx, { at: now(), actor: actor.id, action: 'passkey.add', target: actor.id }));
    return toResponse({ ...answer, body: {} });
  });
  routes.get(`${BASE}/generate-authenticate-options`, async (context) => {
    await limits.countClient(context.req.raw);
    const answer = await accounts.ask(context.req.raw, [], (auth, headers) =>
      auth.api.generatePasskeyAuthenticationOptions({ headers, asResponse: true }),
    );
    return toResponse({ ...answer, body: { ...(answer.body as object), userVerification: 'required' } });
  });
  routes.post(`${BASE}/verify-authentication`, limit, async (context) => {
    const wasRight = await limits.countClient(context.req.raw);
    const { response } = await readBody(context.req.raw);
    const answer = await accounts.ask(context.req.raw, ['passkey'], (auth, headers) =>
      auth.api.verifyPasskeyAuthentication({ body: { response: response as never }, headers, asResponse: true }),
    );
    await wasRight();
    const { user } = answer.body as { user: { id: string } };
    await store.transaction(noteSignIn(parts, user.id, 'passkey'));
    return toResponse({ ...answer, body: {} });
  });
  return {
    routes,
    permissions: {
      [`GET ${BASE}/generate-register-options`]: 'signed in',
      [`POST ${BASE}/verify-registration`]: { allow: 'signed in', maxBytes: MAX_BYTES },
      [`GET ${BASE}/generate-authenticate-options`]: 'signing in',
      [`POST ${BASE}/verify-authentication`]: { allow: 'signing in', maxBytes: MAX_BYTES },
    },
  };
}

function demandMember(caller: Caller | null): Caller {
  if (!caller || caller.actor.via !== 'session')
    throw new AppError('staff.not_signed_in', 'You are not signed in, or your session has ended. Sign in again.');
  if (caller.secondFactor === 'missing')
    throw new AppError('staff.second_factor', 'Set up an authenticator app first, then add a passkey.');
  return caller;
}

function refuseSize(context: Context): Response {
  context.header('connection', 'close');
  return answerError(context, new AppError('channel.too_large', `The body is larger than ${MAX_BYTES} bytes.`));
}

/** What a browser's WebAuthn answered is for better-auth to check; here only that it is an object. */
async function readBody(request: Request): Promise<{ response: Record<string, unknown>; name: unknown }> {
  const text = await request.text();
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && 'response' in body && typeof body.response === 'object' && body.response !== null)
      return { response: { ...body.response }, name: 'name' in body ? body.name : undefined };
  } catch {
    // Answered below.
  }
  throw new AppError('channel.bad_request', 'Send JSON with "response": what navigator.credentials answered.');
}

function nameOf(name: unknown): string {
  const given = typeof name === 'string' ? name.trim().slice(0, MAX_NAME) : '';
  return given === '' ? 'Passkey' : given;
}

function toResponse({ body, cookies }: Answer): Response {
  const headers = new Headers({ 'cache-control': 'no-store' });
  for (const cookie of cookies) headers.append('set-cookie', cookie);
  return Response.json(body, { headers });
}
