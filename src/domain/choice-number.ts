// Which digit stands for which choice of a numbered list. Rendering prints it, language understanding reads it:
// both must call these two functions and nothing else. Knows nothing of texts or channels.

/** A menu of exactly this many choices shows its last one as 0, so that every choice stays one key press. */
const FULL_MENU = 10;

/**
 * The number shown before the choice at `index` (from 0) of `total`.
 * With ten choices the tenth is shown as `0`; otherwise numbers count from 1.
 */
export function choiceNumber(index: number, total: number): string {
  return total === FULL_MENU && index === FULL_MENU - 1 ? '0' : String(index + 1);
}

/**
 * The index (from 0) of the choice that a person means by `number` in a list of `total`; null when there is none.
 * With ten choices both 0 and 10 mean the tenth.
 */
export function choiceIndex(number: number, total: number): number | null {
  if (!Number.isInteger(number)) return null;
  if (number === 0) return total === FULL_MENU ? FULL_MENU - 1 : null;
  return number >= 1 && number <= total ? number - 1 : null;
}
