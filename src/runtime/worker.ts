// Takes acknowledged messages from the inbox and runs their turns: many conversations in one commit, each in its own order.
// A message whose turn fails is undone alone, tried again later, and ends as a case for people: never in silence.
import { AppError } from '../domain/errors.ts';
import { allOrNone } from '../store/all-or-none.ts';
import { lockConversation } from '../store/conversations.ts';
import { failInbox, inboxDepth, isAnyDue, isPending } from '../store/inbox.ts';
import { claimInbox } from '../store/inbox-claim.ts';
import type { InboxItem } from '../store/records.ts';
import type { Tx } from '../store/store.ts';
import { giveUpOn } from './give-up.ts';
import { startLoop, type Loop } from './loop.ts';
import { nothingYet, type AfterCommit, type Services } from './services.ts';
import { runTurn } from './turn.ts';

const BATCH = 50;
/** SQLite: twice what one round managed is claimed for the next, since every message that is claimed is opened. At least so many. */
const LEAST_BATCH = 8;
const MAX_ATTEMPTS = 5;
/** Others stood in the way, and the message is not to blame. */
const MAX_CONFLICTS = 20;
const LONGEST_PAUSE_MS = 16_000;
const POLL_MS = 1000;
/** PostgreSQL: a batch costs the same round trips however many turns it holds. */
const GATHER_MS = 10;
/** SQLite: turns hold up everything else in this process, acknowledgements first of all; after so long the rest waits for the next round. */
const MAX_TURNS_MS = 5;
/** PostgreSQL: a conversation that somebody else held a moment ago is free again after so long. */
const HELD_MS = 25;

/**
 * Starts the worker.
 * @param afterCommit called after every commit with what is to be done outside the database.
 */
export function startWorker(services: Services, afterCommit: (after: AfterCommit) => void): Loop {
  const gatherMs = services.store.dialect === 'sqlite' ? 0 : GATHER_MS;
  return startLoop('worker', drainer(services, afterCommit), POLL_MS, services.log, gatherMs);
}

/** Rounds of one loop: what others work on is looked at again soon, and ever less often while it stays so. */
function drainer(services: Services, afterCommit: (after: AfterCommit) => void): () => Promise<boolean | number> {
  let pause = HELD_MS;
  let batch = BATCH;
  return async () => {
    const run = await drainInbox(services, afterCommit, batch);
    if (run !== 'held') {
      pause = HELD_MS;
      if (services.store.dialect === 'sqlite' && run > 0) batch = Math.min(BATCH, Math.max(LEAST_BATCH, 2 * run));
      return run > 0;
    }
    const wait = pause;
    pause = Math.min(2 * pause, POLL_MS);
    return wait;
  };
}

/** Answers the oldest waiting message of up to so many conversations. Returns how many turns were run; `held` when others stand before it. */
async function drainInbox(services: Services, afterCommit: (after: AfterCommit) => void, batch: number): Promise<number | 'held'> {
  const { store, clock, metrics } = services;
  try {
    const after = nothingYet();
    const items = await store.transaction(async (tx) => {
      const claimed = await claim(tx, batch, services);
      return runTurns(tx, claimed, services, after);
    });
    for (const { message, skipped } of items) {
      metrics.turns.inc({ channel: message.channel, result: 'done' });
      if (skipped > 0) metrics.turns.inc({ channel: message.channel, result: 'passed_over' }, skipped);
    }
    if (items.length > 0) afterCommit(after);
    else if (
      store.dialect === 'postgres' &&
      services.heldChannels().length === 0 &&
      (await store.read((reader) => isAnyDue(reader, clock())))
    )
      return 'held';
    return items.length;
  } catch (error) {
    if (isTroubleOfTheStore(error)) throw error;
    return drainCarefully(services, afterCommit);
  }
}

/**
 * Runs the turns of several conversations and returns those that were run; what is left stays as it was. On PostgreSQL they go
 * side by side and share their round trips, but those of one person one after another: what one decides (DELETE) is the other's
 * business too.
 */
async function runTurns(tx: Tx, items: InboxItem[], services: Services, after: AfterCommit): Promise<InboxItem[]> {
  const run = async (some: InboxItem[]): Promise<void> => {
    for (const item of some) await runTurn(tx, item, services, after);
  };
  if (tx.dialect === 'sqlite') {
    const started = performance.now();
    for (const [index, item] of items.entries()) {
      if (index > 0 && performance.now() - started > MAX_TURNS_MS) return items.slice(0, index);
      await runTurn(tx, item, services, after);
    }
  } else {
    const people = Map.groupBy(items, (item) => item.contactId);
    await allOrNone([...people.values()].map(run));
  }
  return items;
}

/** One message of the batch is bad: each gets a savepoint, so that only the bad one is undone and waits. */
async function drainCarefully(services: Services, afterCommit: (after: AfterCommit) => void): Promise<number> {
  const after = nothingYet();
  const claimed = await services.store.transaction(async (tx) => {
    const items = await claim(tx, BATCH, services);
    for (const item of items) {
      await tx
        .savepoint(() => runTurn(tx, item, services, after))
        .catch((error: unknown) => {
          if (isTroubleOfTheStore(error)) throw error;
          return putBack(tx, item, error, services, after);
        });
    }
    return items;
  });
  afterCommit(after);
  return claimed.length;
}

function claim(tx: Tx, limit: number, { clock, log, metrics, releases, heldChannels }: Services): Promise<InboxItem[]> {
  return claimInbox(tx, limit, clock(), {
    held: heldChannels(),
    crowd: releases.current().settings.limits.waiting_messages,
    onUnreadable(id) {
      metrics.turns.inc({ channel: 'unknown', result: 'dead' });
      log.error({ inbox: id }, 'A message cannot be read: its key is gone or its row is damaged. It was given up.');
    },
  });
}

/** The message is not to blame, and is not tried less often for it. */
const isTroubleOfTheStore = (error: unknown): boolean => error instanceof AppError && error.retryable && error.code !== 'store.conflict';

async function putBack(tx: Tx, item: InboxItem, error: unknown, services: Services, after: AfterCommit): Promise<void> {
  await lockConversation(tx, item.conversationId);
  if (!(await isPending(tx, item.id))) return;
  const attempts = item.attempts + 1;
  const dead = attempts >= (error instanceof AppError && error.code === 'store.conflict' ? MAX_CONFLICTS : MAX_ATTEMPTS);
  services.metrics.turns.inc({ channel: item.message.channel, result: dead ? 'dead' : 'retried' });
  services.log.error({ inbox: item.id, attempts, dead, error }, 'A turn failed.');
  if (dead) await giveUpOn(tx, item, services, after);
  await failInbox(tx, item.id, { attempts, retryAt: services.clock() + Math.min(500 * 2 ** attempts, LONGEST_PAUSE_MS), dead });
}

/** Reads how many messages wait, for the metrics. */
export async function measureInbox(services: Services): Promise<void> {
  services.metrics.inboxDepth.set(await services.store.read((tx) => inboxDepth(tx)));
}
