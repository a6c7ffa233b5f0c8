// Ids of rows that the store makes: random, never derived from a person, and ordered by the time they were made.
//
// 2026-11-21: wholly random keys put each new row on another page of every index, and a commit writes whole pages:
// ordered ones made durable turns a quarter faster. The time in an id is the one that stands in the row beside it.
import { randomPart } from '../util/random-part.ts';

/** Characters of the time, in front. */
export const TIME_CHARS = 9;
const RANDOM_BYTES = 16;

/** 128 random bits after the time in ms; 31 characters, safe in a URL. */
export function newRowId(now: number): string {
  return now.toString(36).padStart(TIME_CHARS, '0') + randomPart(RANDOM_BYTES).toString('base64url');
}
