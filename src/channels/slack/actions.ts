// What staff do in Slack: claim, close, and send a message of theirs to the person. Opened by slack.ts on a Bolt app.
// A message in a thread is internal. It reaches the person only when its writer, or a colleague by shortcut, says so.
import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { ChannelContext } from '../channel.ts';
import type { StaffHandlers, StaffOutcome } from '../staff-surface.ts';
import type { AnswerPress } from './answer-press.ts';
import { ACTIONS, sendOffer, sentNote, takenSentence, type SlackMessage } from './blocks.ts';
import type { Posts } from './posts.ts';
import { toPlainText } from './text.ts';

const PRIVATE = 'This case is private: nothing about it is written in Slack. Please delete your message and answer in the console.';
const TRY_AGAIN = 'That did not work. Nothing was sent or changed; please try again.';
const MENTION = 'Your message mentions a colleague or a channel, so it was not sent. Write it again without the mention.';
const NO_TEXT = 'Only text can be sent to the person. Nothing was sent.';
const NO_CASE = 'This message is not in the thread of a case. Nothing was sent.';
const ALREADY = 'This message has already been sent to the person.';
const SENT = 'Sent to the person.';
const GONE = 'This message is no longer there, or it is not yours. Nothing was sent.';

const Message = z.looseObject({
  channel: z.string(),
  user: z.string().optional(),
  text: z.string().default(''),
  ts: z.string(),
  thread_ts: z.string().optional(),
  subtype: z.string().optional(),
  bot_id: z.string().optional(),
});
const user = z.looseObject({ id: z.string() });
const channel = z.looseObject({ id: z.string() });
const Press = z.looseObject({
  user,
  channel,
  response_url: z.string().default(''),
  container: z.looseObject({ thread_ts: z.string().optional(), message_ts: z.string().optional() }).default({}),
  actions: z.array(z.looseObject({ action_id: z.string(), value: z.string().optional() })).min(1),
});
const Shortcut = z.looseObject({
  user,
  channel,
  message: z.looseObject({ ts: z.string(), text: z.string().default(''), thread_ts: z.string().optional(), bot_id: z.string().optional() }),
});

/** What the actions need. */
export interface ActionParts {
  /** Id of the desk's channel; what happens elsewhere is not listened to. */
  channel: string;
  handlers(): StaffHandlers | null;
  posts: Posts;
  /** Queues a note for a thread. */
  note(threadTs: string, message: SlackMessage): void;
  answerPress: AnswerPress;
  log: ChannelContext['log'];
}

/** How many sent messages are remembered, against a second press; the runtime remembers for good. */
const MAX_REMEMBERED = 1000;

/** Registers everything on the app. */
export function listenToStaff(app: App, parts: ActionParts): void {
  const desk = createDesk(parts);
  app.event('message', async ({ event }) => desk.onMessage(Message.parse(event)));
  app.action(/.*/, async ({ ack, body }) => {
    await ack();
    await desk.onPress(Press.parse(body));
  });
  app.shortcut(ACTIONS.send, async ({ ack, shortcut }) => {
    await ack();
    await desk.onShortcut(Shortcut.parse(shortcut));
  });
}

interface Desk {
  onMessage(message: z.output<typeof Message>): Promise<void>;
  onPress(press: z.output<typeof Press>): Promise<void>;
  onShortcut(shortcut: z.output<typeof Shortcut>): Promise<void>;
}

