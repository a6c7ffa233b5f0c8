// Keeps the values of a text whole while somebody types: `{{name}}` is there or it is not, never half. Used by text-field.tsx.
// Works on what a text was and became, so that it holds for every keyboard, voice input and paste alike. Pure.

/** A value that is filled in when the text is sent: `{{name}}`. */
const VALUE = /\{\{[^{}\n]+\}\}/g;

/** The values in a text, each once, in their order, as they are written: `{{name}}`. */
export function valuesIn(text: string): string[] {
  return [...new Set(text.match(VALUE))];
}

/** The text in parts, values apart from words. */
export function partsWithValues(text: string): { text: string; isValue: boolean }[] {
  const parts: { text: string; isValue: boolean }[] = [];
  let end = 0;
  for (const match of text.matchAll(VALUE)) {
    if (match.index > end) parts.push({ text: text.slice(end, match.index), isValue: false });
    parts.push({ text: match[0], isValue: true });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), isValue: false });
  return parts;
}

export interface Kept {
  text: string;
  /** Where the caret belongs. */
  caret: number;
}

/**
 * What a change should have made: a value that it cut into goes away as a whole, and what was typed inside of one stands behind it.
 * @param caret where the caret is after the change
 * @returns the text itself where no value was touched
 */
export function keepWhole(before: string, after: string, caret: number): Kept {
  const change = changeBetween(before, after, caret);
  const values = [...before.matchAll(VALUE)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
  const cut = values.filter(({ start, end }) => isCut(change, start, end));
  if (cut.length === 0) return { text: after, caret };
  const inserted = after.slice(change.start, after.length - (before.length - change.end));
  if (change.start === change.end) {
    const place = cut[0]?.end ?? change.end;
    return { text: before.slice(0, place) + inserted + before.slice(place), caret: place + inserted.length };
  }
  const start = Math.min(change.start, ...cut.map((value) => value.start));
  const end = Math.max(change.end, ...cut.map((value) => value.end));
  return { text: before.slice(0, start) + inserted + before.slice(end), caret: start + inserted.length };
}

/** Part of the old text that was replaced. The caret says which of two equal letters it was. */
function changeBetween(before: string, after: string, caret: number): { start: number; end: number } {
  const most = Math.min(before.length, after.length);
  let suffix = 0;
  const behindCaret = after.length - caret;
  while (suffix < Math.min(most, behindCaret) && before.at(-1 - suffix) === after.at(-1 - suffix)) suffix += 1;
  let start = 0;
  while (start < most - suffix && before[start] === after[start]) start += 1;
  while (suffix < most - start && before.at(-1 - suffix) === after.at(-1 - suffix)) suffix += 1;
  return { start, end: before.length - suffix };
}

function isCut(change: { start: number; end: number }, start: number, end: number): boolean {
  if (change.start === change.end) return change.start > start && change.start < end;
  const touches = change.start < end && change.end > start;
  const takesAll = change.start <= start && change.end >= end;
  return touches && !takesAll;
}
