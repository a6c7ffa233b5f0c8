// A JSON document of a directory as a plain value, or where it stops being JSON. Called by services-of-files.ts.
// Unlike the JSON of our own content it may be long, and is not refused for a key that stands twice: the last one counts.
import { parseJson } from '../parse-json.ts';
import type { HsdsNote } from './report.ts';

/** The standard nests nine deep; what is nested deeper than this is made to do harm. */
const MAX_DEPTH = 50;

/** The value of the document, or the error with its place. */
export function readJson(name: string, text: string): { value: unknown } | { errors: HsdsNote[] } {
  if (isTooDeep(text)) {
    const message = `Values are nested more than ${MAX_DEPTH} deep, which no directory needs. The file is not read.`;
    return { errors: [{ severity: 'error', code: 'json.too_deep', message, record: name }] };
  }
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { errors: findFaults(name, text) };
  }
}

function findFaults(name: string, text: string): HsdsNote[] {
  const fault = (message: string): HsdsNote => ({ severity: 'error', code: 'file.json', message, record: name });
  try {
    const parsed = parseJson(name, text);
    if ('problems' in parsed)
      return parsed.problems.map(({ line, column, message }) => fault(`Line ${line}, column ${column}: ${message}`));
  } catch {
    // One text of several megabytes is more than the search for a place can take.
  }
  return [fault('This is not valid JSON. Fetch or save the file again.')];
}

function isTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '"') quoted = !quoted;
    else if (quoted) at += character === '\\' ? 1 : 0;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}
