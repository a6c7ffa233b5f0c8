// The settings of Slack, from the environment. Called by slack.ts; the only file here that reads SLACK_*.
import { z } from 'zod';
import { checkSettings } from '../parse-json.ts';

type Environment = Record<string, string | undefined>;

const Settings = z.object({
  SLACK_BOT_TOKEN: z.string().startsWith('xoxb-', 'must start with xoxb-'),
  SLACK_CHANNEL: z.string().regex(/^[CG][A-Z0-9]{2,20}$/, "must be a channel's id such as C0123ABCD, not its name"),
  SLACK_SIGNING_SECRET: z.string().min(1).optional(),
  SLACK_APP_TOKEN: z.string().startsWith('xapp-', 'must start with xapp-').optional(),
  SLACK_MEMBERS_ONLY_LINKED: z.enum(['true', 'false'], 'must be true or false').default('false'),
  SLACK_API_URL: z.url('must be a URL such as https://slack.com/api/').default('https://slack.com/api/'),
});

/** Names of all settings. */
export const SLACK_SETTINGS: readonly string[] = Object.keys(Settings.shape);

/** What the Slack surface runs with. */
export interface SlackSettings {
  botToken: string;
  /** Id of the desk's channel. */
  channel: string;
  /** How what Slack sends is trusted: requests are signed, or come over a socket that we opened. */
  inbound: { kind: 'http'; signingSecret: string } | { kind: 'socket'; appToken: string };
  /** Only people with an account of the staff may do anything. */
  membersOnly: boolean;
  /** With a trailing slash. */
  apiUrl: string;
}

/** Names of settings that are missing. */
export function missingSlackSettings(env: Environment): string[] {
  const missing = ['SLACK_BOT_TOKEN', 'SLACK_CHANNEL'].filter((name) => !env[name]);
  // A socket needs no signature, and no address that Slack can reach.
  if (!env['SLACK_SIGNING_SECRET'] && !env['SLACK_APP_TOKEN']) missing.push('SLACK_SIGNING_SECRET');
  return missing;
}

/**
 * Parses the settings once none is missing. With an app token the socket is used.
 * @throws AppError settings.invalid naming the setting
 */
export function parseSlackSettings(env: Environment): SlackSettings {
  const settings = checkSettings(Settings, Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret = '' } = settings;
  return {
    botToken: settings.SLACK_BOT_TOKEN,
    channel: settings.SLACK_CHANNEL,
    inbound: appToken === undefined ? { kind: 'http', signingSecret } : { kind: 'socket', appToken },
    membersOnly: settings.SLACK_MEMBERS_ONLY_LINKED === 'true',
    apiUrl: settings.SLACK_API_URL.replace(/\/*$/, '/'),
  };
}
