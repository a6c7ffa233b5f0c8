// Timers that came due: waits that time out, reminders that were asked for. Rows in the store, never in memory.
// A timer whose conversation moved on (another owner, another wait) does nothing.
import { AppError } from '../domain/errors.ts';
import type { Line } from '../domain/text.ts';
import { lockConversation } from '../store/conversations.ts';
import type { Timer } from '../store/records.ts';
import { claimDueTimers, HELD } from '../store/timers.ts';
import type { Tx } from '../store/store.ts';
import { runDeskTimer } from './desk/due.ts';
import { mayRemind } from './desk/hold.ts';
import { runKeptPrompt } from './desk/prompts.ts';
import { startLoop, type Loop } from './loop.ts';
import { queueLines } from './queue-lines.ts';
import { nothingYet, type AfterCommit, type Services } from './services.ts';
import { runTimeout } from './turn.ts';

const POLL_MS = 1000;
/** Timers of one round, and how many of them run side by side. */
const BATCH = 20;
const AT_ONCE = 4;

/** Starts the loop over due timers. */
export function startTimers(services: Services, afterCommit: (after: AfterCommit) => void): Loop {
  return startLoop('timers', () => runDueTimers(services, afterCommit), POLL_MS, services.log);
}

/**
 * Runs the timers that are due. Each leaves the store in the transaction that carries it out, so that none runs twice; and each
 * has a transaction of its own: one that held the conversations of several would wait for another node that holds them crosswise.
 */
export async function runDueTimers(services: Services, afterCommit: (after: AfterCommit) => void): Promise<boolean> {
  let any = false;
  for (let count = 0; count < BATCH; count += AT_ONCE) {
    const runs = await Promise.allSettled(Array.from({ length: AT_ONCE }, () => runNext(services, afterCommit)));
    const failed = runs.find((run) => run.status === 'rejected');
    if (failed) throw failed.reason;
    if (!runs.some((run) => run.status === 'fulfilled' && run.value)) break;
    any = true;
  }
  return any;
}

/** @returns false where none is due that nobody works on */
async function runNext(services: Services, afterCommit: (after: AfterCommit) => void): Promise<boolean> {
  const after = nothingYet();
  const found = await services.store.transaction(async (tx) => {
    const [timer] = await claimDueTimers(tx, services.clock(), 1);
    if (!timer) return false;
    // One timer that fails must not come again and again: it is told of and dropped. A database in trouble is not its fault.
    await tx
      .savepoint(() => runTimer(tx, timer, services, after))
      .catch((error: unknown) => {
        if (error instanceof AppError && error.retryable) throw error;
        services.log.error({ timer: timer.kind, error }, 'A timer failed and was dropped.');
      });
    return true;
  });
  if (found) afterCommit(after);
  return found;
}

async function runTimer(tx: Tx, timer: Timer, services: Services, after: AfterCommit): Promise<void> {
  if (timer.kind === 'desk') return runDeskTimer(tx, timer, services, after);
  if (timer.kind === 'wait') return runTimeout(tx, timer.conversationId, timer.token, services, after);
  if (timer.kind === 'prompt') return runKeptPrompt(tx, timer, services, after);
  if (timer.kind === 'remind' && timer.payload !== null) {
    const conversation = await lockConversation(tx, timer.conversationId);
    if (!conversation || conversation.owner === 'stopped') return;
    // One that waited for the person to write has waited long enough.
    if (timer.token === HELD) return;
    // Asked for by the person, so it is sent whoever owns the conversation.
    const line = JSON.parse(timer.payload) as Line;
    if (!(await mayRemind(tx, conversation, line, services, after))) return;
    await queueLines(tx, conversation, [line], { kind: 'system', release: services.releases.current() }, services, after);
  }
}
