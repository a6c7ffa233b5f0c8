// Lines of the stored history as Direct Line activities, and back-reading from a watermark. Used by routes.ts and stream.ts.
// The watermark is the sequence number of the last line that was handed out; nothing is kept here.
import type { Activity, ActivitySet, ConversationState } from '../../api/direct-line.ts';
import type { Address } from '../../domain/message.ts';
import type { ChannelContext, HistoryLine } from '../channel.ts';
import type { Grant } from './tokens.ts';

/** Name of this channel in the store and in logs. */
export const WEB = 'web';
/** Who speaks for the line. */
const BOT = { id: 'ventanilla', role: 'bot', name: 'Ventanilla' } as const;

/** The address of a web conversation. */
export function addressOf(conversationId: string): Address {
  return { kind: 'user', value: conversationId };
}

/** Id of the activity at a sequence number. */
export function activityId(conversationId: string, sequence: number): string {
  return `${conversationId}|${String(sequence).padStart(7, '0')}`;
}

/** A line of the history as an activity. */
export function toActivity(line: HistoryLine, grant: Grant): Activity {
  const person = line.from === 'person';
  return {
    type: 'message',
    id: activityId(grant.conversationId, line.sequence),
    timestamp: new Date(line.atMs).toISOString(),
    channelId: 'directline',
    conversation: { id: grant.conversationId },
    from: person ? { id: grant.userId, role: 'user' } : BOT,
    text: line.text,
    textFormat: 'plain',
    ...(line.language === '' ? {} : { locale: line.language }),
    ...(line.files === undefined ? {} : { attachments: line.files.map((contentType) => ({ contentType })) }),
    ...suggestions(line.choices),
    channelData: {
      lineId: line.lineId,
      from: line.from,
      direction: line.direction,
      ...(line.clientId === null ? {} : { clientActivityID: line.clientId }),
    },
  };
}

/**
 * Choices as messageBack actions: the client shows `title`, posts `text`, and sends the choice's id back as `value`.
 * A client that knows no messageBack may post the label alone, which is understood as well.
 */
function suggestions(choices: HistoryLine['choices']): Pick<Activity, 'suggestedActions'> {
  if (choices.length === 0) return {};
  return {
    suggestedActions: {
      actions: choices.map(({ id, label }) => ({
        type: 'messageBack',
        title: label,
        text: label,
        displayText: label,
        value: { choice: id },
      })),
    },
  };
}

/** What was said after a watermark. `reset`: what the client had is gone, and `lines` starts anew. */
export interface News {
  lines: HistoryLine[];
  position: number;
  reset: boolean;
}

/** Reads a conversation after a watermark, and notices when everything up to it was erased. */
export async function readNews(context: ChannelContext, conversationId: string, after: number): Promise<News> {
  const address = addressOf(conversationId);
  // One line earlier than asked: while the last known line is still there, nothing was erased.
  const lines = await context.history(WEB, address, Math.max(0, after - 1));
  const fresh = lines.filter((line) => line.sequence > after);
  const position = fresh.at(-1)?.sequence ?? after;
  if (after === 0 || lines[0]?.sequence === after) return { lines: fresh, position, reset: false };
  // The line itself may have been withdrawn (a take-over cancels what was not sent); lines on both sides prove the rest is there.
  const all = await context.history(WEB, address, 0);
  const first = all[0]?.sequence ?? Number.POSITIVE_INFINITY;
  const last = all.at(-1)?.sequence ?? 0;
  if (first <= after && last >= after) return { lines: fresh, position, reset: false };
  return { lines: all, position: last, reset: true };
}

/** News as the client reads them. */
export function toActivitySet(news: News, grant: Grant, state: ConversationState | null): ActivitySet {
  return {
    activities: news.lines.map((line) => toActivity(line, grant)),
    watermark: String(news.position),
    ...(news.reset ? { reset: true as const } : {}),
    ...(state === null ? {} : { state }),
  };
}
