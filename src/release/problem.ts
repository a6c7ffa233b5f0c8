// What is wrong with a release, said so that its author can mend it: where, how bad, and what to do.
// Made by content/ while reading and by release/ while checking; shown by `check`, at start and in the console.

/** A place in a file, counted from 1 as editors do. */
export interface Position {
  /** Path below the content root, with `/`. */
  file: string;
  line: number;
  column: number;
}

export interface Problem extends Position {
  /** `error` blocks publishing; `warning` does not; `info` tells what is switched off. */
  severity: 'error' | 'warning' | 'info';
  /** Stable code, `area.what`. */
  code: string;
  /** A plain sentence that says what is wrong and how to mend it. */
  message: string;
}

/** An error at a position. */
export function errorAt(position: Position, code: string, message: string): Problem {
  return { severity: 'error', code, message, file: position.file, line: position.line, column: position.column };
}

/** A warning at a position. */
export function warningAt(position: Position, code: string, message: string): Problem {
  return { severity: 'warning', code, message, file: position.file, line: position.line, column: position.column };
}

/** Something that is switched off, at a position. */
export function infoAt(position: Position, code: string, message: string): Problem {
  return { severity: 'info', code, message, file: position.file, line: position.line, column: position.column };
}

/** One line as compilers print it: `flows/school.yaml:4:5 error: … (flow.unknown_step)`. */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}:${problem.column} ${problem.severity}: ${problem.message} (${problem.code})`;
}

/** By severity, then file, line and column, so that two runs print alike. */
export function sortProblems(problems: Problem[]): Problem[] {
  const rank = { error: 0, warning: 1, info: 2 };
  return problems.toSorted(
    (a, b) =>
      rank[a.severity] - rank[b.severity] ||
      compare(a.file, b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      compare(a.code, b.code) ||
      compare(a.message, b.message),
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
