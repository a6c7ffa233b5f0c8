// The home page of the app and the command `/hotline`: the desk at a glance, for whoever asks. Opened by slack.ts.
// Pages that somebody looks at are made anew when the desk changes, but not more often than Slack likes.
import type { App } from '@slack/bolt';
import { z } from 'zod';
import type { Board } from '../staff-surface.ts';
import { dutySentence, HELP, homePage, mineText, queueText, refusalPage } from './home.ts';
import { codeOf, explain, isNew, no, TRY_AGAIN, type ActionParts, type Refusal } from './parts.ts';

/** Of each page, at most once in so long. */
const REFRESH_MS = 10_000;

const Opened = z.looseObject({ user: z.string(), tab: z.string().default('home') });
const Command = z.looseObject({
  user_id: z.string(),
  text: z.string().default(''),
  response_url: z.string().default(''),
  trigger_id: z.string().default(''),
});

export interface Pages {
  /** The desk has changed. */
  refresh(): void;
  /** Ends what waits. */
  close(): void;
}

type PageParts = Pick<ActionParts, 'handlers' | 'posts' | 'answerPress' | 'log' | 'now'> & { refreshMs: number | undefined };

/** Registers the home page and the command on the app. */
export function servePages(app: App, parts: PageParts): Pages {
  const { posts, answerPress, log } = parts;
  let timer: NodeJS.Timeout | null = null;
  let closed = false;

  async function show(user: string): Promise<void> {
    const board = await boardFor(parts, `slack:${user}`);
    const fault = await posts.showHome(user, 'mine' in board ? homePage(board, parts.now()) : refusalPage(explain(board)));
    if (fault !== null) log.warn({ channel: 'slack', code: fault }, 'Slack did not take a home page.');
  }

  async function showAll(): Promise<void> {
    for (const staff of (await parts.handlers()?.homes()) ?? []) if (!closed) await show(staff.replace(/^slack:/, ''));
  }

  const later = (): void => {
    timer = null;
    showAll().catch((error: unknown) => log.warn({ channel: 'slack', code: codeOf(error) }, 'Home pages were not refreshed.'));
  };

  app.event('app_home_opened', async ({ event }) => {
    const { user, tab } = Opened.parse(event);
    if (tab !== 'home') return;
    await parts.handlers()?.homeOpened(`slack:${user}`);
    await show(user);
  });
  app.command('/hotline', async ({ ack, body }) => {
    await ack();
    const command = Command.parse(body);
    if (!(await isNew(parts, command.trigger_id))) return;
    const text = await answer(parts, `slack:${command.user_id}`, command.text).catch((error: unknown) => {
      log.error({ channel: 'slack', error }, 'A command of staff failed.');
      return TRY_AGAIN;
    });
    if (!(await answerPress(command.response_url, text, true)))
      log.warn({ channel: 'slack' }, 'Slack did not take the answer to a command.');
  });
  return {
    refresh() {
      if (!closed) timer ??= setTimeout(later, parts.refreshMs ?? REFRESH_MS);
    },
    close() {
      closed = true;
      if (timer) clearTimeout(timer);
    },
  };
}

async function boardFor({ handlers }: PageParts, staff: string): Promise<Board | Refusal> {
  return (await handlers()?.board(staff)) ?? no(TRY_AGAIN);
}

/** What the command is answered. */
async function answer(parts: PageParts, staff: string, text: string): Promise<string> {
  const words = text.trim().toLowerCase().split(/\s+/);
  const [what = '', wish = ''] = words;
  if (what === 'help') return HELP;
  if (what === 'shift' && (wish === 'on' || wish === 'off')) {
    const outcome = (await parts.handlers()?.setDuty(staff, wish === 'on')) ?? no(TRY_AGAIN);
    if (!outcome.ok) return explain(outcome);
  }
  const board = await boardFor(parts, staff);
  if (!('mine' in board)) return explain(board);
  if (what === '') return mineText(board, parts.now());
  if (what === 'queue') return queueText(board, parts.now());
  return what === 'shift' ? dutySentence(board) : `I do not know that.\n${HELP}`;
}
