// The desk in Slack: one thread a case in one channel. Opened by app.ts when it is configured; Bolt is loaded then and not before.
// A staff surface, not a channel: nobody who seeks help is reached through Slack but by the handlers' sendToPerson.
import type { App, Receiver } from '@slack/bolt';
import type { ChannelContext } from '../channel.ts';
import type { OpenStaffSurface, StaffHandlers, StaffSurfaceModule, StillWanted } from '../staff-surface.ts';
import { listenToStaff } from './actions.ts';
import { createAnswerPress } from './answer-press.ts';
import { caseHead, sentence, threadMessage, type SlackMessage } from './blocks.ts';
import { checkSlack } from './check.ts';
import { servePages } from './pages.ts';
import type { ActionParts } from './parts.ts';
import { isTold } from './event-sentence.ts';
import { createAdmission } from './members.ts';
import { createPostQueue, type PostQueue } from './post-queue.ts';
import { createPosts, type ChannelMessage, type Posts } from './posts.ts';
import { HonoReceiver, SLACK_PERMISSIONS } from './receiver.ts';
import { missingSlackSettings, parseSlackSettings, SLACK_SETTINGS, type SlackSettings } from './settings.ts';

const CALL_TIMEOUT_MS = 10_000;
/** Threads that this process has posted to, so that it knows where something may stand from before a restart. */
const MAX_THREADS = 5000;

type Context = Pick<ChannelContext, 'now' | 'log' | 'count'>;

/** Makes the module. @param postIntervalMs time between two posts; tests set their own */
export function createSlack(postIntervalMs?: number): StaffSurfaceModule {
  return {
    id: 'slack',
    title: 'Caseworkers in Slack',
    missingSettings(env) {
      const missing = missingSlackSettings(env);
      if (missing.length === 0) parseSlackSettings(env);
      return missing;
    },
    settings: SLACK_SETTINGS,
    check: (env) => checkSlack(parseSlackSettings(env)),
    open: (env, context) => openSlack(parseSlackSettings(env), context, postIntervalMs),
  };
}

/** The module, as app.ts uses it. */
export const slack: StaffSurfaceModule = createSlack();

async function openSlack(settings: SlackSettings, context: Context, postIntervalMs: number | undefined): Promise<OpenStaffSurface> {
  const { app, receiver } = await openBolt(settings, context);
  const lost = (code: string): void => context.log.warn({ channel: 'slack', code }, 'Slack did not take a message.');
  const posts = createPosts(app.client, settings.channel, lost);
  const queue = createPostQueue({
    ...(postIntervalMs === undefined ? {} : { intervalMs: postIntervalMs }),
    onFault: ({ code, permanent }, waitMs) =>
      context.log.warn(
        { channel: 'slack', code, waitMs },
        permanent ? 'Slack will not take a post; it is dropped.' : 'Slack did not take a post; it is tried again.',
      ),
  });
  let handlers: StaffHandlers | null = null;
  let notes = 0;
  const note = (threadTs: string, message: SlackMessage): void => {
    notes += 1;
    const id = `note:${context.now()}:${notes}`;
    void queue.add((attempt) => posts.post(id, message, threadTs, attempt > 0));
  };
  const parts: ActionParts = {
    channel: settings.channel,
    handlers: () => handlers,
    posts,
    note,
    answerPress: createAnswerPress(settings.apiUrl),
    log: context.log,
    now: context.now,
  };
  listenToStaff(app, parts);
  const pages = servePages(app, { ...parts, refreshMs: postIntervalMs });
  if (settings.inbound.kind === 'socket') connectSocket(app, context);

  return {
    ...createSurface(settings.channel, posts, queue),
    name: 'slack',
    answersPrivate: false,
    membersOnly: settings.membersOnly,
    admits: createAdmission(app.client, settings.channel, context),
    refresh: () => pages.refresh(),
    note(threadRef, text) {
      const [place, ts] = threadRef.split(':');
      if (place === settings.channel && ts !== undefined) note(ts, sentence(text));
    },
    alert(text) {
      notes += 1;
      const id = `alert:${context.now()}:${notes}`;
      void queue.add((attempt) => posts.post(id, sentence(text), null, attempt > 0));
    },
    connect: (answering) => void (handlers = answering),
    channels: [],
    ...(receiver instanceof HonoReceiver ? { routes: receiver.routes, permissions: SLACK_PERMISSIONS } : { routes: null }),
    async close() {
      pages.close();
      queue.close();
      await app.stop();
    },
  };
}

type Posting = Pick<OpenStaffSurface, 'announce' | 'relay' | 'showState' | 'eraseThread'>;

const always: StillWanted = () => Promise.resolve(true);
/** Where nobody can tell just now, the post waits: whoever wanted it asks again. */
const isWanted = (wanted: StillWanted): Promise<boolean> => wanted().catch(() => false);

