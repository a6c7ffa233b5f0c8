// What reading a translator's file gives: its rows and what is wrong with it. Made by po.ts, xliff.ts and i18next-json.ts.
// A file is either read, perhaps without some rows that its problems name, or it is refused as a whole.
import type { TextState } from '../../api/content-shapes.ts';
import type { Words } from './text-row.ts';

export interface ExchangeProblem {
  /** `error`: something of the file, or all of it, was not taken. */
  severity: 'error' | 'warning';
  /** Stable code, `area.what`. */
  code: string;
  /** A plain sentence that says what is wrong and how to mend it. */
  message: string;
  line?: number;
  /** `namespace:key` that it is about. */
  key?: string;
}

/** One text as it stands in the file. */
export interface ReadRow {
  key: string;
  /** Null where the file leaves it empty. */
  target: Words;
  /** Null where the file does not tell. */
  state: TextState | null;
  /** Of the source at the time of export; null where the file does not tell. */
  sourceHash: string | null;
  source: Words;
}

/** A file that was read. */
export interface ReadTexts {
  ok: true;
  /** BCP 47; null where the file does not tell. */
  language: string | null;
  /** Number of the release that it was exported from; null where the file does not tell. */
  release: number | null;
  rows: ReadRow[];
  problems: ExchangeProblem[];
}

export type ReadResult = ReadTexts | ReadFailure;

/** A file of which nothing is taken. */
export interface ReadFailure {
  ok: false;
  problems: ExchangeProblem[];
}

/** A file refused for one reason. */
export function refuse(code: string, message: string, line?: number): ReadFailure {
  return { ok: false, problems: [{ severity: 'error', code, message, ...(line === undefined ? {} : { line }) }] };
}

const MAX_PROBLEMS = 50;

/** The first of many problems, and how many more there are: nobody reads a thousand. */
export function firstProblems(problems: ExchangeProblem[]): ExchangeProblem[] {
  if (problems.length <= MAX_PROBLEMS) return problems;
  const rest = problems.slice(MAX_PROBLEMS);
  const severity = rest.some((problem) => problem.severity === 'error') ? 'error' : 'warning';
  return [
    ...problems.slice(0, MAX_PROBLEMS),
    { severity, code: 'exchange.more', message: `And ${rest.length} more of this kind or another.` },
  ];
}

/** The number of a release as a file writes it. */
export function releaseNumber(text: string | null | undefined): number | null {
  return text != null && /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}
