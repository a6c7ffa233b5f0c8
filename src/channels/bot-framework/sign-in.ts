// Our own token for Bot Framework's connectors: client credentials of one tenant. Called by adapter.ts.
// 2026-07: written here because the stock sign-in takes no time-out, cannot be tested without Microsoft, and asks the network who Microsoft is.
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import type { BotFrameworkSettings } from './settings.ts';

const TIMEOUT_MS = 10_000;

/** A token is renewed this long before it ends, ms. */
const MARGIN_MS = 300_000;

const Answer = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive() });

export interface SignIn {
  /**
   * A token for a connector, from memory where one is still good.
   * @throws AppError channel.unavailable when none can be had; nothing was sent
   */
  token(): Promise<string>;
}

/**
 * Opens the sign-in.
 * @param scope audience of the token, without `/.default`
 * @see https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
export function createSignIn(settings: BotFrameworkSettings, scope: string, now: () => number): SignIn {
  let current: { token: string; until: number } | null = null;
  let fetching: Promise<string> | null = null;

  async function renew(): Promise<string> {
    const answer = await fetchToken(settings, scope);
    current = { token: answer.access_token, until: now() + answer.expires_in * 1000 - MARGIN_MS };
    return answer.access_token;
  }

  return {
    token() {
      if (current !== null && current.until > now()) return Promise.resolve(current.token);
      fetching ??= renew().finally(() => (fetching = null));
      return fetching;
    },
  };
}

async function fetchToken(settings: BotFrameworkSettings, scope: string): Promise<z.output<typeof Answer>> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: settings.appId,
    client_secret: settings.password,
    scope: `${scope}/.default`,
  });
  try {
    const url = `${settings.loginUrl}/${settings.tenantId}/oauth2/v2.0/token`;
    const response = await fetch(url, { method: 'POST', body, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    if (!response.ok)
      throw new AppError('channel.unavailable', `Microsoft's sign-in answered ${response.status}. Check MICROSOFT_APP_PASSWORD.`);
    return Answer.parse(await response.json());
  } catch (cause) {
    throw new AppError('channel.unavailable', 'No token for Bot Framework can be had now.', { retryable: true, cause });
  }
}
