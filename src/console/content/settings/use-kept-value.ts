// One entry of a draft under a form: what is typed is shown at once and written shortly after, one writing at a time.
// What could not be written stays in the form. Used by the forms of answers, places and settings.
import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import { useToasts } from '../../ui/toast.tsx';
import type { Edits } from '../use-edits.ts';
import { toJson } from './to-json.ts';

/** So long nothing was typed. */
const PAUSE_MS = 700;

export type KeptState = 'kept' | 'waiting' | 'writing' | 'wrong' | 'failed';

export interface Kept<T> {
  value: T;
  set(next: T): void;
  /** Writes now what waits. */
  write(): void;
  /** Writes once more what could not be written. */
  retry(): void;
  state: KeptState;
  /** Whether a field is wrong, by its path: `hours.0.byday`. */
  isWrong(path: string): boolean;
  edits: Edits;
}

export interface KeptEntry<T> {
  address: string;
  /** As it was read. */
  value: T;
  revision: number;
  schema: z.ZodType;
  edits: Edits;
  /** Said where it could not be written and the form is gone. */
  lostText: string;
}

export function useKeptValue<T>({ address, value: read, revision, schema, edits, lostText }: KeptEntry<T>): Kept<T> {
  const { tell } = useToasts();
  const [typed, setTyped] = useState<{ value: T } | null>(null);
  const [failed, setFailed] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef({ typed, address, revision, edits, isGone: false, isBusy: false, isStopped: false });
  Object.assign(latest.current, { address, revision, edits });
  const value = typed === null ? read : typed.value;
  const parsed = schema.safeParse(value);

  const write = async (): Promise<void> => {
    clearTimeout(timer.current);
    const { typed: sent, isBusy, isStopped, edits: now } = latest.current;
    // What somebody else changed is never written over before a person has decided.
    if (isBusy || isStopped || now.conflicts.length > 0) return;
    if (sent === null || !schema.safeParse(sent.value).success) return;
    latest.current.isBusy = true;
    setFailed(false);
    const isWritten = await latest.current.edits.save([
      { address: latest.current.address, value: toJson(sent.value), expects: latest.current.revision },
    ]);
    latest.current.isBusy = false;
    latest.current.isStopped = !isWritten;
    if (latest.current.isGone && !isWritten) tell(lostText);
    setFailed(!isWritten);
    if (!isWritten) return;
    if (latest.current.typed === sent) keep(null);
    else timer.current = setTimeout(() => void write(), PAUSE_MS);
  };
  const keep = (next: { value: T } | null): void => {
    latest.current.typed = next;
    setTyped(next);
  };
  const writeLatest = useRef(write);
  writeLatest.current = write;

  useWhenResolved(edits.conflicts.length > 0, () => {
    latest.current.isStopped = false;
    keep(null);
    setFailed(false);
  });
  useLeaving(typed !== null);
  useEffect(() => {
    latest.current.isGone = false;
    return () => {
      latest.current.isGone = true;
      void writeLatest.current();
    };
  }, []);

  return {
    value,
    set(next) {
      keep({ value: next });
      latest.current.isStopped = false;
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void writeLatest.current(), PAUSE_MS);
    },
    write: () => void write(),
    retry() {
      latest.current.isStopped = false;
      void write();
    },
    state: stateOf(typed !== null, parsed.success, edits.isPending, failed),
    isWrong: (path) => typed !== null && (parsed.error?.issues ?? []).some((issue) => startsWith(issue.path.join('.'), path)),
    edits,
  };
}

function stateOf(isTyped: boolean, isSound: boolean, isPending: boolean, failed: boolean): KeptState {
  if (!isTyped) return 'kept';
  if (!isSound) return 'wrong';
  if (isPending) return 'writing';
  return failed ? 'failed' : 'waiting';
}

function startsWith(path: string, start: string): boolean {
  return path === start || path.startsWith(`${start}.`);
}

/** Calls back when a conflict is decided. */
function useWhenResolved(held: boolean, decided: () => void): void {
  const before = useRef(held);
  useEffect(() => {
    if (before.current && !held) decided();
    before.current = held;
  });
}

/** The browser asks before it leaves while something waits to be written. */
function useLeaving(waits: boolean): void {
  useEffect(() => {
    if (!waits) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [waits]);
}
