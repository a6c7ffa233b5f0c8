// Questions that found no answer: a mark on messages, which are kept and erased as all messages are. Read by editors of content.
// What became private, was set aside for a complaint, or belongs to somebody who said "do not keep" is left out, whenever that was said.
import { messagePlace } from './messages.ts';
import type { Reader, Tx } from './tx.ts';

export interface UnansweredQuestion {
  id: string;
  at: number;
  language: string;
  text: string;
}

/** Marks a message. */
export async function markUnanswered(tx: Tx, messageId: string): Promise<void> {
  await tx.db.updateTable('messages').set({ unanswered: 1 }).where('id', '=', messageId).execute();
}

/** Questions, the newest first. `after` is the id of the last one that was shown. */
export async function listQuestions(
  reader: Reader,
  { language, after, limit }: { language: string | undefined; after: string | undefined; limit: number },
): Promise<{ questions: UnansweredQuestion[]; next: string | null }> {
  // Ids begin with the time: they are in the order of the messages.
  const rows = await reader.db
    .selectFrom('messages')
    .innerJoin('conversations', 'conversations.id', 'messages.conversation_id')
    .select(['messages.id', 'messages.sealed', 'messages.created_at', 'conversations.language'])
    .where('messages.unanswered', '=', 1)
    .where('messages.aside', 'is', null)
    .where('conversations.private', '=', 0)
    .where('conversations.private_at', 'is', null)
    .where('conversations.keeping', '=', 'standard')
    .$if(language !== undefined, (query) => query.where('conversations.language', '=', language ?? ''))
    .$if(after !== undefined, (query) => query.where('messages.id', '<', after ?? ''))
    .orderBy('messages.id', 'desc')
    .limit(limit)
    .execute();
  await reader.vault.prepareToOpen(rows.map(({ sealed }) => sealed));
  const questions: UnansweredQuestion[] = [];
  for (const row of rows) {
    const content = await reader.vault.openIfKept(messagePlace(row.id), row.sealed);
    if (content === null) continue;
    questions.push({ id: row.id, at: row.created_at, language: row.language ?? '', text: (JSON.parse(content) as { text: string }).text });
  }
  return { questions, next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null };
}
