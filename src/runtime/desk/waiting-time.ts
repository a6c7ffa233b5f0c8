// An honest waiting time: what others waited in the last days, at the same desk and in the same language.
// 2026-11-21: three of four waited no longer than what is told. Where fewer than five are known nothing is promised.
import type { CaseRecord } from '../../store/records.ts';
import type { Reader } from '../../store/store.ts';
import { recentWaits } from '../../store/waits.ts';

const DAY_MS = 86_400_000;
const DAYS = 7;
const LEAST = 5;
const STEP_MINUTES = 5;

/** Minutes that a person in the line may expect to wait; null where nothing can be said. */
export async function waitMinutes(reader: Reader, one: Pick<CaseRecord, 'deskId' | 'language'>, now: number): Promise<number | null> {
  return usualWait(await recentWaits(reader, one, now - DAYS * DAY_MS));
}

/** The wait that three of four did not exceed, in minutes, rounded up. @param waits ms */
export function usualWait(waits: readonly number[]): number | null {
  if (waits.length < LEAST) return null;
  const sorted = waits.toSorted((a, b) => a - b);
  const usual = sorted[Math.ceil(sorted.length * 0.75) - 1] ?? 0;
  return Math.max(1, Math.ceil(usual / 60_000 / STEP_MINUTES)) * STEP_MINUTES;
}