function createDesk(parts: ActionParts): Desk {
  const { posts } = parts;
  const send = createSender(parts);
  const whisper = (id: string, text: string, threadTs: string | null): Promise<void> => posts.whisper(id, { text, blocks: [] }, threadTs);

  return {
    async onMessage(message) {
      const { thread_ts: thread, user: writer, bot_id: bot, subtype } = message;
      if (message.channel !== parts.channel || thread === undefined || writer === undefined || bot !== undefined) return;
      if (subtype !== undefined && subtype !== 'file_share' && subtype !== 'thread_broadcast') return;
      const found = await parts.handlers()?.caseOfThread(`${parts.channel}:${thread}`);
      if (!found) return;
      if (found.private) await whisper(writer, PRIVATE, thread);
      else if (message.text !== '') await posts.whisper(writer, sendOffer(message.ts), thread);
    },

    async onPress(press) {
      const action = press.actions[0];
      if (action === undefined || press.channel.id !== parts.channel || action.value === undefined) return;
      const staff = `slack:${press.user.id}`;
      const thread = press.container.thread_ts ?? press.container.message_ts ?? null;
      if (action.action_id === ACTIONS.send) {
        const said = await send(thread, action.value, press.user.id, null);
        if (!(await parts.answerPress(press.response_url, said)))
          parts.log.warn({ channel: 'slack' }, 'Slack did not take an answer to a press.');
        return;
      }
      const outcome = await act(parts, action.action_id, action.value, staff);
      if (outcome !== null && !outcome.ok) await whisper(press.user.id, explain(outcome), press.container.thread_ts ?? null);
    },

    async onShortcut({ message, user: presser, channel: place }) {
      if (place.id !== parts.channel) return;
      const thread = message.thread_ts ?? null;
      await whisper(presser.id, message.bot_id === undefined ? await send(thread, message.ts, presser.id, message.text) : NO_CASE, thread);
    },
  };
}

async function act(parts: ActionParts, action: string, caseId: string, staff: string): Promise<StaffOutcome | null> {
  const handlers = parts.handlers();
  if (action !== ACTIONS.claim && action !== ACTIONS.close) return null;
  try {
    if (handlers === null) return no(TRY_AGAIN);
    return action === ACTIONS.claim ? await handlers.claim(caseId, staff) : await handlers.close(caseId, staff);
  } catch (error) {
    parts.log.error({ channel: 'slack', action, error }, 'An action of staff failed.');
    return no(TRY_AGAIN);
  }
}

type Sender = (threadTs: string | null, messageTs: string, userId: string, text: string | null) => Promise<string>;

/** Sends a staff message to the person, once, and says what became of it. `text` null: the writer's own message as it stands now. */
function createSender(parts: ActionParts): Sender {
  const sent = new Set<string>();

  async function attempt(threadTs: string, messageTs: string, userId: string, text: string | null): Promise<StaffOutcome> {
    const handlers = parts.handlers();
    if (handlers === null) return no(TRY_AGAIN);
    const found = await handlers.caseOfThread(`${parts.channel}:${threadTs}`);
    if (found === null) return no(NO_CASE);
    if (found.private) return no(PRIVATE);
    const markup = text ?? (await readOwn(parts.posts, threadTs, messageTs, userId));
    if (markup === null) return no(GONE);
    const words = toPlainText(markup);
    if (words === null) return no(MENTION);
    if (words === '') return no(NO_TEXT);
    return handlers.sendToPerson(found.caseId, words, `slack:${userId}`, `${parts.channel}:${messageTs}`);
  }

  return async (threadTs, messageTs, userId, text) => {
    if (threadTs === null) return NO_CASE;
    if (sent.has(messageTs)) return ALREADY;
    remember(sent, messageTs);
    const outcome = await attempt(threadTs, messageTs, userId, text).catch((error: unknown) => {
      parts.log.error({ channel: 'slack', error }, 'A message of staff could not be sent to the person.');
      return no(TRY_AGAIN);
    });
    if (!outcome.ok) {
      sent.delete(messageTs);
      return explain(outcome);
    }
    parts.note(threadTs, sentNote(`slack:${userId}`));
    return SENT;
  };
}

const explain = ({ reason, takenBy }: Extract<StaffOutcome, { ok: false }>): string =>
  takenBy === undefined ? reason : takenSentence(takenBy);

const no = (reason: string): StaffOutcome => ({ ok: false, reason });

function remember(sent: Set<string>, messageTs: string): void {
  sent.add(messageTs);
  for (const oldest of sent) {
    if (sent.size <= MAX_REMEMBERED) return;
    sent.delete(oldest);
  }
}

/** The message as it stands now, so that what is sent is what its writer sees. */
async function readOwn(posts: Posts, threadTs: string, messageTs: string, userId: string): Promise<string | null> {
  const message = (await posts.thread(threadTs)).find((one) => one.ts === messageTs);
  return message === undefined || message.user !== userId ? null : message.text;
}
