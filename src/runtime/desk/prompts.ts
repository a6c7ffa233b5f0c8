// Something that people's work says or asks of a person, now or as soon as they can be written to. Rows in the store, never in memory.
// Called by closing.ts, referrals.ts and complaints.ts; timers.ts runs what was put off. STOP and DELETE end all of it.
import type { Prompt } from '../../domain/prompt.ts';
import type { Line } from '../../domain/text.ts';
import { lockConversation } from '../../store/conversations.ts';
import type { Timer } from '../../store/records.ts';
import type { Tx } from '../../store/store.ts';
import { addTimer } from '../../store/timers.ts';
import { newId } from '../../util/ids.ts';
import type { AfterCommit, Services } from '../services.ts';
import { runPrompt } from '../turn.ts';
import { reachOf } from './reach.ts';

const HOUR_MS = 3_600_000;
/** How often it is tried again while the channel takes no text: a window that opens stays so for a day. */
const AGAIN_MS = 6 * HOUR_MS;

/** What is said, and what is asked then. */
export interface Asking {
  lines: Line[];
  prompt: Prompt | null;
  /** Of a complaint: no case shows it. */
  aside?: boolean;
}

interface Kept extends Asking {
  /** When it is given up (ms). */
  until?: number;
}

/** Says and asks it now where the person can be written to, else as soon as they can. The conversation may be gone. */
export async function askOrKeep(tx: Tx, conversationId: string, asking: Asking, services: Services, after: AfterCommit): Promise<void> {
  await attempt(tx, conversationId, { ...asking, until: giveUpAt(services) }, services, after);
}

/** A question that was put off has come due. */
export async function runKeptPrompt(tx: Tx, timer: Timer, services: Services, after: AfterCommit): Promise<void> {
  if (timer.payload === null) return;
  const kept = JSON.parse(timer.payload) as Kept;
  await attempt(tx, timer.conversationId, { ...kept, until: kept.until ?? giveUpAt(services) }, services, after);
}

async function attempt(
  tx: Tx,
  conversationId: string,
  kept: Kept & { until: number },
  services: Services,
  after: AfterCommit,
): Promise<void> {
  const conversation = await lockConversation(tx, conversationId);
  if (!conversation || conversation.owner === 'stopped') return;
  const now = services.clock();
  const { state } = await reachOf(tx, conversation, services, now);
  if (state === 'open') {
    await runPrompt(tx, conversation.id, kept, services, after);
    return;
  }
  if (now + AGAIN_MS > kept.until) return;
  await addTimer(tx, {
    id: newId(),
    conversationId: conversation.id,
    kind: 'prompt',
    epoch: conversation.epoch,
    token: 0,
    dueAt: now + AGAIN_MS,
    payload: JSON.stringify(kept),
  });
}

/** Nobody remembers what it is about once the messages are gone. */
function giveUpAt({ clock, releases }: Services): number {
  return clock() + releases.current().settings.retention.messages_days * 24 * HOUR_MS;
}
