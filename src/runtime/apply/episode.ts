// The request log's entry of the running episode. An episode begins with the first message after 24 hours of silence
// or after a closed case, and holds no number, name, free text or status (F2).
import type { RequestLogEntry } from '../../store/records.ts';
import { currentEpisode, newPseudonym } from '../../store/request-log.ts';
import { newId } from '../../util/ids.ts';
import type { Outcome } from './outcome.ts';

const HOUR_MS = 3_600_000;
const SILENCE_MS = 24 * HOUR_MS;

/** The running episode of a conversation, or a new one. */
export async function openEpisode(turn: Omit<Outcome, 'log' | 'erased'>): Promise<RequestLogEntry> {
  const { tx, conversation, before, now } = turn;
  const silent = before === null || now - before.lastInputAt > SILENCE_MS;
  // A question of people's work, and its answer, belong to the episode that they ask about.
  const asked = turn.cause.kind === 'prompt' || turn.events.some((event) => event.type === 'prompt_answered');
  const running = !asked && (silent || conversation.owner === 'closed') ? null : await currentEpisode(tx, conversation.id);
  return running ?? newEpisode(turn);
}

function newEpisode({ tx, conversation, release, now }: Omit<Outcome, 'log' | 'erased'>): RequestLogEntry {
  return {
    id: newId(),
    conversationId: conversation.id,
    hour: now - (now % HOUR_MS),
    channel: conversation.channel,
    language: conversation.language,
    topics: [],
    answers: [],
    flow: null,
    release: release.number,
    secondsToPerson: null,
    pseudonym: newPseudonym(tx, conversation.contactId, now),
  };
}
