// Keeps a name, a code or a day in its own direction within a sentence of another. Used wherever one is put into words.

/** The text between marks that end its direction (first strong isolate). */
export function isolated(text: string): string {
  return `\u2068${text}\u2069`;
}
