// One post after another: Slack takes one a second a channel, and is asked again while it is down. Called by slack.ts.
// A post that Slack will never take is dropped; everything else waits, in order.

/** Slack's rate for posts in one channel. @see https://docs.slack.dev/apis/web-api/rate-limits */
const INTERVAL_MS = 1000;
const SHORTEST_WAIT_MS = 10;
const LONGEST_WAIT_MS = 60_000;

/** Why a post did not go through, as posts.ts reads it. */
export interface PostFault {
  /** True when the same post can never go through. */
  permanent: boolean;
  /** Slack's error code or the kind of failure; never a text. */
  code: string;
  retryAfterSeconds?: number;
}

/** Runs a post; `attempt` counts from 0, so that a repetition can first look whether the post is there. */
export type Post<T> = (attempt: number) => Promise<{ done: T } | { fault: PostFault }>;

export interface PostQueue {
  /** What the post gave; null when it was dropped or the queue was closed first. */
  add<T>(post: Post<T>): Promise<T | null>;
  /** Gives up whatever still waits. */
  close(): void;
}

export interface PostQueueOptions {
  intervalMs?: number;
  onFault: (fault: PostFault, waitMs: number) => void;
}

/** Opens a queue. */
export function createPostQueue({ intervalMs = INTERVAL_MS, onFault }: PostQueueOptions): PostQueue {
  const closing = new AbortController();
  let last: Promise<unknown> = Promise.resolve();
  let freeAt = 0;

  const pause = (ms: number): Promise<void> =>
    new Promise((done) => {
      if (closing.signal.aborted || ms <= 0) return done();
      const timer = setTimeout(finish, ms);
      function finish(): void {
        clearTimeout(timer);
        closing.signal.removeEventListener('abort', finish);
        done();
      }
      closing.signal.addEventListener('abort', finish, { once: true });
    });

  async function run<T>(post: Post<T>): Promise<T | null> {
    for (let attempt = 0; !closing.signal.aborted; attempt += 1) {
      await pause(freeAt - performance.now());
      if (closing.signal.aborted) break;
      const outcome = await post(attempt);
      freeAt = performance.now() + intervalMs;
      if ('done' in outcome) return outcome.done;
      const waitMs = waitAfter(outcome.fault, attempt, intervalMs);
      onFault(outcome.fault, outcome.fault.permanent ? 0 : waitMs);
      if (outcome.fault.permanent) break;
      await pause(waitMs);
    }
    return null;
  }

  return {
    add(post) {
      const result = last.then(() => run(post));
      // One that throws must not stop those after it.
      last = result.catch(() => null);
      return result;
    },
    close: () => closing.abort(),
  };
}

function waitAfter(fault: PostFault, attempt: number, intervalMs: number): number {
  if (fault.retryAfterSeconds !== undefined) return fault.retryAfterSeconds * 1000;
  return Math.min(Math.max(intervalMs, SHORTEST_WAIT_MS) * 2 ** attempt, LONGEST_WAIT_MS);
}
