// The workshop's worker: keeps releases open and does what it is asked, one thing after the other. Started by workshop.ts.
// A release that is not on the bench yet is asked for; a fault goes back as its code and sentence.
import { parentPort } from 'node:worker_threads';
import { AppError, type ErrorCode } from '../../domain/errors.ts';
import { Bench, type ContentRef } from './open-content.ts';
import { works, type Opened } from './works.ts';
import type { FromWorkshop, ToWorkshop } from './workshop.ts';

const bench = new Bench();
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (message: ToWorkshop) => {
  last = last.then(() => (message.kind === 'release' ? bench.provide(message.release, message.archive) : doWork(message)));
});

async function doWork({ id, work, content, other, now, request }: Extract<ToWorkshop, { kind: 'work' }>): Promise<void> {
  const missing = [content, other].flatMap((ref) => (ref === null || bench.has(ref.release) ? [] : [ref.release]));
  if (missing.length > 0) return answer({ kind: 'missing', id, releases: missing });
  try {
    const open = (ref: ContentRef | null) => (ref === null ? null : bench.open(ref, now));
    const opened: Opened = { content: bench.open(content, now), release: content.release, other: open(other), now };
    const run = works[work] as (opened: Opened, request: unknown) => unknown;
    answer({ kind: 'done', id, result: await run(opened, request) });
  } catch (error) {
    answer({ kind: 'failed', id, ...tell(error) });
  }
}

/** What does not fit the content is told to whoever asked; a fault of ours is told to operators. */
function tell(error: unknown): { code: ErrorCode; message: string; fault: string | null } {
  if (!(error instanceof AppError)) {
    const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { code: 'content.refused', message: 'The content could not be worked on. An operator finds the reason in the log.', fault };
  }
  return { code: error.code === 'content.invalid' ? 'content.refused' : error.code, message: error.message, fault: null };
}

const answer = (message: FromWorkshop): void => parentPort?.postMessage(message, []);
