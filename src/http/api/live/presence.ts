// Who is looking at which case, and who is typing, on all nodes. In memory alone: whoever says nothing for a while is forgotten.
// Told by the handler of presence, read by the streams. Between nodes go ids and nothing else.
import type { Hub } from '../../../runtime/hub.ts';

export type PresenceState = 'looking' | 'typing' | 'gone';

const FORGOTTEN_MS = 30_000;
const SWEEP_MS = 5000;
/** Name under which nodes tell each other. */
const SIGNAL = 'presence';
const MAX_CASES = 10_000;

export interface PresenceBoard {
  tell(caseId: string, staffId: string, state: PresenceState): void;
  /** Who is at a case now. */
  of(caseId: string): { id: string; typing: boolean }[];
  /** Cases that somebody is at. */
  cases(): string[];
  /** Calls back whenever who is at a case has changed. */
  onChange(listener: (caseId: string) => void): void;
  close(): void;
}

interface Seen {
  typing: boolean;
  until: number;
}

/** Opens an empty board. */
export function createPresence(hub: Pick<Hub, 'listen' | 'announce'>): PresenceBoard {
  const board = new Map<string, Map<string, Seen>>();
  const listeners: ((caseId: string) => void)[] = [];
  const changed = (caseId: string): void => listeners.forEach((listener) => listener(caseId));
  const unlisten = hub.listen(SIGNAL, (detail) => {
    const [caseId, staffId, state] = read(detail);
    if (caseId !== undefined && staffId !== undefined && isState(state)) apply(caseId, staffId, state);
  });
  const sweeping = setInterval(sweep, SWEEP_MS).unref();

  function apply(caseId: string, staffId: string, state: PresenceState): void {
    const there = board.get(caseId) ?? new Map<string, Seen>();
    const before = there.get(staffId);
    if (state === 'gone') there.delete(staffId);
    else if (board.has(caseId) || board.size < MAX_CASES) {
      there.set(staffId, { typing: state === 'typing', until: performance.now() + FORGOTTEN_MS });
      board.set(caseId, there);
    }
    if (there.size === 0) board.delete(caseId);
    if (before?.typing !== there.get(staffId)?.typing) changed(caseId);
  }

  function sweep(): void {
    const now = performance.now();
    for (const [caseId, there] of board) for (const [staffId, { until }] of there) if (until <= now) apply(caseId, staffId, 'gone');
  }

  return {
    tell: (caseId, staffId, state) => hub.announce(SIGNAL, Buffer.from(JSON.stringify([caseId, staffId, state])).toString('base64url')),
    of: (caseId) => [...(board.get(caseId) ?? [])].map(([id, { typing }]) => ({ id, typing })),
    cases: () => [...board.keys()],
    onChange: (listener) => void listeners.push(listener),
    close() {
      unlisten();
      clearInterval(sweeping);
    },
  };
}

/** What another node told; nothing when it cannot be read. */
function read(detail: string): (string | undefined)[] {
  try {
    const told: unknown = JSON.parse(Buffer.from(detail, 'base64url').toString());
    return Array.isArray(told) ? told.map(String) : [];
  } catch {
    return [];
  }
}

function isState(state: string | undefined): state is PresenceState {
  return state === 'looking' || state === 'typing' || state === 'gone';
}
