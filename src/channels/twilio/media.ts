// Gets a person's picture or voice note from Twilio: asked for with our password at Twilio's own address, which sends us on to its
// store of files, where no password goes. Nothing else is ever asked. Called by channel.ts.
// @see https://www.twilio.com/docs/messaging/api/media-resource
import { isPublicAddress } from '../../util/address-ranges.ts';
import { PUBLIC_HTTPS, safeFetch, TOO_LARGE, type FetchPolicy, type SafeAnswer } from '../../util/safe-fetch.ts';
import type { FetchedMedia, MediaRef } from '../channel.ts';
import type { TwilioApi } from './api.ts';
import { isLoopback } from './loopback.ts';
import type { TwilioSettings } from './settings.ts';

/** WhatsApp's own limit; MMS has less. */
const MAX_BYTES = 16_000_000;
const TIMEOUT_MS = 20_000;
/** From the API to the store of files, and perhaps once more. */
const MAX_REDIRECTS = 2;
const ADDRESS = /\/Accounts\/(AC[0-9A-Za-z]+)\/Messages\/([A-Z]{2}[0-9a-f]{32})\/Media\/(ME[0-9a-f]{32})$/;
const NOT_TWILIO: FetchedMedia = { kind: 'refused', reason: 'It is not kept at Twilio, so it was not fetched.' };

/** Gets the file. Never throws. */
export async function fetchTwilioMedia(file: MediaRef, settings: TwilioSettings, api: TwilioApi): Promise<FetchedMedia> {
  const sid = await findSid(file, settings, api).catch(() => undefined);
  if (sid === null) return NOT_TWILIO;
  if (sid === undefined) return { kind: 'failed' };
  const { accountSid, authToken, apiUrl } = settings;
  const first = `${apiUrl}/2010-04-01/Accounts/${accountSid}/Messages/${file.message}/Media/${sid}`;
  const password = Buffer.from(`${accountSid}:${authToken}`).toString('base64');
  const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES, binary: true, policy: policyFor(apiUrl) };
  let answer = await safeFetch(first, { ...limits, headers: { authorization: `Basic ${password}` } });
  let from = first;
  for (let redirects = 0; isRedirect(answer); redirects++) {
    const next = URL.parse(answer.headers['location'] ?? '', from);
    if (redirects === MAX_REDIRECTS || next === null || !isStore(next, apiUrl)) return NOT_TWILIO;
    from = next.href;
    answer = await safeFetch(from, { ...limits, policy: isLoopback(apiUrl) ? limits.policy : PUBLIC_HTTPS });
  }
  return explain(answer);
}

/** The file's sid: from its address, or by its place among the files of the message. Null where it is of somebody else. */
async function findSid({ at, message, index }: MediaRef, { accountSid }: TwilioSettings, api: TwilioApi): Promise<string | null> {
  if (at === '') return (await api.listMedia(message))[index] ?? null;
  const [, account, parent, sid] = ADDRESS.exec(URL.canParse(at) ? new URL(at).pathname : '') ?? [];
  return account === accountSid && parent === message && sid !== undefined ? sid : null;
}

/** Where the address of the API, a setting, may lead: to the public internet, or to this machine where it names this machine. */
function policyFor(apiUrl: string): FetchPolicy {
  const { protocol } = new URL(apiUrl);
  return { protocols: [protocol], ports: [], allowsAddress: isLoopback(apiUrl) ? () => true : isPublicAddress };
}

/** Twilio's stores of files, and beside a Twilio on this machine that one. */
function isStore(url: URL, apiUrl: string): boolean {
  if (isLoopback(apiUrl)) return url.origin === new URL(apiUrl).origin;
  if (url.hostname.endsWith('.twiliocdn.com')) return true;
  return url.hostname === 's3-external-1.amazonaws.com' && url.pathname.startsWith('/media.twiliocdn.com/');
}

function isRedirect(answer: SafeAnswer): answer is Extract<SafeAnswer, { kind: 'answered' }> {
  return answer.kind === 'answered' && [301, 302, 303, 307, 308].includes(answer.status);
}

function explain(answer: SafeAnswer): FetchedMedia {
  if (answer.kind === 'refused') return NOT_TWILIO;
  if (answer.kind === 'failed')
    return answer.reason === TOO_LARGE ? { kind: 'refused', reason: 'It is larger than 16 MB.' } : { kind: 'failed' };
  if (answer.status === 404 || answer.status === 410) return { kind: 'gone' };
  return answer.status === 200 ? { kind: 'fetched', bytes: answer.bytes } : { kind: 'failed' };
}
