// The Bot Framework channel's way out: a message becomes an activity in the conversation that its address names.
// Called by bot-framework.ts; sends through adapter.ts.
import { AppError } from '../../domain/errors.ts';
import type { OutboundMessage } from '../../domain/message.ts';
import type { Channel, SendResult } from '../channel.ts';
import type { BotAdapter, OutgoingActivity } from './adapter.ts';
import { ConnectorRefusal, ConnectorSilence } from './connector.ts';
import { BOT_FRAMEWORK } from './parse-activity.ts';
import { unpackReference } from './reference.ts';

/** Longest text that every channel behind Bot Framework shows, and how many buttons. */
const MAX_CHARS = 4000;
const MAX_BUTTONS = 10;
const MAX_LABEL = 60;

/** Opens the channel. */
export function createBotFrameworkChannel(adapter: BotAdapter): Channel {
  return {
    name: BOT_FRAMEWORK,
    capabilities: {
      maxChars: MAX_CHARS,
      buttons: { max: MAX_BUTTONS, maxLabel: MAX_LABEL, maxBody: MAX_CHARS },
      list: null,
      smsSegments: false,
      segmentsPerSecond: null,
    },
    fetchMedia: ({ at }) => adapter.fetchFile(at),

    async send(line) {
      const reference = unpackReference(line.to);
      if (reference === null) return { kind: 'failed', retryable: false, code: 'bad_address' };
      try {
        return { kind: 'sent', providerRef: await adapter.send(reference, writeActivity(line.message, reference.userId)) };
      } catch (error) {
        return explainFailure(error);
      }
    },
  };
}

function writeActivity(message: OutboundMessage, userId: string): OutgoingActivity {
  // A tap writes the label as the person's own words, which every channel behind Bot Framework can do.
  const actions = message.layout === 'text' ? [] : message.choices.map(({ label }) => ({ type: 'imBack', title: label, value: label }));
  return {
    type: 'message',
    text: message.text,
    textFormat: 'plain',
    locale: message.language,
    ...(actions.length === 0 ? {} : { suggestedActions: { to: [userId], actions } }),
  };
}

function explainFailure(error: unknown): SendResult {
  if (error instanceof ConnectorSilence)
    return error.left ? { kind: 'unknown' } : { kind: 'failed', retryable: true, code: 'not_connected' };
  if (error instanceof ConnectorRefusal) return explainRefusal(error);
  // No token, so nothing was sent.
  if (error instanceof AppError) return { kind: 'failed', retryable: true, code: 'no_token' };
  return { kind: 'unknown' };
}

function explainRefusal({ status, retryable, retryAfterSeconds }: ConnectorRefusal): SendResult {
  if (status === 504) return { kind: 'unknown' };
  return {
    kind: 'failed',
    retryable: retryable || status === 401 || status === 408,
    code: `http_${status}`,
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  };
}
