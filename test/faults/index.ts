// Every guarantee, in the order of the table that `npm run faults` prints.
import type { Guarantee } from './guarantee.ts';
import { ambiguousSend } from './guarantees/ambiguous-send.ts';
import { clockJumps } from './guarantees/clock-jumps.ts';
import { forgedRequests } from './guarantees/forged-requests.ts';
import { nodeMayDie } from './guarantees/node-may-die.ts';
import { nothingLost } from './guarantees/nothing-lost.ts';
import { oneEffect } from './guarantees/one-effect.ts';
import { order } from './guarantees/order.ts';
import { overload } from './guarantees/overload.ts';

export const guarantees: readonly Guarantee[] = [nothingLost, oneEffect, ambiguousSend, order, overload, nodeMayDie, clockJumps, forgedRequests];
