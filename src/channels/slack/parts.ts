// What the files that hear staff in Slack share: what they are given, who came before, and how a refusal reads.
// Used by actions.ts, send.ts, forms.ts and pages.ts.
import type { ChannelContext } from '../channel.ts';
import type { StaffHandlers, StaffOutcome } from '../staff-surface.ts';
import type { AnswerPress } from './answer-press.ts';
import { takenSentence, type SlackMessage } from './blocks.ts';
import type { Posts } from './posts.ts';

export const TRY_AGAIN = 'That did not work. Nothing was sent or changed; please try again.';
export const PRIVATE = 'This case is private: nothing about it is written in Slack. Please delete your message and answer in the console.';

export type Refusal = Extract<StaffOutcome, { ok: false }>;

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
  now(): number;
}

/** What an outcome is to a colleague. */
export const explain = ({ reason, takenBy }: Refusal): string => (takenBy === undefined ? reason : takenSentence(takenBy));

/** A refusal of our own. */
export const no = (reason: string): Refusal => ({ ok: false, reason });

/** Tells one user something that nobody else sees. */
export const whisper = ({ posts }: Pick<ActionParts, 'posts'>, user: string, text: string, threadTs: string | null): Promise<void> =>
  posts.whisper(user, { text, blocks: [] }, threadTs);

/**
 * Whether an event or a press comes for the first time, on whichever node, before or after a restart. Without an id, or while
 * nobody can tell, it counts as new: what it does is done once anyway.
 */
export async function isNew({ handlers, log }: Pick<ActionParts, 'handlers' | 'log'>, id: string | undefined): Promise<boolean> {
  if (!id) return true;
  try {
    return (await handlers()?.isNew(id)) ?? true;
  } catch (error) {
    log.warn({ channel: 'slack', code: codeOf(error) }, 'Whether Slack sent this before could not be told.');
    return true;
  }
}

/** An action that fails did nothing. */
export async function tried({ log }: Pick<ActionParts, 'log'>, action: Promise<StaffOutcome>): Promise<StaffOutcome> {
  try {
    return await action;
  } catch (error) {
    log.error({ channel: 'slack', error }, 'An action of staff failed.');
    return no(TRY_AGAIN);
  }
}

/** An error's code for a log. */
export function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'failed';
}
