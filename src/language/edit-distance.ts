// How far apart two written words are, for near matches. Called by word-index.ts. Never used for commands or emergency words.
// Optimal string alignment (Damerau-Levenshtein with adjacent swaps) with lower cost for letters that sound or look alike.
// @see https://en.wikipedia.org/wiki/Damerau%E2%80%93Levenshtein_distance#Optimal_string_alignment_distance

/** Pairs that spellers of Spanish, French, English and Arabic take for one another. */
const ALIKE = pairs('bv sz sc cz ck kq cq gj iy mn uw ie ou ضظ ذز سص تط ثت ده ته حه قك');
/** Neighbours on the keyboards of phones. */
const ADJACENT = new Set(
  ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'].flatMap((row) =>
    [...row].slice(1).flatMap((key, index) => [`${row[index]}${key}`, `${key}${row[index]}`]),
  ),
);
/** Letters that are often silent or doubled. */
const SILENT = new Set(['h', 'e', 'ا', 'ي', 'و']);
const CHEAP = 0.5;
const SLIP = 0.75;

/**
 * Distance between two normalised texts; Infinity as soon as it must exceed `limit`.
 * A letter left out, added, changed or swapped costs 1, one for its neighbour on the keyboard 0.75; letters that sound alike, silent or
 * doubled ones 0.5.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit / CHEAP) return Infinity;
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => (j === 0 ? 0 : prefixCost(b, j)));
  for (let i = 1; i <= a.length; i += 1) {
    const row = [prefixCost(a, i)];
    let best = row[0]!;
    for (let j = 1; j <= b.length; j += 1) {
      const x = a[i - 1]!;
      const y = b[j - 1]!;
      let cost = Math.min(above[j]! + dropCost(a, i - 1), row[j - 1]! + dropCost(b, j - 1), above[j - 1]! + changeCost(x, y));
      if (i > 1 && j > 1 && x === b[j - 2] && y === a[i - 2]) cost = Math.min(cost, before[j - 2]! + 1);
      row.push(cost);
      if (cost < best) best = cost;
    }
    if (best > limit) return Infinity;
    before = above;
    above = row;
  }
  const distance = above[b.length]!;
  return distance > limit ? Infinity : distance;
}

function prefixCost(text: string, length: number): number {
  let cost = 0;
  for (let index = 0; index < length; index += 1) cost += dropCost(text, index);
  return cost;
}

function dropCost(text: string, index: number): number {
  const letter = text[index]!;
  return SILENT.has(letter) || letter === text[index - 1] ? CHEAP : 1;
}

function changeCost(x: string, y: string): number {
  if (x === y) return 0;
  if (ALIKE.has(x + y)) return CHEAP;
  return ADJACENT.has(x + y) ? SLIP : 1;
}

/** Pairs of letters, in both orders. */
function pairs(list: string): Set<string> {
  return new Set(list.split(' ').flatMap((pair) => [pair, `${pair[1]}${pair[0]}`]));
}
