// Stops a conversation between two machines: an autoresponder that answers every message of ours.
// A round counts against a contact when its message nearly repeats the one before, or was not understood.
// It also remembers what is said once a day at most: the emergency text beyond a limit, the notice that it was too fast.
// 2026-11-21: kept in memory on purpose; a restart costs at most one more round of messages, and no text is stored for it.
// Of several nodes each counts what it answers: a machine costs at most that many rounds a node, and the day's limits, which
// stand in the store, are shared.

export interface LoopGuard {
  /**
   * Notes one inbound message and says what may be answered.
   * @param understood false when the engine could do nothing with the message.
   * @param messageId tells a message whose turn is tried again from a new one that says the same.
   * @returns `answer` as usual; `last`: answer with one notice; `silent`: say nothing more today (emergency text excepted).
   */
  note(contactId: string, text: string, understood: boolean, now: number, limit: number, messageId?: string): Verdict;
  /** Whether a contact may be told this now: once a day. A message whose turn is tried again gets the same answer. */
  mayTell(contactId: string, what: Once, now: number, messageId?: string): boolean;
  /** Forgets a contact that was erased. */
  forget(contactId: string): void;
}

type Verdict = 'answer' | 'last' | 'silent';
/** What is told once a day. */
type Once = 'emergency' | 'too_fast';

interface Track {
  /** Hashes of the words: enough to compare, and nobody's words in memory. */
  words: Set<number>;
  rounds: number;
  silentUntil: number;
  messageId: string | undefined;
  verdict: Verdict;
}

const DAY_MS = 86_400_000;
const MAX_TRACKED = 50_000;
const SIMILAR = 0.6;
const MIN_WORDS = 3;
/** A message is known by its beginning; a flood of long ones must not fill the memory. */
const MAX_WORDS = 40;

/** Opens an empty guard. */
export function createLoopGuard(): LoopGuard {
  const tracks = new Map<string, Track>();
  const told = new Map<string, Partial<Record<Once, { at: number; messageId: string | undefined }>>>();

  function similar(a: Set<number>, b: Set<number>): boolean {
    if (a.size === 0 || b.size === 0) return false;
    const shared = [...a].filter((word) => b.has(word)).length;
    return shared / (a.size + b.size - shared) >= SIMILAR;
  }

  return {
    forget(contactId) {
      tracks.delete(contactId);
      told.delete(contactId);
    },
    mayTell(contactId, what, now, messageId) {
      const before = told.get(contactId) ?? {};
      const last = before[what];
      if (last && Math.abs(now - last.at) < DAY_MS) return messageId !== undefined && last.messageId === messageId;
      told.delete(contactId);
      told.set(contactId, { ...before, [what]: { at: now, messageId } });
      if (told.size > MAX_TRACKED) told.delete(told.keys().next().value ?? '');
      return true;
    },
    note(contactId, text, understood, now, limit, messageId) {
      const words = new Set((text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, MAX_WORDS).map(hash));
      const before = tracks.get(contactId);
      if (messageId !== undefined && before?.messageId === messageId) return before.verdict;
      // Short replies repeat in any menu; machines write sentences.
      const repeats = before !== undefined && words.size >= MIN_WORDS && similar(before.words, words);
      const wasSilent = before !== undefined && before.silentUntil > now;
      // A person who was taken for a machine gets out by writing something different that is understood.
      const silent = wasSilent && (repeats || !understood);
      const rounds = repeats || !understood ? (before?.rounds ?? 0) + 1 : 0;
      const stopNow = !silent && rounds >= limit;
      const verdict = silent ? 'silent' : stopNow ? 'last' : 'answer';
      tracks.delete(contactId);
      tracks.set(contactId, { words, rounds, silentUntil: silent ? before.silentUntil : stopNow ? now + DAY_MS : 0, messageId, verdict });
      if (tracks.size > MAX_TRACKED) tracks.delete(tracks.keys().next().value ?? '');
      return verdict;
    },
  };
}

/** FNV-1a. */
function hash(word: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < word.length; index++) value = Math.imul(value ^ word.charCodeAt(index), 0x01000193);
  return value;
}
