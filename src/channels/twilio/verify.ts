// Proves that a webhook comes from Twilio, and reads its parameters. Called by routes.ts before anything else is looked at.
// Uses only the webhook file of the twilio package: the whole package is loaded when something is sent.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { validateRequest, validateRequestWithBody } from 'twilio/lib/webhooks/webhooks.js';
import { z } from 'zod';
import { AppError } from '../../domain/errors.ts';
import { parseJson } from '../parse-json.ts';

/** Parameters of a webhook by name. A name that came several times with different values holds them all. */
export type TwilioParams = Record<string, string | string[]>;

/** What is signed, and by what. */
export interface SignedRequest {
  /** Public URL with path and query exactly as Twilio called it. */
  url: string;
  /** Value of X-Twilio-Signature; null when absent. */
  signature: string | null;
  contentType: string;
  /** Raw body. */
  body: string;
}

/** A SHA-1 in base64. Anything else is no signature, whatever the comparison would make of it. */
const SIGNATURE = /^[A-Za-z0-9+/]{27}=$/;

/**
 * Checks the signature and returns the parameters.
 * Forms are signed with their parameters; JSON bodies by their SHA-256 in the query parameter bodySHA256. The comparison takes constant time.
 * @throws AppError channel.bad_signature; channel.bad_request when a signed JSON body is no flat object
 * @see https://www.twilio.com/docs/usage/security#validating-requests
 */
export function verifyTwilio(authToken: string, request: SignedRequest): TwilioParams {
  const json = request.contentType.toLowerCase().includes('json');
  const params = json ? {} : readForm(request.body);
  if (!isSigned(authToken, request, json ? null : params)) {
    throw new AppError('channel.bad_signature', 'The X-Twilio-Signature header does not match. Check TWILIO_AUTH_TOKEN and PUBLIC_URL.');
  }
  return json ? readJson(request.body) : params;
}

function isSigned(authToken: string, request: SignedRequest, params: TwilioParams | null): boolean {
  const { signature, url, body } = request;
  if (signature === null || !SIGNATURE.test(signature)) return false;
  // The plain form first, which it nearly always is: the library computes every spelling of the address before it compares any.
  if (params !== null && timingSafeEqual(Buffer.from(plainSignature(authToken, url, params)), Buffer.from(signature))) return true;
  try {
    return params === null ? validateRequestWithBody(authToken, signature, url, body) : validateRequest(authToken, signature, url, params);
  } catch {
    // The library parses the URL for its fallbacks; one that cannot be parsed was not signed by Twilio.
    return false;
  }
}

/** The address as it was called, and the sorted parameters; a name with several values has each of them once, sorted. */
function plainSignature(authToken: string, url: string, params: TwilioParams): string {
  let text = url;
  for (const name of Object.keys(params).sort()) {
    const value = params[name] ?? '';
    text +=
      typeof value === 'string'
        ? name + value
        : [...new Set(value)]
            .sort()
            .map((one) => name + one)
            .join('');
  }
  return createHmac('sha1', authToken).update(text, 'utf8').digest('base64');
}

function readForm(body: string): TwilioParams {
  // Without a prototype, a parameter called __proto__ is a parameter like any other.
  const params: TwilioParams = Object.create(null) as TwilioParams;
  for (const [name, value] of new URLSearchParams(body)) {
    const before = params[name];
    if (before === undefined) params[name] = value;
    else if (![before].flat().includes(value)) params[name] = [before, value].flat();
  }
  return params;
}

const Flat = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String));

function readJson(body: string): TwilioParams {
  const parsed = Flat.safeParse(parseJson(body));
  if (!parsed.success) throw new AppError('channel.bad_request', 'The JSON body must be one object of plain values.');
  return parsed.data;
}
