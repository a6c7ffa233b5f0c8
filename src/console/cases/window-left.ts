// How long the person can still be written to freely (WhatsApp: 24 hours after they wrote), and which ways are left. Pure.
// The server decides again when it sends.
import type { z } from 'zod';
import type { Reach } from '../../api/case-operations.ts';

type ReachView = z.output<typeof Reach>;
export type How = 'now' | 'template' | 'sms' | 'when_they_write';

export interface WindowLeft {
  /** Null where the channel has no such window. */
  ms: number | null;
  /** `soon`: less than two hours are left. */
  tone: 'none' | 'open' | 'soon' | 'shut';
}

const SOON_MS = 2 * 3_600_000;

/** What is left of the window at a time. */
export function windowLeft(reach: ReachView, now: number): WindowLeft {
  if (reach.windowEndsAt === null) return { ms: null, tone: 'none' };
  const ms = Math.max(0, reach.windowEndsAt - now);
  return { ms, tone: ms === 0 || reach.state === 'template' ? 'shut' : ms < SOON_MS ? 'soon' : 'open' };
}

/** Ways to write to the person just now, the best first; empty when nothing can be sent. */
export function waysToWrite(reach: ReachView, now: number): How[] {
  if (reach.state === 'stopped' || reach.state === 'off') return [];
  if (reach.state === 'open' && windowLeft(reach, now).tone !== 'shut') return ['now'];
  return [
    ...(reach.templates.length > 0 ? (['template'] as const) : []),
    ...(reach.smsAgreed ? (['sms'] as const) : []),
    'when_they_write',
  ];
}
