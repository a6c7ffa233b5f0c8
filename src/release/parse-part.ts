// Turns what a schema says about a file into problems with line and column. Called by read-content.ts for every file.
import type { z } from 'zod';
import { errorAt } from './problem.ts';
import type { Position, Problem } from './problem.ts';
import type { SourceFile } from './source.ts';

/** A value together with where it stands. */
export interface Located<T> {
  value: T;
  at: (path?: readonly PropertyKey[], key?: string) => Position;
}

/**
 * Checks a file, or one part of it, by a schema.
 * @param path where the part begins inside the file
 * @param what names the thing in messages: "this answer", "the settings"
 */
export function parsePart<T>(
  schema: z.ZodType<T>,
  file: SourceFile,
  path: readonly PropertyKey[],
  what: string,
): { located: Located<T>; problems: [] } | { located: null; problems: Problem[] } {
  const parsed = schema.safeParse(valueAt(file.value, path));
  if (parsed.success) {
    return { located: { value: parsed.data, at: (inner = [], key) => file.at([...path, ...inner], key) }, problems: [] };
  }
  return { located: null, problems: parsed.error.issues.flatMap((issue) => toProblems(issue, file, path, what)) };
}

/** One located value for every item of a list file; a file that is no list is one problem. */
export function parseList<T>(schema: z.ZodType<T>, file: SourceFile, what: string): { items: Located<T>[]; problems: Problem[] } {
  if (file.value === null) return { items: [], problems: [] };
  if (!Array.isArray(file.value)) {
    return { items: [], problems: [errorAt(file.at([]), 'file.shape', 'This file must be a list: begin each entry with "- ".')] };
  }
  const results = file.value.map((_, index) => parsePart(schema, file, [index], what));
  return {
    items: results.flatMap((result) => (result.located === null ? [] : [result.located])),
    problems: results.flatMap((result) => result.problems),
  };
}

function toProblems(issue: z.core.$ZodIssue, file: SourceFile, base: readonly PropertyKey[], what: string): Problem[] {
  const path = [...base, ...issue.path];
  const field = fieldName(issue);
  if (issue.code === 'unrecognized_keys') {
    const own = issue.message.startsWith('Unrecognized key') ? null : issue.message;
    return issue.keys.map((key) => {
      const message = own ?? `"${key}" is not a key of ${what}; remove it or mend its spelling`;
      return errorAt(file.at(path, key), 'file.unknown_key', `${message}.`);
    });
  }
  const last = issue.path.at(-1);
  const missing = issue.code === 'invalid_type' && valueAt(file.value, path) === undefined;
  const position = typeof last === 'string' && !missing ? file.at(path.slice(0, -1), last) : file.at(path);
  const message = missing ? `${field} is missing` : `${field === '' ? '' : `${field}: `}${lowerFirst(issue.message)}`;
  return [errorAt(position, 'file.value', `In ${what}, ${message}.`)];
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((part, key) => (part as Record<PropertyKey, unknown> | null | undefined)?.[key], value);
}

/** The field as an author calls it, without its way there; none where the message says it all. */
function fieldName(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') return '';
  const names = issue.path.map(String);
  return (names[0] === 'steps' ? names.slice(2) : names).join('.');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
