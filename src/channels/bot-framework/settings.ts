// The settings of the Bot Framework channel, from the environment. Called by bot-framework.ts; the only file here that reads MICROSOFT_*.
// There is no setting that turns checking off, and without an app id the channel does not exist.
import { z } from 'zod';
import { checkSettings } from '../parse-json.ts';

type Environment = Record<string, string | undefined>;

const REQUIRED = ['MICROSOFT_APP_ID', 'MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_TENANT_ID'] as const;

/** Keys and tokens travel over TLS, or do not leave this machine. */
const secureUrl = z
  .url('must be a URL')
  .refine((url) => url.startsWith('https://') || /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/.test(url), 'must start with https://');

const Settings = z.object({
  MICROSOFT_APP_ID: z.guid('must be the GUID of the app registration'),
  MICROSOFT_APP_PASSWORD: z.string(),
  MICROSOFT_APP_TENANT_ID: z.string().regex(/^[A-Za-z0-9.-]+$/, 'must be the GUID or domain of the tenant'),
  MICROSOFT_LOGIN_URL: secureUrl.default('https://login.microsoftonline.com'),
  MICROSOFT_OPENID_URL: secureUrl.default('https://login.botframework.com/v1/.well-known/openidconfiguration'),
});

/** Names of all settings. */
export const BOT_FRAMEWORK_SETTINGS: readonly string[] = Object.keys(Settings.shape);

/** What the Bot Framework channel runs with. URLs are without a trailing slash. */
export interface BotFrameworkSettings {
  appId: string;
  password: string;
  tenantId: string;
  /** Where our own tokens come from; another cloud has another one. */
  loginUrl: string;
  /** Where the keys of incoming tokens are published. */
  openIdUrl: string;
}

/** Names of settings that are missing. */
export function missingBotFrameworkSettings(env: Environment): string[] {
  return REQUIRED.filter((name) => !env[name]);
}

/**
 * Parses the settings once none is missing.
 * @throws AppError settings.invalid naming the setting
 */
export function parseBotFrameworkSettings(env: Environment): BotFrameworkSettings {
  const settings = checkSettings(Settings, env);
  return {
    appId: settings.MICROSOFT_APP_ID,
    password: settings.MICROSOFT_APP_PASSWORD,
    tenantId: settings.MICROSOFT_APP_TENANT_ID,
    loginUrl: settings.MICROSOFT_LOGIN_URL.replace(/\/+$/, ''),
    openIdUrl: settings.MICROSOFT_OPENID_URL,
  };
}
