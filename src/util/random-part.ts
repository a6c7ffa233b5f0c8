// Random bytes from the system in larger portions: asking for twelve at a time cost a tenth of a turn.
// Used for nonces, keys and ids. Every byte is handed out once.
import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 8192;
let pool = Buffer.alloc(0);
let used = 0;

/** So many fresh random bytes. */
export function randomPart(bytes: number): Buffer {
  if (used + bytes > pool.length) {
    // A new buffer each time: parts that were handed out stay as they are.
    pool = randomFillSync(Buffer.allocUnsafeSlow(POOL_BYTES));
    used = 0;
  }
  used += bytes;
  return pool.subarray(used - bytes, used);
}
