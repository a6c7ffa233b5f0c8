// Every guarantee, in the order of the table that `npm run faults` prints.
import type { Guarantee } from './guarantee.ts';
import { abuse } from './guarantees/abuse.ts';
import { ambiguousSend } from './guarantees/ambiguous-send.ts';
import { clockJumps } from './guarantees/clock-jumps.ts';
import { deliveryForward } from './guarantees/delivery-forward.ts';
import { deskDeadlines } from './guarantees/desk-deadlines.ts';
import { erasure } from './guarantees/erasure.ts';
import { failedCommit } from './guarantees/failed-commit.ts';
import { forgedRequests } from './guarantees/forged-requests.ts';
import { nodeMayDie } from './guarantees/node-may-die.ts';
import { nothingLost } from './guarantees/nothing-lost.ts';
import { oneEffect } from './guarantees/one-effect.ts';
import { order } from './guarantees/order.ts';
import { overload } from './guarantees/overload.ts';
import { poison } from './guarantees/poison.ts';
import { quickRestart } from './guarantees/quick-restart.ts';
import { retryBackOff } from './guarantees/retry-back-off.ts';
import { silentLogs } from './guarantees/silent-logs.ts';
import { silentAfterTakeOver } from './guarantees/silent-after-take-over.ts';
import { statementBoundaries } from './guarantees/statement-boundaries.ts';
import { stolenDatabase } from './guarantees/stolen-database.ts';
import { webChatDrops } from './guarantees/web-chat-drops.ts';

export const guarantees: readonly Guarantee[] = [
  nothingLost,
  statementBoundaries,
  failedCommit,
  oneEffect,
  ambiguousSend,
  order,
  silentAfterTakeOver,
  deskDeadlines,
  deliveryForward,
  retryBackOff,
  poison,
  abuse,
  overload,
  nodeMayDie,
  clockJumps,
  webChatDrops,
  forgedRequests,
  erasure,
  stolenDatabase,
  silentLogs,
  quickRestart,
];
