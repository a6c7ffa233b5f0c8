// What `ventanilla doctor` asks Twilio: are the credentials good, do its clocks agree with ours, do numbers call us.
// @see https://www.twilio.com/docs/phone-numbers/api/incomingphonenumber-resource
import { z } from 'zod';
import { ok, problem, warning, type Finding } from '../../domain/finding.ts';
import { askProvider, type ProviderAnswer } from '../ask-provider.ts';
import type { CheckContext } from '../channel.ts';
import type { TwilioSettings } from './settings.ts';

const ABOUT = 'Twilio';
const REAL_API = 'https://api.twilio.com';
const MESSAGING_API = 'https://messaging.twilio.com';
const MAX_SKEW_MS = 30_000;

const Account = z.object({ status: z.string() });
const Numbers = z.object({
  incoming_phone_numbers: z.array(z.object({ sms_url: z.string().nullable(), sms_method: z.string().nullable() })),
});
const MessagingService = z.object({ inbound_request_url: z.string().nullable(), use_inbound_webhook_on_number: z.boolean().nullish() });

/** Looks at account, number and messaging service. */
export async function checkTwilio(settings: TwilioSettings, { publicUrl, now }: CheckContext): Promise<Finding[]> {
  const authorization = `Basic ${Buffer.from(`${settings.accountSid}:${settings.authToken}`).toString('base64')}`;
  const ask = (url: string): Promise<ProviderAnswer> => askProvider(url, { headers: { authorization } });
  const account = `${settings.apiUrl}/2010-04-01/Accounts/${settings.accountSid}`;
  const answer = await ask(`${account}.json`);
  const refused = refusal(answer);
  if (refused) return [refused];
  const status = Account.safeParse(answer.body).data?.status;
  const wanted = `${publicUrl}/channels/twilio/messages`;
  return [
    status === 'active'
      ? ok(ABOUT, 'Account and token are good.')
      : problem(ABOUT, `The account is ${status === 'suspended' || status === 'closed' ? status : 'not active'}.`, "See Twilio's console."),
    ...checkClock(answer, now()),
    ...(settings.smsFrom === null ? [] : [await checkNumber(settings.smsFrom, wanted, ask, account)]),
    ...(settings.messagingServiceSid === null ? [] : [await checkService(settings, wanted, ask)]),
    ...(settings.whatsappFrom === null
      ? []
      : [ok('WhatsApp', `Twilio does not tell where a WhatsApp sender calls: see in its console that it is ${wanted} by POST.`)]),
  ];
}

function refusal({ status }: ProviderAnswer): Finding | null {
  if (status === 0) return problem(ABOUT, 'Twilio cannot be reached.', 'Check the network and TWILIO_API_URL.');
  if (status === 401 || status === 403)
    return problem(ABOUT, 'Twilio refuses the credentials.', 'Copy TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN again from its console.');
  if (status === 404) return problem(ABOUT, 'Twilio does not know the account.', 'Check TWILIO_ACCOUNT_SID and TWILIO_API_URL.');
  return status === 200 ? null : problem(ABOUT, `Twilio answered ${status}.`, 'Try again later; see status.twilio.com.');
}

function checkClock({ headers }: ProviderAnswer, now: number): Finding[] {
  const theirs = Date.parse(headers.get('date') ?? '');
  if (Number.isNaN(theirs)) return [];
  const seconds = Math.round((theirs - now) / 1000);
  return Math.abs(theirs - now) <= MAX_SKEW_MS
    ? [ok('clock', "This machine's clock agrees with Twilio's.")]
    : [problem('clock', `This machine's clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'behind' : 'ahead'}.`, 'Turn on NTP.')];
}

async function checkNumber(
  number: string,
  wanted: string,
  ask: (url: string) => Promise<ProviderAnswer>,
  account: string,
): Promise<Finding> {
  const answer = await ask(`${account}/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(number)}`);
  const found = Numbers.safeParse(answer.body).data?.incoming_phone_numbers[0];
  if (!found)
    return warning(
      'SMS number',
      'The account has no such number.',
      'Check TWILIO_SMS_FROM; short codes and hosted numbers are not listed.',
    );
  return found.sms_url === wanted && (found.sms_method ?? 'POST') === 'POST'
    ? ok('SMS number', 'It calls this service.')
    : problem('SMS number', 'It does not call this service when a message comes in.', `Set its messaging webhook to ${wanted}, POST.`);
}

async function checkService(settings: TwilioSettings, wanted: string, ask: (url: string) => Promise<ProviderAnswer>): Promise<Finding> {
  const base = settings.apiUrl === REAL_API ? MESSAGING_API : settings.apiUrl;
  const answer = await ask(`${base}/v1/Services/${settings.messagingServiceSid}`);
  const found = MessagingService.safeParse(answer.body).data;
  if (!found) return problem('messaging service', 'The account has no such messaging service.', 'Check TWILIO_MESSAGING_SERVICE_SID.');
  if (found.use_inbound_webhook_on_number === true)
    return ok('messaging service', 'It leaves inbound messages to the webhooks of its numbers.');
  return found.inbound_request_url === wanted
    ? ok('messaging service', 'It calls this service.')
    : problem('messaging service', 'It does not call this service when a message comes in.', `Set its incoming webhook to ${wanted}.`);
}
