// Every guarantee, in the order of the table that `npm run faults` prints.
import type { Guarantee } from './guarantee.ts';
import { nothingLost } from './guarantees/nothing-lost.ts';

export const guarantees: readonly Guarantee[] = [nothingLost];
