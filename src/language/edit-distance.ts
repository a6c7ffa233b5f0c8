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
  // Further from the diagonal than this, even the cheapest letters cost too much.
  const reach = Math.floor(limit / CHEAP);
  if (Math.abs(a.length - b.length) > reach) return Infinity;
  let [before, above, row] = rowsOf(b.length + 1);
  above[0] = 0;
  for (let j = 1; j <= b.length; j += 1) above[j] = above[j - 1]! + dropCost(b, j - 1);
  let edge = 0;
  for (let i = 1; i <= a.length; i += 1) {
    const x = a[i - 1]!;
    const dropped = dropCost(a, i - 1);
    edge += dropped;
    const first = Math.max(1, i - reach);
    const last = Math.min(b.length, i + reach);
    row[first - 1] = first === 1 ? edge : Infinity;
    let best = row[first - 1]!;
    for (let j = first; j <= last; j += 1) {
      const y = b[j - 1]!;
      let cost = Math.min(above[j]! + dropped, row[j - 1]! + dropCost(b, j - 1), above[j - 1]! + changeCost(x, y));
      if (i > 1 && j > 1 && x === b[j - 2] && y === a[i - 2]) cost = Math.min(cost, before[j - 2]! + 1);
      row[j] = cost;
      if (cost < best) best = cost;
    }
    if (last < b.length) row[last + 1] = Infinity;
    if (best > limit) return Infinity;
    [before, above, row] = [above, row, before];
  }
  const distance = above[b.length]!;
  return distance > limit ? Infinity : distance;
}

type Rows = [before: Float64Array, above: Float64Array, row: Float64Array];

let rows: Rows = [new Float64Array(64), new Float64Array(64), new Float64Array(64)];

/** Room for three rows; the same for every call, because most calls end after a few letters. */
function rowsOf(length: number): Rows {
  if (rows[0].length < length) rows = [new Float64Array(2 * length), new Float64Array(2 * length), new Float64Array(2 * length)];
  return rows;
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
