// The settings of the Twilio channel, from the environment. Called by twilio.ts; the only file here that reads TWILIO_*.
import { z } from 'zod';
import { checkSettings } from '../parse-json.ts';

type Environment = Record<string, string | undefined>;

const REQUIRED = ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'] as const;
const SENDERS = ['TWILIO_SMS_FROM', 'TWILIO_MESSAGING_SERVICE_SID', 'TWILIO_WHATSAPP_FROM'] as const;

const phone = z
  .string()
  .transform((text) => text.replace(/^whatsapp:/i, '').replace(/[\s().-]/g, ''))
  .pipe(z.string().regex(/^(\+[1-9]\d{4,14}|\d{3,8})$/, 'must be a number such as +15005550006'));

const ContentSids = z.record(
  z.string().regex(/^(buttons_[1-3]|list_([1-9]|10))$/, 'may hold buttons_1 to buttons_3 and list_1 to list_10'),
  z.string().regex(/^HX[0-9a-fA-F]{32}$/, 'must be HX and 32 hexadecimal digits'),
);

const contentJson = z.string().transform((text, context) => {
  const parsed = ContentSids.safeParse(parseOrNull(text));
  if (parsed.success) return parsed.data;
  context.addIssue({ code: 'custom', message: 'must be JSON such as {"buttons_2":"HX…","buttons_3":"HX…","list_4":"HX…"}' });
  return z.NEVER;
});

const Settings = z.object({
  TWILIO_ACCOUNT_SID: z.string().regex(/^AC[0-9A-Za-z]+$/, 'must start with AC'),
  TWILIO_AUTH_TOKEN: z.string(),
  TWILIO_SMS_FROM: phone.optional(),
  TWILIO_WHATSAPP_FROM: phone.optional(),
  TWILIO_MESSAGING_SERVICE_SID: z
    .string()
    .regex(/^MG[0-9A-Za-z]+$/, 'must start with MG')
    .optional(),
  TWILIO_API_URL: z.url('must be a URL such as https://api.twilio.com').default('https://api.twilio.com'),
  TWILIO_WHATSAPP_CONTENT: contentJson.default({}),
  TWILIO_SMS_SEGMENTS_PER_SECOND: z.coerce.number('must be a number').positive('must be more than 0').default(1),
  TWILIO_SETTLE_SECONDS: z.coerce.number('must be a number').min(0, 'must be 0 or more').max(240, 'must be 240 or less').default(30),
  TWILIO_DEFAULT_OPT_OUT: z.enum(['on', 'off'], 'must be on or off').default('on'),
});

/** Names of all settings. */
export const TWILIO_SETTINGS: readonly string[] = Object.keys(Settings.shape);

/** What the Twilio channel runs with. Numbers are E.164 (or a short code), without the `whatsapp:` prefix. */
export interface TwilioSettings {
  accountSid: string;
  authToken: string;
  smsFrom: string | null;
  whatsappFrom: string | null;
  messagingServiceSid: string | null;
  /** Without a trailing slash. */
  apiUrl: string;
  /** Content template by shape: `buttons_<n>` and `list_<n>`. */
  content: Record<string, string>;
  smsSegmentsPerSecond: number;
  /** Twilio may still take up a request this long after we gave up waiting for its answer. */
  settleSeconds: number;
  /** True when Twilio itself answers STOP and its kin on the SMS numbers. */
  defaultOptOut: boolean;
}

/** Names of settings that are missing; the senders count as one, since any of them will do. */
export function missingTwilioSettings(env: Environment): string[] {
  const missing: string[] = REQUIRED.filter((name) => !env[name]);
  if (SENDERS.every((name) => !env[name])) missing.push('TWILIO_SMS_FROM or TWILIO_WHATSAPP_FROM');
  return missing;
}

/**
 * Parses the settings once none is missing.
 * @throws AppError settings.invalid naming the setting
 */
export function parseTwilioSettings(env: Environment): TwilioSettings {
  const settings = checkSettings(Settings, Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')));
  return {
    accountSid: settings.TWILIO_ACCOUNT_SID,
    authToken: settings.TWILIO_AUTH_TOKEN,
    smsFrom: settings.TWILIO_SMS_FROM ?? null,
    whatsappFrom: settings.TWILIO_WHATSAPP_FROM ?? null,
    messagingServiceSid: settings.TWILIO_MESSAGING_SERVICE_SID ?? null,
    apiUrl: settings.TWILIO_API_URL.replace(/\/+$/, ''),
    content: settings.TWILIO_WHATSAPP_CONTENT,
    smsSegmentsPerSecond: settings.TWILIO_SMS_SEGMENTS_PER_SECOND,
    settleSeconds: settings.TWILIO_SETTLE_SECONDS,
    defaultOptOut: settings.TWILIO_DEFAULT_OPT_OUT === 'on',
  };
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
