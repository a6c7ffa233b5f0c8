// How soon a case must be dealt with, by its priority (inter-agency form), and in which order cases stand. Pure.
import type { Priority } from '../domain/conversation.ts';

const HOUR_MS = 3_600_000;

/** An emergency within a day, what is urgent within three, everything else within two weeks. */
const DUE_MS: Readonly<Record<Priority, number>> = { emergency: 24 * HOUR_MS, urgent: 72 * HOUR_MS, normal: 14 * 24 * HOUR_MS };
const RANK: Readonly<Record<Priority, number>> = { normal: 0, urgent: 1, emergency: 2 };

/** When a case that was opened at `openedAt` (ms) is due. */
export function dueAt(priority: Priority, openedAt: number): number {
  return openedAt + DUE_MS[priority];
}

/** The more pressing of two. */
export function higherPriority(one: Priority, other: Priority): Priority {
  return RANK[one] > RANK[other] ? one : other;
}
