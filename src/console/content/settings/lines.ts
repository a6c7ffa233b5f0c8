// Lists of texts as they stand in a field: one a line. Used where phrasings and synonyms are written. Pure.

/** A text as it stands in a field: a list one a line. */
export function shownText(value: string | readonly string[] | null): string {
  return typeof value === 'string' || value === null ? (value ?? '') : value.join('\n');
}

/** Lines as a list, without empty ones and without the same line twice. */
export function listOf(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
}
