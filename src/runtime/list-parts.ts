// Reads a provider's list part by part: a part that is too long to be read at once is halved until it can be.
// Called by reconcile.ts and missed.ts. Knows nothing of what is listed.
import { AppError } from '../domain/errors.ts';

/** A shorter time is not halved any more: then the list itself is at fault. */
const SHORTEST_MS = 60_000;

/** How parts are read. */
export interface PartReader {
  now(): number;
  /** Waits for an answer, unless the service ends first. */
  wait<T>(answer: Promise<T>): Promise<T>;
}

/** What one part held; `until` null: it was the last, up to now. */
export interface Part<T> {
  found: T[];
  until: number | null;
}

/** Reads the first part of what is listed since `since`, as long as it can be read. `span` (ms): longer ones are not tried. */
export async function readPart<T>(
  read: (since: number, until: number | null) => Promise<T[]>,
  since: number,
  span: number,
  { now, wait }: PartReader,
): Promise<Part<T>> {
  let until = since + span < now() ? since + span : null;
  for (;;) {
    try {
      return { found: await wait(read(since, until)), until };
    } catch (error) {
      const length = (until ?? now()) - since;
      if (!(error instanceof AppError) || error.code !== 'channel.too_large' || length <= SHORTEST_MS) throw error;
      until = since + Math.ceil(length / 2);
    }
  }
}

/** Reads all that is listed from `since` to `until`, part by part. */
export async function* readInParts<T>(
  read: (since: number, until: number | null) => Promise<T[]>,
  since: number,
  until: number,
  reader: PartReader,
): AsyncGenerator<T[]> {
  for (let from = since, span = until - since; from < until;) {
    const part = await readPart(read, from, Math.min(span, until - from), reader);
    yield part.found;
    if (part.until === null) return;
    span = 2 * (part.until - from);
    from = part.until;
  }
}
