// Stops a conversation between two machines: an autoresponder that answers every message of ours.
// A round counts against a contact when its message nearly repeats the one before, or was not understood.
// 2026-11-21: kept in memory on purpose; a restart costs at most one more round of messages, and no text is stored for it.

export interface LoopGuard {
  /**
   * Notes one inbound message and says what may be answered.
   * @param understood false when the engine could do nothing with the message.
   * @returns `answer` as usual; `last`: answer with one notice; `silent`: say nothing more today (emergency text excepted).
   */
  note(contactId: string, text: string, understood: boolean, now: number, limit: number): 'answer' | 'last' | 'silent';
}

interface Track {
  words: Set<string>;
  rounds: number;
  silentUntil: number;
}

const DAY_MS = 86_400_000;
const MAX_TRACKED = 50_000;
const SIMILAR = 0.6;
const MIN_WORDS = 3;

/** Opens an empty guard. */
export function createLoopGuard(): LoopGuard {
  const tracks = new Map<string, Track>();

  function similar(a: Set<string>, b: Set<string>): boolean {
    if (a.size === 0 || b.size === 0) return false;
    const shared = [...a].filter((word) => b.has(word)).length;
    return shared / (a.size + b.size - shared) >= SIMILAR;
  }

  return {
    note(contactId, text, understood, now, limit) {
      const words = new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
      const before = tracks.get(contactId);
      // Short replies repeat in any menu; machines write sentences.
      const repeats = before !== undefined && words.size >= MIN_WORDS && similar(before.words, words);
      const wasSilent = before !== undefined && before.silentUntil > now;
      // A person who was taken for a machine gets out by writing something different that is understood.
      const silent = wasSilent && (repeats || !understood);
      const rounds = repeats || !understood ? (before?.rounds ?? 0) + 1 : 0;
      const stopNow = !silent && rounds >= limit;
      tracks.delete(contactId);
      tracks.set(contactId, { words, rounds, silentUntil: silent ? before.silentUntil : stopNow ? now + DAY_MS : 0 });
      if (tracks.size > MAX_TRACKED) tracks.delete(tracks.keys().next().value ?? '');
      return silent ? 'silent' : stopNow ? 'last' : 'answer';
    },
  };
}
