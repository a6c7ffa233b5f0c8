// Finds what stayed the same between two lists: the longest common subsequence. Called by the word diff, the telling of differences,
// the merge of step orders and the writing of YAML. Knows nothing of what the items are.

/** More comparisons than this are not worth it: the middle of such lists counts as replaced. */
const MAX_CELLS = 4_000_000;

/** Pairs of indexes [before, after] that belong together, both ascending. */
export function matchLists<T>(before: readonly T[], after: readonly T[], same: (a: T, b: T) => boolean): [number, number][] {
  let start = 0;
  while (start < before.length && start < after.length && same(before[start] as T, after[start] as T)) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && same(before[before.length - 1 - end] as T, after[after.length - 1 - end] as T)) end += 1;
  const middle = longest(before.slice(start, before.length - end), after.slice(start, after.length - end), same);
  return [
    ...Array.from({ length: start }, (_, index): [number, number] => [index, index]),
    ...middle.map(([i, j]): [number, number] => [i + start, j + start]),
    ...Array.from({ length: end }, (_, index): [number, number] => [before.length - end + index, after.length - end + index]),
  ];
}

/** For each item of `after` the index of what it was in `before`: the same item, or the one in its place; null for a new one. */
export function pairLists<T>(before: readonly T[], after: readonly T[], same: (a: T, b: T) => boolean): (number | null)[] {
  const paired: (number | null)[] = after.map(() => null);
  let i = 0;
  let j = 0;
  for (const [nextI, nextJ] of [...matchLists(before, after, same), [before.length, after.length] as const]) {
    for (; i < nextI && j < nextJ; i += 1, j += 1) paired[j] = i;
    if (nextJ < after.length) paired[nextJ] = nextI;
    i = nextI + 1;
    j = nextJ + 1;
  }
  return paired;
}

function longest<T>(before: readonly T[], after: readonly T[], same: (a: T, b: T) => boolean): [number, number][] {
  const width = after.length + 1;
  if (before.length === 0 || after.length === 0 || before.length * after.length > MAX_CELLS) return [];
  const equal = new Uint8Array(before.length * width);
  const lengths = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const cell = i * width + j;
      if (same(before[i] as T, after[j] as T)) {
        equal[cell] = 1;
        lengths[cell] = 1 + (lengths[cell + width + 1] ?? 0);
      } else lengths[cell] = Math.max(lengths[cell + width] ?? 0, lengths[cell + 1] ?? 0);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    const cell = i * width + j;
    if (equal[cell] === 1) pairs.push([i++, j++]);
    else if ((lengths[cell + width] ?? 0) >= (lengths[cell + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return pairs;
}
