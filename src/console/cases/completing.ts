// What the composer offers while somebody writes: canned replies after `/`, colleagues after `@` in a note. Pure.

/** What stands before the caret and may be completed: `/hor` or `@an`, from `start` to the caret. */
export interface Begun {
  sign: '/' | '@';
  word: string;
  start: number;
}

/** A word that begins with `/` or `@` just before the caret, at the start of the text or after a space. */
export function begunAt(text: string, caret: number): Begun | null {
  const match = /(?:^|\s)([/@])([\p{L}\p{N}_-]{0,30})$/u.exec(text.slice(0, caret));
  if (match === null) return null;
  const word = match[2] ?? '';
  return { sign: match[1] as '/' | '@', word, start: caret - word.length - 1 };
}

/** Those whose name begins with the word, then those that hold it; at most `most`. */
export function matching<T>(all: readonly T[], word: string, nameOf: (one: T) => string, most = 8): T[] {
  const wanted = fold(word);
  const names = all.map((one) => ({ one, name: fold(nameOf(one)) }));
  const first = names.filter(({ name }) => name.startsWith(wanted));
  const then = names.filter(({ name }) => !name.startsWith(wanted) && name.includes(wanted));
  return [...first, ...then].slice(0, most).map(({ one }) => one);
}

/** The text with what was begun replaced, and where the caret stands then. */
export function complete(text: string, caret: number, begun: Begun, whole: string): { text: string; caret: number } {
  const after = text.slice(caret);
  const put = /^\s/.test(after) ? whole : `${whole} `;
  return { text: text.slice(0, begun.start) + put + after, caret: begun.start + put.length };
}

/** Ids of the colleagues whom a note names with `@`. */
export function mentionsIn(text: string, colleagues: readonly { id: string; alias: string }[]): string[] {
  const said = fold(text);
  return colleagues.filter(({ alias }) => said.includes(`@${fold(alias)}`)).map(({ id }) => id);
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
