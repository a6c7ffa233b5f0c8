// Answers a press of a button at the address that came with it. Called by actions.ts; what Bolt has for it follows redirects anywhere.
import { PUBLIC_HTTPS, safeFetch, type FetchPolicy } from '../../util/safe-fetch.ts';

const TIMEOUT_MS = 10_000;

/** Replaces the message whose button was pressed, or tells whoever wrote a command (`anew`). Resolves to true when Slack took it. */
export type AnswerPress = (address: string, text: string, anew?: boolean) => Promise<boolean>;

/**
 * Makes the answering.
 * @param apiUrl SLACK_API_URL: the operator's own choice, so an answer may go to that server wherever it is, and otherwise to the public internet only
 */
export function createAnswerPress(apiUrl: string): AnswerPress {
  const { origin, protocol } = new URL(apiUrl);
  const own: FetchPolicy = { protocols: [protocol], ports: [], allowsAddress: () => true };
  return async (address, text, anew = false) => {
    const body = JSON.stringify({ ...(anew ? { response_type: 'ephemeral' } : { replace_original: true }), text });
    const isOwn = URL.canParse(address) && new URL(address).origin === origin;
    const answer = await safeFetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': String(Buffer.byteLength(body)) },
      body,
      policy: isOwn ? own : PUBLIC_HTTPS,
      timeoutMs: TIMEOUT_MS,
    });
    return answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
  };
}