function createSurface(channel: string, posts: Posts, queue: PostQueue): Posting {
  const refOf = (ts: string): string => `${channel}:${ts}`;
  const tsOf = (threadRef: string): string | null => (threadRef.startsWith(`${channel}:`) ? threadRef.slice(channel.length + 1) : null);
  const announcing = new Map<string, Promise<string | null>>();
  const isFamiliar = createMemory(MAX_THREADS);

  return {
    announce(notice, wanted = always) {
      const running = announcing.get(notice.caseId);
      if (running !== undefined) return running;
      const head = caseHead(notice, { status: 'waiting' });
      // Perhaps it was posted right before a restart, by this node or another: it is looked for first.
      const posted = queue
        .add(async () => ((await isWanted(wanted)) ? posts.post(`case:${notice.caseId}`, head, null, true) : { done: null }))
        .then((ts) => (ts === null ? null : refOf(ts)))
        .finally(() => announcing.delete(notice.caseId));
      announcing.set(notice.caseId, posted);
      return posted;
    },
    async relay(threadRef, message, wanted = always) {
      const ts = tsOf(threadRef);
      if (ts === null) return false;
      if (message.from === 'event' && !isTold(message.event?.kind ?? '')) return true;
      const search = !isFamiliar(ts);
      const post = threadMessage(message);
      const id = `message:${message.id}`;
      return (
        (await queue.add(async (attempt) =>
          (await isWanted(wanted)) ? posts.post(id, post, ts, search || attempt > 0) : { done: null },
        )) !== null
      );
    },
    async showState(threadRef, notice, state) {
      const ts = tsOf(threadRef);
      if (ts === null) return false;
      return (await queue.add(() => posts.update(ts, caseHead(notice, state)))) !== null;
    },
    async eraseThread(threadRef) {
      const ts = tsOf(threadRef);
      return ts === null ? null : eraseThread(posts, queue, ts);
    },
  };
}

/** Tells whether a name was asked for before; forgets the oldest beyond `max`. */
function createMemory(max: number): (name: string) => boolean {
  const known = new Set<string>();
  return (name) => {
    const before = known.delete(name);
    known.add(name);
    for (const oldest of known) {
      if (known.size <= max) break;
      known.delete(oldest);
    }
    return before;
  };
}

async function eraseThread(posts: Posts, queue: PostQueue, threadTs: string): Promise<{ removed: number; left: number } | null> {
  const read = async (): Promise<ChannelMessage[] | null> => posts.thread(threadTs).catch((error: unknown) => (isGone(error) ? [] : null));
  const before = await read();
  if (before === null || before.length === 0) return before && { removed: 0, left: 0 };
  // Again in its turn: posts that waited before it stand there by now.
  const messages = await queue.add(async () => ({ done: await read() }));
  if (messages === null) return null;
  const ours = messages.filter((message) => message.byApp);
  // The head goes last: while it stands, what is left of the thread can still be found.
  for (const { ts } of ours.toReversed()) {
    if ((await queue.add(() => posts.remove(ts))) === null) return null;
  }
  return { removed: ours.length, left: messages.length - ours.length };
}

function isGone(error: unknown): boolean {
  return (error as { data?: { error?: unknown } }).data?.error === 'thread_not_found';
}

async function openBolt(settings: SlackSettings, context: Context): Promise<{ app: App; receiver: Receiver }> {
  const bolt = await import('@slack/bolt');
  const logger = quietLogger(context);
  const receiver: Receiver =
    settings.inbound.kind === 'http'
      ? new HonoReceiver(settings.inbound.signingSecret, bolt.verifySlackRequest, context)
      : new bolt.SocketModeReceiver({
          appToken: settings.inbound.appToken,
          logger,
          installerOptions: { clientOptions: { slackApiUrl: settings.apiUrl } },
        });
  const app = new bolt.App({
    receiver,
    token: settings.botToken,
    // Our own posts are told by their bot_id; asking Slack who we are would fail while it is down.
    botId: 'unknown',
    botUserId: 'unknown',
    ignoreSelf: false,
    tokenVerificationEnabled: false,
    convoStore: false,
    logger,
    // Repeating is the queue's business: it keeps order and rate.
    clientOptions: { slackApiUrl: settings.apiUrl, timeout: CALL_TIMEOUT_MS, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
  });
  app.error((error) => {
    context.log.error({ channel: 'slack', error }, 'An event of Slack failed.');
    return Promise.resolve();
  });
  return { app, receiver };
}

function connectSocket(app: App, context: Context): void {
  app
    .start()
    .catch((error: unknown) =>
      context.log.error(
        { channel: 'slack', error },
        'The socket to Slack could not be opened; actions in Slack are not heard until a restart.',
      ),
    );
}

/** Bolt logs what it was sent, people's words included. Only that something happened gets through. */
function quietLogger(context: Context): NonNullable<ConstructorParameters<typeof App>[0]>['logger'] {
  const ignore = (): void => {};
  return {
    debug: ignore,
    info: ignore,
    warn: () => context.log.warn({ channel: 'slack' }, 'Bolt has a warning.'),
    error: () => context.log.error({ channel: 'slack' }, 'Bolt has an error.'),
    setLevel: ignore,
    getLevel: () => 'error' as never,
    setName: ignore,
  };
}
