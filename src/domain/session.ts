// The state of one person's walk through the flows: plain JSON, pinned to a release.
// Written by engine/, stored encrypted by store/, never shown in a log.
import type { Line } from './text.ts';

/** A value a flow may hold: an answer to an ask, or a computed value. */
export type Value = string | number | boolean | null | { latitude: number; longitude: number };

/** One level of the call stack: a flow, the step it stands at, and what it has been told. */
export interface Frame {
  flow: string;
  step: string;
  answers: Record<string, Value>;
}

/** Facts that live as long as the session does, whatever the flow. */
export interface SessionFacts {
  locality: string | null;
  topic: string | null;
  /** The last free question, kept for a hand-over; never leaves the session. */
  question: string | null;
  private: boolean;
}

export interface Session {
  /** Release number the session is pinned to. */
  release: number;
  /** BCP 47 tag of the chosen or accepted language; null until known. */
  language: string | null;
  /** True when the person chose it, so that a later guess only offers a switch. */
  languageChosen: boolean;
  /** Language whose offer the person declined; not offered again in this session. */
  switchDeclined?: string;
  /** The pinned alert that was told in this session, and in which language; not told again. */
  alerted?: string;
  /** Innermost frame last. Empty: nothing running, the next message starts at the entry flow or the menu. */
  stack: Frame[];
  /** What the top frame waits for; null when nothing is running. `token` ties timers to this very wait. */
  wait: {
    kind: 'ask' | 'consent' | 'offer' | 'pick' | 'confirm' | 'sleep' | 'resume';
    token: number;
    data?: Record<string, unknown>;
  } | null;
  facts: SessionFacts;
  /** Misunderstandings in a row. */
  misses: number;
  /** Lines of the last turn, for REPEAT. */
  lastLines: Line[];
  /** Earlier states for BACK, newest last, at most 20. Each is the stack as it stood at an ask. */
  history: Frame[][];
  /** First message held until language and limits are told. */
  pending: string | null;
  startedAt: number;
  lastInputAt: number;
  turn: number;
}
