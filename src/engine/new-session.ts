// Birth of a session, and its rebirth after a day of silence. The session is plain JSON; nothing here holds state of its own.
import type { Session } from '../domain/session.ts';
import type { Program } from './program.ts';

/**
 * A session for somebody unknown: nothing has begun. The first message begins the entry flow, once a language is known.
 * @param options `language`: known from the start, as if chosen; `flow`: begin there instead of at the entry flow; `now` in ms
 */
export function newSession(program: Program, options: { now: number; release?: number; language?: string; flow?: string }): Session {
  return {
    release: options.release ?? program.release,
    language: options.language ?? null,
    languageChosen: options.language !== undefined,
    stack: [{ flow: options.flow ?? program.entryFlow, step: '', answers: {} }],
    wait: null,
    facts: { locality: null, topic: null, question: null, private: false },
    misses: 0,
    lastLines: [],
    history: [],
    pending: null,
    startedAt: options.now,
    lastInputAt: options.now,
    turn: 0,
  };
}

/** Begins a new episode in place: everything is forgotten but the language. */
export function restartSession(session: Session, program: Program, now: number): void {
  const { language, languageChosen, turn } = session;
  delete session.switchDeclined;
  delete session.alerted;
  Object.assign(session, newSession(program, { now }), { language, languageChosen, turn });
}
