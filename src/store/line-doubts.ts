// What is needed to tell, from a provider's list, what became of a line: which of the listed messages are other lines of ours.
// Called by runtime/deliver.ts before it looks a line up.
import type { Reader } from './tx.ts';

/** Of the other lines to the same person. */
export interface LineDoubts {
  /** Provider references that are known, copies that wait to be erased included. */
  knownRefs: string[];
  /** Lines of unknown fate, this one included: those that wait for it, and those that were given up without it. */
  unsettled: number;
}

/** What is known since an instant (ms) of lines beside this one. */
export async function doubtsAbout(
  reader: Reader,
  line: { id: string; conversationId: string; channel: string },
  since: number,
): Promise<LineDoubts> {
  const { db } = reader;
  const sent = await db
    .selectFrom('messages')
    .select(['id', 'provider_ref', 'error_code'])
    .where('conversation_id', '=', line.conversationId)
    .where('created_at', '>=', since)
    .where((eb) => eb.or([eb('provider_ref', 'is not', null), eb('error_code', '=', UNKNOWN_FATE)]))
    .execute();
  // Of erased people only these are left.
  const copies = await db
    .selectFrom('provider_copies')
    .select('provider_ref')
    .where('channel', '=', line.channel)
    .where('state', '=', 'erase')
    .where('created_at', '>=', since)
    .execute();
  const waiting = await db
    .selectFrom('outbox')
    .select('id')
    .where('conversation_id', '=', line.conversationId)
    .where('state', '<>', 'queued')
    .where('id', '<>', line.id)
    .execute();
  return {
    knownRefs: [...sent.flatMap((row) => row.provider_ref ?? []), ...copies.map((row) => row.provider_ref)],
    unsettled: 1 + waiting.length + sent.filter((row) => row.provider_ref === null && row.id !== line.id).length,
  };
}

/** The code of a line that was given up because nobody could tell whether it was sent. */
export const UNKNOWN_FATE = 'unknown_fate';
