// What `ventanilla doctor` found: one thing that was looked at, how it is, and how to mend it. Holds no secret and no person.

export interface Finding {
  level: 'ok' | 'warning' | 'problem';
  /** What was looked at, in a word or two. */
  about: string;
  /** How it is: one sentence. */
  what: string;
  /** What to do; for warnings and problems. */
  mend?: string;
}

export const ok = (about: string, what: string): Finding => ({ level: 'ok', about, what });
export const warning = (about: string, what: string, mend: string): Finding => ({ level: 'warning', about, what, mend });
export const problem = (about: string, what: string, mend: string): Finding => ({ level: 'problem', about, what, mend });
