// Earlier episodes of the person of a case, as the request log has them: hour, topics, answers shown, outcome. No words.
// Called by http/api/ for what stands beside a conversation.
import type { Reader } from './tx.ts';

export interface PastEpisode {
  hour: number;
  topics: string[];
  outcome: string | null;
  answers: string[];
}

const MOST = 20;

/**
 * The newest first, the one that is under way left out.
 * @param readsPrivate whether episodes on private topics are told with their topics
 * @param complaints first-level codes of topics of complaints, which nobody is told
 */
export async function listPastEpisodes(
  reader: Reader,
  contactId: string,
  readsPrivate: boolean,
  complaints: ReadonlySet<string>,
): Promise<PastEpisode[]> {
  const rows = await reader.db
    .selectFrom('request_log')
    .innerJoin('conversations', 'conversations.id', 'request_log.conversation_id')
    .select(['request_log.hour', 'request_log.topics', 'request_log.outcome', 'request_log.answers', 'request_log.sensitive'])
    .where('conversations.contact_id', '=', contactId)
    .where('request_log.current', '=', 0)
    .orderBy('request_log.hour', 'desc')
    .limit(MOST)
    .execute();
  return rows.map(({ hour, topics, outcome, answers, sensitive }) => {
    const hidden = sensitive === 1 && !readsPrivate;
    return {
      hour,
      topics: hidden ? [] : (JSON.parse(topics) as string[]).filter((code) => !complaints.has(code.split('.')[0] ?? '')),
      outcome,
      answers: hidden ? [] : (JSON.parse(answers) as string[]),
    };
  });
}
