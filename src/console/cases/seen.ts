// Which message of each case was last on this screen, as a small store. Made by workspace.tsx; the rule is unread.ts's.
import { lookedAt, type Seen } from './unread.ts';

export interface SeenStore {
  all(): Seen;
  look(caseId: string, sequence: number): void;
  subscribe(listener: () => void): () => void;
}

/** Makes a store in which nothing was seen. */
export function createSeen(): SeenStore {
  const listeners = new Set<() => void>();
  let seen: Seen = {};
  return {
    all: () => seen,
    look(caseId, sequence) {
      const next = lookedAt(seen, caseId, sequence);
      if (next === seen) return;
      seen = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
