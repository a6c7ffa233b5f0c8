// Slack's Web API as far as the surface needs it: post, change, find and delete messages of the desk's channel.
// Called by slack.ts and actions.ts. Faults leave here as codes: Slack's errors quote what was posted.
import type { webApi } from '@slack/bolt';
import { z } from 'zod';
import { neverLeft } from '../network-fault.ts';
import type { SlackMessage } from './blocks.ts';
import type { PostFault } from './post-queue.ts';

/** Marks our posts, so that one whose answer was lost can be found again. */
const EVENT_TYPE = 'ventanilla_post';

/** No thread is read further than this, in messages. */
const MAX_THREAD = 2000;

/** Errors of one message that no repetition will mend. Everything else may be mended by Slack, or by the operator. */
const PERMANENT = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_metadata_format',
  'metadata_too_large',
  'msg_blocks_too_long',
  'msg_too_long',
  'no_text',
  'too_many_attachments',
  'message_not_found',
  'thread_not_found',
  'cant_update_message',
  'edit_window_closed',
]);

const Page = z.object({
  messages: z
    .array(
      z.looseObject({
        ts: z.string(),
        text: z.string().default(''),
        user: z.string().optional(),
        bot_id: z.string().optional(),
        metadata: z.looseObject({ event_payload: z.looseObject({ id: z.unknown() }).optional() }).optional(),
      }),
    )
    .default([]),
  response_metadata: z.looseObject({ next_cursor: z.string().optional() }).optional(),
});

/** A message of the channel. */
export interface ChannelMessage {
  ts: string;
  text: string;
  user: string | null;
  /** Posted by an app: ours, since nobody invites others into the desk's channel. */
  byApp: boolean;
  postId: string | null;
}

export interface Posts {
  /** Posts and returns the message's ts. `id` is ours: with `search` it is first looked for. */
  post(id: string, message: SlackMessage, threadTs: string | null, search: boolean): Promise<{ done: string } | { fault: PostFault }>;
  update(ts: string, message: SlackMessage): Promise<{ done: true } | { fault: PostFault }>;
  remove(ts: string): Promise<{ done: true } | { fault: PostFault }>;
  /** Shows a message to one user only. Best effort. */
  whisper(user: string, message: SlackMessage, threadTs: string | null): Promise<void>;
  /** Opens a form for whoever has just pressed something: Slack takes it within three seconds. Null, or the code of the fault. */
  openForm(trigger: string, form: object): Promise<string | null>;
  /** Shows a page of the app to one user. Null, or the code of the fault. */
  showHome(user: string, page: object): Promise<string | null>;
  /** All messages of a thread, its head included. @throws whatever Slack's client throws */
  thread(threadTs: string): Promise<ChannelMessage[]>;
}

/** Opens the API for one channel. @param onLost called with the code of a whisper that nobody heard */
export function createPosts(client: webApi.WebClient, channel: string, onLost: (code: string) => void): Posts {
  const reader = createReader(client, channel);
  const common = (message: SlackMessage, threadTs: string | null) => ({
    channel,
    text: message.text,
    blocks: message.blocks as never[],
    unfurl_links: false,
    unfurl_media: false,
    ...(threadTs === null ? {} : { thread_ts: threadTs }),
  });

  return {
    thread: (threadTs) => reader.thread(threadTs),
    async post(id, message, threadTs, search) {
      try {
        const found = search ? await reader.find(id, threadTs) : null;
        if (found !== null) return { done: found };
        const metadata = { event_type: EVENT_TYPE, event_payload: { id } };
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a method of Slack, not of a window
        const posted = await client.chat.postMessage({ ...common(message, threadTs), metadata });
        return typeof posted.ts === 'string' ? { done: posted.ts } : { fault: { permanent: false, code: 'no_ts' } };
      } catch (error) {
        return { fault: readFault(error) };
      }
    },
    update: (ts, message) => attempt(client.chat.update({ ...common(message, null), ts })),
    async remove(ts) {
      const outcome = await attempt(client.chat.delete({ channel, ts }));
      return 'fault' in outcome && outcome.fault.code === 'message_not_found' ? { done: true } : outcome;
    },
    async whisper(user, message, threadTs) {
      const outcome = await attempt(client.chat.postEphemeral({ ...common(message, threadTs), user }));
      if ('fault' in outcome) onLost(outcome.fault.code);
    },
    openForm: (trigger, form) => codeOf(client.views.open({ trigger_id: trigger, view: form as never })),
    showHome: (user, page) => codeOf(client.views.publish({ user_id: user, view: page as never })),
  };
}

interface Reader {
  thread(threadTs: string): Promise<ChannelMessage[]>;
  /** The ts of our post with this id, in a thread or among the channel's newest messages. */
  find(id: string, threadTs: string | null): Promise<string | null>;
}

function createReader(client: webApi.WebClient, channel: string): Reader {
  const query = { channel, limit: 100, include_all_metadata: true };
  const reader: Reader = {
    async thread(threadTs) {
      const found: ChannelMessage[] = [];
      let cursor: string | undefined;
      do {
        const page = Page.parse(
          await client.conversations.replies({ ...query, ts: threadTs, ...(cursor === undefined ? {} : { cursor }) }),
        );
        found.push(...page.messages.map(readMessage));
        cursor = page.response_metadata?.next_cursor || undefined;
      } while (cursor !== undefined && found.length < MAX_THREAD);
      return found;
    },
    async find(id, threadTs) {
      const messages =
        threadTs === null ? Page.parse(await client.conversations.history(query)).messages.map(readMessage) : await reader.thread(threadTs);
      return messages.find((message) => message.postId === id)?.ts ?? null;
    },
  };
  return reader;
}

async function attempt(call: Promise<unknown>): Promise<{ done: true } | { fault: PostFault }> {
  try {
    await call;
    return { done: true };
  } catch (error) {
    return { fault: readFault(error) };
  }
}

async function codeOf(call: Promise<unknown>): Promise<string | null> {
  const outcome = await attempt(call);
  return 'fault' in outcome ? outcome.fault.code : null;
}

function readMessage(message: z.output<typeof Page>['messages'][number]): ChannelMessage {
  const id = message.metadata?.event_payload?.id;
  return {
    ts: message.ts,
    text: message.text,
    user: message.user ?? null,
    byApp: message.bot_id !== undefined,
    postId: typeof id === 'string' ? id : null,
  };
}

/** Reads an error of Slack's client as a fault. @see https://docs.slack.dev/reference/methods/chat.postMessage */
export function readFault(error: unknown): PostFault {
  const fault = error as { code?: unknown; retryAfter?: unknown; statusCode?: unknown; data?: { error?: unknown } };
  if (typeof fault.retryAfter === 'number') return { permanent: false, code: 'ratelimited', retryAfterSeconds: fault.retryAfter };
  const code = fault.data?.error;
  if (typeof code === 'string' && /^[a-z_]{1,60}$/.test(code)) return { permanent: PERMANENT.has(code), code };
  if (typeof fault.statusCode === 'number') return { permanent: false, code: `http_${fault.statusCode}` };
  return { permanent: false, code: neverLeft(error) ? 'not_connected' : 'no_answer' };
}
