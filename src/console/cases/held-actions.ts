// What was decided and can still be undone: it is carried out some seconds later, and at once when the page goes away.
// Closing and passing on a case reach other people, so they cannot be taken back afterwards. Made by workspace.tsx; knows no React.

export interface HeldAction {
  id: string;
  caseId: string;
  kind: 'close' | 'transfer';
  alias: string;
  run(): Promise<void>;
  /** Carries it out while the page is being closed, when nothing can be waited for. */
  runNow(): void;
}

export interface HeldActions {
  list(): readonly HeldAction[];
  of(caseId: string): HeldAction | undefined;
  hold(action: HeldAction): void;
  /** False when it is too late. */
  undo(id: string): boolean;
  /** Carries out everything that is held, and resolves when it is done. */
  finish(): Promise<void>;
  /** The same while the page goes away. */
  flush(): void;
  subscribe(listener: () => void): () => void;
}

/** How long something can be undone. */
export const HELD_MS = 8000;

/** Makes an empty list. */
export function createHeldActions(after: (ms: number, run: () => void) => () => void): HeldActions {
  const listeners = new Set<() => void>();
  const timers = new Map<string, () => void>();
  let all: readonly HeldAction[] = [];
  const set = (next: readonly HeldAction[]): void => {
    all = next;
    for (const listener of listeners) listener();
  };
  const take = (id: string): HeldAction | undefined => {
    const action = all.find((one) => one.id === id);
    timers.get(id)?.();
    timers.delete(id);
    if (action) set(all.filter((one) => one.id !== id));
    return action;
  };
  return {
    list: () => all,
    of: (caseId) => all.find((one) => one.caseId === caseId),
    hold(action) {
      if (all.some((one) => one.caseId === action.caseId)) return;
      set([...all, action]);
      timers.set(
        action.id,
        after(HELD_MS, () => void take(action.id)?.run()),
      );
    },
    undo: (id) => take(id) !== undefined,
    async finish() {
      await Promise.all(all.flatMap((action) => take(action.id)?.run() ?? []));
    },
    flush() {
      for (const action of all) take(action.id)?.runNow();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
