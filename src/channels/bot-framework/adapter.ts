// botbuilder's CloudAdapter, loaded at first use: checks tokens of incoming activities and continues conversations.
// Called by routes.ts and channel.ts; the only file that names botbuilder (archived upstream, so it stays behind this one).
import type { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { AppError } from '../../domain/errors.ts';
import { safeFetch, TOO_LARGE, type FetchPolicy } from '../../util/safe-fetch.ts';
import type { FetchedMedia } from '../channel.ts';
import { neverLeft } from '../network-fault.ts';
import { callConnector, type ConnectorRequest } from './connector.ts';
import type { Activity } from './parse-activity.ts';
import type { Reference } from './reference.ts';
import type { BotFrameworkSettings } from './settings.ts';
import { createSignIn, type SignIn } from './sign-in.ts';

/** Issuer of tokens to bots, and audience of tokens from bots. */
const BOT_FRAMEWORK_ISSUER = 'https://api.botframework.com';

const FILE_MS = 20_000;
const MAX_FILE_BYTES = 16_000_000;

/** An activity to send. */
export interface OutgoingActivity {
  type: 'message';
  text: string;
  textFormat: 'plain';
  locale: string;
  suggestedActions?: { to: string[]; actions: { type: string; title: string; value: string }[] };
}

export interface BotAdapter {
  /**
   * Runs `handle` when the activity carries a good token, and resolves after it.
   * @throws AppError channel.bad_signature when it does not; channel.unavailable when Microsoft's keys cannot be loaded
   */
  accept(authorization: string, activity: Activity, handle: () => Promise<void>): Promise<void>;
  /** Sends into a conversation and returns the connector's id for it. @throws ConnectorRefusal, ConnectorSilence, AppError */
  send(reference: Reference, activity: OutgoingActivity): Promise<string | null>;
  /** Gets a file that a person sent, from the connector that it came by. Never throws. */
  fetchFile(address: string): Promise<FetchedMedia>;
}

interface Loaded {
  authentication: ConfigurationBotFrameworkAuthentication;
  adapter: CloudAdapter;
}

/** Opens the adapter; nothing is loaded yet. */
export function createBotAdapter(settings: BotFrameworkSettings, policy: FetchPolicy, now: () => number): BotAdapter {
  let loading: Promise<Loaded> | null = null;
  const signIn = createSignIn(settings, BOT_FRAMEWORK_ISSUER, now);
  const load = (): Promise<Loaded> => (loading ??= loadAdapter(settings, signIn, policy, now));
  return {
    async accept(authorization, activity, handle) {
      const { authentication, adapter } = await load();
      const checked = await authenticate(authentication, authorization, activity, settings.appId);
      let fault: unknown = null;
      // The library turns every error into its own; ours must arrive as it is.
      await adapter.processActivityDirect(checked, activity as never, () => handle().catch((error: unknown) => void (fault = error)));
      if (fault !== null) throw fault;
    },

    async send(reference, activity) {
      const { adapter } = await load();
      let id: string | null = null;
      await adapter.continueConversationAsync(settings.appId, writeReference(reference), async (turn) => {
        id = (await turn.sendActivity(activity))?.id ?? null;
      });
      return id;
    },

    fetchFile: (address) => fetchFile(address, signIn, policy),
  };
}

async function fetchFile(address: string, signIn: SignIn, policy: FetchPolicy): Promise<FetchedMedia> {
  const token = await signIn.token().catch(() => null);
  if (token === null) return { kind: 'failed' };
  const headers = { authorization: `Bearer ${token}` };
  const answer = await safeFetch(address, { headers, policy, timeoutMs: FILE_MS, maxBytes: MAX_FILE_BYTES, binary: true });
  if (answer.kind === 'refused') return { kind: 'refused', reason: 'It is not kept at the connector, so it was not fetched.' };
  if (answer.kind === 'failed')
    return answer.reason === TOO_LARGE ? { kind: 'refused', reason: 'It is larger than 16 MB.' } : { kind: 'failed' };
  if (answer.status === 404 || answer.status === 410) return { kind: 'gone' };
  return answer.status === 200 ? { kind: 'fetched', bytes: answer.bytes } : { kind: 'failed' };
}

type Checked = Awaited<ReturnType<ConfigurationBotFrameworkAuthentication['authenticateRequest']>>;

async function authenticate(
  authentication: ConfigurationBotFrameworkAuthentication,
  authorization: string,
  activity: Activity,
  appId: string,
): Promise<Checked> {
  if (!isCanonical(authorization)) throw badToken();
  let checked: Checked;
  try {
    checked = await authentication.authenticateRequest(activity as never, authorization);
  } catch (cause) {
    if (isUnreachable(cause))
      throw new AppError('channel.unavailable', 'The keys of Bot Framework cannot be loaded now.', { retryable: true, cause });
    throw badToken();
  }
  // The library also takes tokens of its emulator, which name no service: with those a caller could pick where answers go.
  const claims = checked.claimsIdentity;
  const good =
    claims.isAuthenticated &&
    claims.getClaimValue('iss') === BOT_FRAMEWORK_ISSUER &&
    claims.getClaimValue('aud') === appId &&
    claims.getClaimValue('serviceurl') === activity.serviceUrl;
  if (!good) throw badToken();
  return checked;
}

/**
 * Base64url can spell the same bytes in several ways, and the library reads them all: a token that was changed must not pass
 * because the change fell on bits that nobody reads.
 */
function isCanonical(authorization: string): boolean {
  const parts = authorization.replace(/^Bearer /, '').split('.');
  return parts.length === 3 && parts.every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);
}

