// Staff write to a person: whatever the person writes next is meant for them, and not for a question that was put before.
// Called by write.ts. Which questions end so is the engine's to say (dialogues/dialogue.ts).
import { DIALOGUES } from '../../engine/dialogues/index.ts';
import { dialogueOf } from '../../engine/waits.ts';
import { loadSession } from '../../store/sessions.ts';
import type { Tx } from '../../store/store.ts';
import type { AfterCommit, Services } from '../services.ts';
import { runPrompt } from '../turn.ts';

/** Ends the question that is open in a conversation, where a later word could be taken for its answer by mistake. */
export async function endQuestion(tx: Tx, conversationId: string, services: Services, after: AfterCommit): Promise<void> {
  const session = await loadSession(tx, conversationId, services.clock());
  const open = session && dialogueOf(session);
  if (open && DIALOGUES.get(open)?.strict) await runPrompt(tx, conversationId, { lines: [], prompt: null }, services, after);
}
