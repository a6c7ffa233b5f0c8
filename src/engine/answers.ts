// Showing reviewed answers, and searching them with a person's own words: answer, "is it about …?", or an honest no.
// Used by the answer step and by free text. Nothing is ever composed here: an entry is shown as it was reviewed.
import type { Answer } from '../domain/content.ts';
import type { Value } from '../domain/session.ts';
import type { Choice } from '../domain/text.ts';
import type { AnswerSearch } from './env.ts';
import { isServed, offerPrivateLane } from './private-lane.ts';
import { emit, say, setFacts } from './turn.ts';
import type { Turn } from './program.ts';

/** What became of an entry. `private`: it belongs to the private lane, which was offered instead. */
export type Shown = 'shown' | 'private';

/** Shows an entry with its source, or leads into the private lane where that is not served. */
export function showAnswer(turn: Turn, entry: Answer): Shown {
  const { env, program, session } = turn;
  if (env.topicIsPrivate(entry.topic) && !isServed(turn)) {
    offerPrivateLane(turn, entry.topic);
    return 'private';
  }
  const number = env.emergencyNumber(session.facts.locality);
  const params = { days: program.complaintAnswerDays, ...(number === null ? {} : { number }) };
  say(turn, { key: `answers:${entry.id}`, params });
  const { reviewed_on: date } = entry;
  // Editors note a source in their shorthand; people read its name in their own language.
  const source = { key: `sources:${entry.source}`, otherwise: entry.source };
  say(
    turn,
    date === null
      ? { key: 'system:answer_source_unreviewed', params: { source } }
      : { key: 'system:answer_source', params: { source, date } },
  );
  emit(turn, { type: 'answer_shown', entry: entry.id, topic: entry.topic });
  setFacts(turn, { topic: entry.topic });
  return 'shown';
}

/** Says honestly that there is no answer, and notes the gap (topic, place and nothing else). */
export function sayNoAnswer(turn: Turn, topic: string | null): void {
  say(turn, 'system:no_answer');
  emit(turn, { type: 'gap', topic, locality: turn.session.facts.locality });
}

/** Searches the entries. A question is kept for a hand-over, unless the session is private. */
export function searchAnswers(turn: Turn, question: string): AnswerSearch {
  const { env, session } = turn;
  if (!session.facts.private) setFacts(turn, { question });
  const found = env.findAnswers(question, session.language ?? '', session.facts.locality);
  if (found.kind !== 'choose') return found;
  const [first] = found.entries;
  const hidden = (entry: Answer): boolean => env.topicIsPrivate(entry.topic) && !isServed(turn);
  if (first && hidden(first)) return { kind: 'answer', entry: first, score: 0 }; // Becomes the private offer: titles would tell too much.
  const entries = found.entries.filter((entry) => !hidden(entry)).slice(0, 3);
  return entries.length > 0 ? { kind: 'choose', entries } : { kind: 'none' };
}

/** Titles to choose from, and "none of these". */
export function titleChoices(entries: unknown): Choice[] {
  const ids = Array.isArray(entries) ? entries.filter((id): id is string => typeof id === 'string') : [];
  return [...ids.map((id) => ({ id, label: { key: `answers:${id}.title` } })), { id: 'none', label: { key: 'system:none_of_these' } }];
}

/** The entry that was picked; null for none of these, undefined when the value is neither. */
export function pickedEntry(turn: Turn, value: Value, entries: unknown): Answer | null | undefined {
  if (value === 'none') return null;
  if (typeof value !== 'string' || !Array.isArray(entries) || !entries.includes(value)) return undefined;
  return turn.env.localAnswer(value, turn.session.facts.locality);
}
