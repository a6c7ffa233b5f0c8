// Hands what a client posted to receive(), and finds the id under which its echo comes back. Used by routes.ts.
// A retry carries the same client id, so its external id is the same: it is a duplicate and gets the same answer.
import { randomUUID } from 'node:crypto';
import { chosenPayload, type ClientActivity } from '../../api/direct-line.ts';
import type { InboundMessage } from '../../domain/message.ts';
import type { ChannelContext, Received } from '../channel.ts';
import { activityId, addressOf, WEB } from './activities.ts';
import { Refusal } from './refuse.ts';
import type { Upload } from './upload.ts';

/** Conversations whose last known sequence number is remembered, to read back little after a post. */
const MAX_REMEMBERED = 10_000;

export interface Poster {
  /** The conversation was opened without a word; only the first of them counts. */
  open(conversationId: string, locale: string | undefined): Promise<Received>;
  /** Takes an activity; resolves after it is stored, with the id of its echo. @throws Refusal when it says nothing. */
  post(conversationId: string, activity: ClientActivity): Promise<string>;
  /** Takes files, or lets the flow know of files that were not taken; resolves with the id of their echo. */
  postFiles(conversationId: string, upload: Upload): Promise<string>;
}

/** Makes the poster. */
export function createPoster(context: ChannelContext): Poster {
  const remembered = new Map<string, number>();

  function blank(conversationId: string, externalId: string): InboundMessage {
    const from = [addressOf(conversationId)];
    return {
      channel: WEB,
      externalId: `${conversationId}:${externalId}`,
      from,
      text: '',
      media: [],
      opened: false,
      receivedAt: context.now(),
    };
  }

  function open(conversationId: string, locale: string | undefined): Promise<Received> {
    const message = { ...blank(conversationId, 'opened'), opened: true };
    return context.receive(locale === undefined ? message : { ...message, languageHint: locale });
  }

  /** The id of a message that was just taken, from its place in the history. */
  async function findEcho(conversationId: string, clientId: string): Promise<string> {
    const from = remembered.get(conversationId) ?? 0;
    for (const after of from === 0 ? [0] : [from, 0]) {
      const lines = await context.history(WEB, addressOf(conversationId), after);
      const line = lines.find((one) => one.from === 'person' && one.clientId === clientId);
      if (line === undefined) continue;
      remembered.delete(conversationId);
      remembered.set(conversationId, line.sequence);
      const oldest = remembered.keys().next();
      if (remembered.size > MAX_REMEMBERED && oldest.done !== true) remembered.delete(oldest.value);
      return activityId(conversationId, line.sequence);
    }
    return `${conversationId}|${clientId}`;
  }

  return {
    open,
    async post(conversationId, activity) {
      if (activity.type === 'conversationUpdate' || (activity.type === 'event' && activity.name === 'startConversation')) {
        await open(conversationId, activity.locale);
        return `${conversationId}|opened`;
      }
      // Other signs of life are allowed and mean nothing here.
      if (activity.type !== 'message') return `${conversationId}|${activity.type}`;

      const text = activity.text ?? '';
      const payload = chosenPayload(activity);
      const media = (activity.attachments ?? []).map(({ contentType }) => ({ contentType, providerRef: '' }));
      if (text.trim() === '' && payload === undefined && media.length === 0) {
        throw new Refusal(400, 'MissingProperty', 'text: is empty. Write something, or send the value of a button.');
      }
      const clientId = activity.channelData?.clientActivityID ?? randomUUID();
      await context.receive({
        ...blank(conversationId, clientId),
        text,
        media,
        ...(payload === undefined ? {} : { payload }),
        ...(activity.locale === undefined ? {} : { languageHint: activity.locale }),
      });
      return findEcho(conversationId, clientId);
    },
    async postFiles(conversationId, { text, clientId, media }) {
      const id = clientId ?? randomUUID();
      await context.receive({ ...blank(conversationId, id), text, media });
      return findEcho(conversationId, id);
    },
  };
}
