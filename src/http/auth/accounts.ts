// Asks better-auth in a caller's name: opens it on first need, hands it only those cookies that a question is about, signed
// anew where the secret was rotated since, and turns what it refuses into faults of ours. Used by the files beside this one.
import { AppError } from '../../domain/errors.ts';
import type { Store } from '../../store/store.ts';
import type { BetterAuth } from './better-auth.ts';
import { cookieName, openCookie, readCookie, writeCookie } from './cookie.ts';
import { deviceOf } from './device.ts';
import { accountSecrets, cookieSecrets } from './secrets.ts';

export type CookieName = Parameters<typeof cookieName>[0];

/** What better-auth answered. */
export interface Answer {
  body: unknown;
  /** Values of `set-cookie`. */
  cookies: string[];
}

export interface Accounts {
  /**
   * Asks a question with the caller's cookies of these names, and none else.
   * @throws AppError access.refused or access.too_many_tries
   */
  ask(
    request: Request,
    cookies: readonly CookieName[],
    question: (auth: BetterAuth, headers: Headers) => Promise<Response>,
  ): Promise<Answer>;
  /** What a signed cookie of the request holds; null where there is none or nobody of ours signed it. */
  read(request: Request, name: CookieName): Promise<string | null>;
  open(): Promise<BetterAuth>;
  secure: boolean;
}

/** A cookie may have been given out so long ago. */
const COOKIE_MS = 86_400_000;
/** An unknown signature may come of a rotation that this node has not heard of; it asks so often at most. */
const LEARN_MS = 10_000;

/** Makes the asker. */
export function createAccounts(store: Store, publicUrl: string): Accounts {
  const secure = publicUrl.startsWith('https:');
  let opened: { versions: string; auth: Promise<BetterAuth> } | null = null;
  let learnedAt = Number.NEGATIVE_INFINITY;

  function open(): Promise<BetterAuth> {
    const secrets = accountSecrets(store);
    const versions = secrets.map(({ version }) => version).join(' ');
    if (opened?.versions !== versions) {
      const auth = import('./better-auth.ts').then(({ openBetterAuth }) => openBetterAuth({ store, secrets, publicUrl }));
      opened = { versions, auth };
      auth.catch(() => void (opened = null));
    }
    return opened.auth;
  }

  async function read(request: Request, name: CookieName): Promise<string | null> {
    const value = readCookie(request.headers.get('cookie'), cookieName(name, secure));
    if (value === null) return null;
    const content = openCookie(value, cookieSecrets(store, Date.now() - COOKIE_MS));
    if (content !== null || performance.now() < learnedAt + LEARN_MS) return content;
    learnedAt = performance.now();
    await store.vault.learn();
    return openCookie(value, cookieSecrets(store, Date.now() - COOKIE_MS));
  }

  return {
    open,
    read,
    secure,
    async ask(request, names, question) {
      const auth = await open();
      const headers = new Headers({ 'user-agent': deviceOf(request.headers.get('user-agent') ?? '') });
      const origin = request.headers.get('origin');
      if (origin !== null) headers.set('origin', origin);
      const { secret } = await auth.$context;
      const cookies: string[] = [];
      for (const name of names) {
        const content = await read(request, name);
        if (content !== null) cookies.push(writeCookie(cookieName(name, secure), content, secret));
      }
      if (cookies.length > 0) headers.set('cookie', cookies.join('; '));
      return toAnswer(await question(auth, headers));
    },
  };
}

async function toAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const body: unknown = text === '' ? null : JSON.parse(text);
  if (response.ok) return { body, cookies: response.headers.getSetCookie() };
  const code = typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : '';
  throw refusalOf(response.status, code);
}

function refusalOf(status: number, code: string): AppError {
  const known = REFUSALS[code];
  if (known !== undefined) return known();
  if (status >= 500) return new AppError('store.unavailable', 'Accounts cannot be reached now. Try again.', { retryable: true });
  return new AppError('access.refused', 'That was not right. Begin again.');
}

const WRONG_CODE = (): AppError => new AppError('access.refused', 'This code is not right, or it was used already. Try the next one.');
const ANEW = (): AppError =>
  new AppError('access.refused', 'Signing in took too long, or the code was wrong too often. Begin again with the password.');
const REFUSALS: Record<string, () => AppError> = {
  INVALID_EMAIL_OR_PASSWORD: () => new AppError('access.refused', 'Address or password is not right.'),
  INVALID_PASSWORD: () => new AppError('access.refused', 'The password is not right.'),
  INVALID_CODE: WRONG_CODE,
  INVALID_BACKUP_CODE: WRONG_CODE,
  INVALID_TWO_FACTOR_COOKIE: ANEW,
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: ANEW,
  ACCOUNT_TEMPORARILY_LOCKED: () =>
    new AppError('access.too_many_tries', 'Too many wrong codes. Wait a quarter of an hour.', { retryAfterSeconds: 900 }),
  SESSION_NOT_FRESH: () => new AppError('access.refused', 'You signed in more than an hour ago. Sign in again to add a passkey.'),
  USER_NOT_VERIFIED: () => new AppError('access.refused', 'The device did not ask for a PIN, a finger or a face. Use one that does.'),
};
