// What somebody has written and not sent, by case and mode. Made by workspace.tsx; knows no React and no browser.
//
// 2026-11-21: computers are shared, so people's words never stand readable in the browser. Drafts live in memory, which an
// ended session and a lost connection leave alone (the sign-in opens over the page). Against a reload, or a phone that throws
// a tab away, they are also in this tab's sessionStorage, sealed with a key that the server gives only to the same staff
// member, signed in (sealed-memory.ts). localStorage is not used: it outlives the tab. Signing out forgets them.

export type Mode = 'reply' | 'note' | 'later';

export interface Drafts {
  get(caseId: string, mode: Mode): string;
  set(caseId: string, mode: Mode, text: string): void;
  /** Whether anything is begun in a case, for its row in the list. */
  has(caseId: string): boolean;
  all(): Readonly<Record<string, string>>;
  /** Adds what was kept over a reload; what was written since stays. */
  restore(kept: Readonly<Record<string, string>>): void;
  clear(): void;
  subscribe(listener: () => void): () => void;
}

const MODES: readonly Mode[] = ['reply', 'note', 'later'];
const nameOf = (caseId: string, mode: Mode): string => `${caseId} ${mode}`;

/** Makes an empty set of drafts. */
export function createDrafts(): Drafts {
  const listeners = new Set<() => void>();
  let drafts: Readonly<Record<string, string>> = {};
  const put = (next: Readonly<Record<string, string>>): void => {
    drafts = next;
    for (const listener of listeners) listener();
  };
  return {
    get: (caseId, mode) => drafts[nameOf(caseId, mode)] ?? '',
    set(caseId, mode, text) {
      const name = nameOf(caseId, mode);
      if ((drafts[name] ?? '') === text) return;
      const { [name]: _before, ...others } = drafts;
      put(text === '' ? others : { ...others, [name]: text });
    },
    has: (caseId) => MODES.some((mode) => (drafts[nameOf(caseId, mode)] ?? '').trim() !== ''),
    all: () => drafts,
    restore: (kept) => put({ ...kept, ...drafts }),
    clear: () => put({}),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
