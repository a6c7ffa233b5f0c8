// Merges two orders of a flow's steps that both come from one earlier order. Called by merge.ts. Knows ids only.
import { matchLists } from './match-lists.ts';

const same = (a: string, b: string): boolean => a === b;

/**
 * The order with what both sides added, removed and moved; null where both moved the same step, or where the moves together
 * lead to another order depending on which is done first. What both added at one place: theirs first, then mine.
 */
export function mergeOrder(base: readonly string[], mine: readonly string[], theirs: readonly string[]): string[] | null {
  const survives = (id: string): boolean => base.includes(id) && mine.includes(id) && theirs.includes(id);
  const core = mergeMoves(base.filter(survives), mine.filter(survives), theirs.filter(survives));
  if (core === null) return null;
  const result = [...core];
  insertNew(result, theirs, base, []);
  insertNew(result, mine, base, theirs);
  return result;
}

/** An order with some ids of an earlier one put back, each behind the id that stood before it. */
export function putBack(earlier: readonly string[], order: readonly string[], ids: readonly string[]): string[] {
  const result = [...order];
  for (const id of ids) {
    if (result.includes(id)) continue;
    const before = earlier.slice(0, earlier.indexOf(id)).findLast((candidate) => result.includes(candidate));
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, id);
  }
  return result;
}

/** Three orders of the very same ids. */
function mergeMoves(base: string[], mine: string[], theirs: string[]): string[] | null {
  const equal = (a: string[], b: string[]): boolean => a.every((id, index) => id === b[index]);
  if (equal(mine, base)) return theirs;
  if (equal(theirs, base) || equal(mine, theirs)) return mine;
  const moved = movedIn(base, mine);
  const movedThere = movedIn(base, theirs);
  if (moved.some((id) => movedThere.includes(id))) return null;
  const result = replay(theirs, mine, moved);
  return equal(result, replay(mine, theirs, movedThere)) ? result : null;
}

function movedIn(base: string[], order: string[]): string[] {
  const stayed = new Set(matchLists(base, order, same).map(([, index]) => order[index]));
  return order.filter((id) => !stayed.has(id));
}

/** Does to an order what was done in another: each moved id stands behind the one that it stands behind there. */
function replay(order: string[], other: string[], moved: string[]): string[] {
  const result = order.filter((id) => !moved.includes(id));
  for (const id of moved) {
    const before = other.slice(0, other.indexOf(id)).findLast((candidate) => result.includes(candidate));
    result.splice(before === undefined ? 0 : result.indexOf(before) + 1, 0, id);
  }
  return result;
}

/** Puts each new id of an order behind the one that it stands behind there, and behind what the other side put there before. */
function insertNew(result: string[], order: readonly string[], base: readonly string[], others: readonly string[]): void {
  for (const [position, id] of order.entries()) {
    if (base.includes(id) || result.includes(id)) continue;
    const before = order.slice(0, position).findLast((candidate) => result.includes(candidate));
    let at = before === undefined ? 0 : result.indexOf(before) + 1;
    const isTheirs = (candidate: string | undefined): boolean =>
      candidate !== undefined && others.includes(candidate) && !base.includes(candidate) && !order.includes(candidate);
    while (isTheirs(result[at])) at += 1;
    result.splice(at, 0, id);
  }
}
