// Signed webhooks at a fixed rate from a process of its own, each from a person of its own: what comes when everybody writes at once.
// An open loop: a late answer holds back no other request, and its lateness is counted from when it was due.
import { fork } from 'node:child_process';
import path from 'node:path';
import type { FakeTwilio } from '../../support/twilio-server.ts';

export interface StormOptions {
  /** Where the service listens. */
  url: string;
  /** Its PUBLIC_URL, which is what is signed. */
  publicUrl: string;
  perSecond: number;
  seconds: number;
  /** First digits of the numbers that write, with the country's: `+3471`. */
  prefix: string;
  /** One message in so many has emergency words. */
  emergencyEvery: number;
}

/** One webhook. */
export interface Dispatch {
  from: string;
  emergency: boolean;
  /** 0 where no answer came. */
  status: number;
  /** From when it was due to the head of the answer. */
  ms: number;
  /** When the answer came, by the wall clock. */
  answeredAt: number;
  retryAfter: string | null;
}

/** What a storm's process is told. */
export type StormOrder = StormOptions & Pick<FakeTwilio, 'accountSid' | 'authToken'>;

/** Raises a storm and resolves with every webhook of it. */
export function raiseStorm({ accountSid, authToken }: FakeTwilio, options: StormOptions): Promise<Dispatch[]> {
  const order: StormOrder = { ...options, accountSid, authToken };
  return new Promise((resolve, reject) => {
    const child = fork(path.join(import.meta.dirname, 'storm-process.ts'), [JSON.stringify(order)]);
    child.once('message', (dispatches) => resolve(dispatches as Dispatch[]));
    child.once('exit', (code) => (code === 0 ? undefined : reject(new Error('The storm ended before its time.'))));
  });
}

/** A quantile of numbers; 0 of none. */
export function quantile(numbers: number[], share: number): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