function badToken(): AppError {
  return new AppError('channel.bad_signature', 'The token of the activity is missing or wrong.');
}

function isUnreachable(error: unknown): boolean {
  const fault = error as { name?: string; statusCode?: number };
  return neverLeft(error) || fault.name === 'FetchError' || fault.statusCode === 500;
}

function writeReference(reference: Reference): Parameters<CloudAdapter['continueConversationAsync']>[1] {
  const { channelId, serviceUrl, conversationId, userId, botId, tenantId } = reference;
  const conversation = {
    id: conversationId,
    isGroup: false,
    conversationType: 'personal',
    name: '',
    ...(tenantId === '' ? {} : { tenantId }),
  };
  return { channelId, serviceUrl, conversation, user: { id: userId, name: '' }, bot: { id: botId, name: '' } };
}

async function loadAdapter(settings: BotFrameworkSettings, signIn: SignIn, policy: FetchPolicy, now: () => number): Promise<Loaded> {
  const { CloudAdapter, ConfigurationBotFrameworkAuthentication } = await import('botbuilder');
  const authentication = new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: settings.appId,
      MicrosoftAppTenantId: settings.tenantId,
      ValidateAuthority: true,
      ToChannelFromBotLoginUrl: `${settings.loginUrl}/${settings.tenantId}`,
      ToChannelFromBotOAuthScope: BOT_FRAMEWORK_ISSUER,
      ToBotFromChannelTokenIssuer: BOT_FRAMEWORK_ISSUER,
      OAuthUrl: BOT_FRAMEWORK_ISSUER,
      ToBotFromChannelOpenIdMetadataUrl: settings.openIdUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: settings.openIdUrl,
      CallerId: 'urn:botframework:azure',
    },
    credentialsOf(settings.appId, signIn) as never,
    undefined,
    undefined,
    { httpClient: { sendRequest: (request: ConnectorRequest) => callConnector(request, policy, now) } } as never,
  );
  return { authentication, adapter: new CloudAdapter(authentication) };
}

/** Credentials in the library's shape. Checking cannot be turned off. */
function credentialsOf(appId: string, signIn: SignIn): object {
  return {
    isValidAppId: (id: string) => Promise.resolve(id === appId),
    isAuthenticationDisabled: () => Promise.resolve(false),
    createCredentials: () =>
      Promise.resolve({
        async signRequest(request: { headers: { set(name: string, value: string): void } }) {
          request.headers.set('authorization', `Bearer ${await signIn.token()}`);
          return request;
        },
      }),
  };
}
