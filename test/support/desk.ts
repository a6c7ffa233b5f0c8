// A whole hotline with caseworkers in a fake Slack, for tests: what stands in the threads, and what colleagues press and type.
// `const desk = await openDesk(); await desk.until(() => desk.heads().length === 1); await desk.press('U1', 'case_claim', desk.heads()[0])`.
import { expect } from 'vitest';
import { createSlack } from '../../src/channels/slack/slack.ts';
import { MONDAY, openHotline, type Person, type TestHotline, type TestOptions } from './app.ts';
import { freePort } from './process.ts';
import { startSlack, type FakeSlack, type SlackPost } from './slack-server.ts';

export interface Desk {
  hotline: TestHotline;
  slack: FakeSlack;
  url: string;
  /** Heads of threads, oldest first. */
  heads(): SlackPost[];
  /** Everything that our posts in a thread say, its head included. */
  words(head: SlackPost): string;
  /** The newest head, once there are so many threads. */
  thread(count: number): Promise<SlackPost>;
  press(user: string, action: 'case_claim' | 'case_release' | 'case_transfer' | 'case_close', head: SlackPost): Promise<void>;
  /** Presses the button and sends the form back that opens. */
  fillIn(user: string, action: 'case_transfer' | 'case_close', head: SlackPost, filled: Parameters<FakeSlack['submit']>[3]): Promise<void>;
  /** A colleague types in the thread; Slack tells us. */
  type(user: string, head: SlackPost, text: string): Promise<SlackPost>;
  /** A colleague presses "Send to the person" under a message of theirs, so often. */
  send(user: string, typed: SlackPost, times?: number): Promise<void>;
  until(holds: () => boolean): Promise<void>;
  close(): Promise<void>;
}

export interface DeskOptions extends TestOptions {
  /** A Slack that runs already. */
  slack?: FakeSlack;
}

/** The clock of Slack is the hotline's. */
let clock = { now: MONDAY };

/** Starts Slack on the clock of the hotlines of this file. */
export function startDeskSlack(): Promise<FakeSlack> {
  return startSlack(() => clock.now);
}

/** Opens a hotline whose desk is in Slack, without a pause between posts. */
export async function openDesk(options: DeskOptions = {}): Promise<Desk> {
  const own = options.slack === undefined;
  const slack = options.slack ?? (await startDeskSlack());
  const port = await freePort();
  const hotline = await openHotline({
    ...options,
    surface: createSlack(0),
    environment: { ...slack.env, PORT: String(port), ...options.environment },
  });
  clock = {
    get now() {
      return hotline.now();
    },
  };
  await hotline.app.listen();
  const url = `http://127.0.0.1:${port}`;
  const until = async (holds: () => boolean): Promise<void> => void (await expect.poll(holds, { timeout: 10_000, interval: 5 }).toBe(true));
  const heads = (): SlackPost[] => slack.posts.filter((post) => post.thread_ts === undefined);
  const desk: Desk = {
    hotline,
    slack,
    url,
    heads,
    words: (head) =>
      slack.posts
        .filter((post) => post.ts === head.ts || (post.thread_ts === head.ts && post.bot_id !== undefined))
        .map((post) => JSON.stringify([post.text, post.blocks]))
        .join('\n'),
    async thread(count) {
      await until(() => heads().length >= count);
      return heads()[count - 1] as SlackPost;
    },
    async press(user, action, head) {
      const caseId = /^case:(.*)$/.exec((head.metadata as { event_payload: { id: string } }).event_payload.id)?.[1] ?? '';
      expect((await slack.press(url, user, { action_id: action, value: caseId }, head.ts)).status).toBe(200);
    },
    async fillIn(user, action, head, filled) {
      const before = slack.forms.length;
      await desk.press(user, action, head);
      await until(() => slack.forms.length > before);
      const { view } = slack.forms.at(-1) as FakeSlack['forms'][number];
      expect((await slack.submit(url, user, view, filled)).status).toBe(200);
    },
    async type(user, head, text) {
      const post = slack.type(user, head.ts, text);
      expect((await slack.event(url, { type: 'message', channel_type: 'channel', ...post })).status).toBe(200);
      return post;
    },
    async send(user, typed, times = 1) {
      const before = slack.responses.length;
      const presses = Array.from({ length: times }, () =>
        slack.press(url, user, { action_id: 'send_to_person', value: typed.ts }, typed.thread_ts ?? ''),
      );
      await Promise.all(presses);
      await until(() => slack.responses.length === before + times);
    },
    until,
    async close() {
      await hotline.close();
      if (own) await slack.close();
    },
  };
  return desk;
}

/** A person who has been welcomed and asks for somebody; in which words the hotline answered. */
export async function askForPerson(desk: Desk, person: Person = desk.hotline.person()): Promise<Person> {
  await person.send('hola');
  await person.send('1');
  await person.send('persona');
  return person;
}
