// A label short enough for a button or a row of a list: cut between words. Called by labels.ts.
import { BUTTON, ROW } from '../../release/checks/label-lengths.ts';
import { characterCount } from '../../rendering/layout.ts';

/** How long the labels of so many choices may be; null where they are numbered lines. */
export function labelLimit(choices: number): number | null {
  if (choices > ROW.choices) return null;
  return choices <= BUTTON.choices ? BUTTON.label : ROW.label;
}

/** The label cut to a length, unlike all others that are taken. Null where that is not possible. */
export function shortenLabel(label: string, limit: number, taken: ReadonlySet<string>): string | null {
  const words = label.split(/\s+/).filter((word) => word !== '');
  return [cutEnd(words, limit), cutBeginning(words, limit)].find((short) => short !== null && !taken.has(short.toLowerCase())) ?? null;
}

function cutEnd(words: readonly string[], limit: number): string | null {
  for (let count = words.length - 1; count > 0; count -= 1) {
    const short = `${words
      .slice(0, count)
      .join(' ')
      .replace(/[\s,;:.–-]+$/u, '')}…`;
    if (characterCount(short) <= limit) return short;
  }
  const [first] = words;
  return first === undefined ? null : `${[...first].slice(0, limit - 1).join('')}…`;
}

function cutBeginning(words: readonly string[], limit: number): string | null {
  for (let from = 1; from < words.length; from += 1) {
    const short = `…${words.slice(from).join(' ')}`;
    if (characterCount(short) <= limit) return short;
  }
  return null;
}
