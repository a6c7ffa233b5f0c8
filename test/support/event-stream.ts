// Reads the API's stream as a browser's EventSource does: events with their ids, over a connection that can be cut.
// `const stream = await openEventStream(desk.url, ana); await stream.until((event) => event.type === 'cases')`.
import { StreamEvent } from '../../src/api/case-operations.ts';
import type { StaffClient } from './staff.ts';

export interface EventStream {
  status: number;
  /** Everything that came, oldest first. */
  events: StreamEvent[];
  /** The id that came last. */
  lastId(): string | null;
  ended(): boolean;
  /** Resolves with the first event that fits, now or later. */
  until(fits: (event: StreamEvent) => boolean): Promise<StreamEvent>;
  cut(): void;
}

const WAIT_MS = 15_000;

/** Opens a stream. @param lastId what a stream before has told last */
export async function openEventStream(url: string, client: Pick<StaffClient, 'cookies'>, lastId?: string): Promise<EventStream> {
  const cutter = new AbortController();
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(`${url}/api/v1/stream`, {
    headers: { cookie, ...(lastId === undefined ? {} : { 'last-event-id': lastId }) },
    signal: cutter.signal,
  });
  const events: StreamEvent[] = [];
  let id: string | null = null;
  let ended = false;
  const read = async (): Promise<void> => {
    let rest = '';
    for await (const chunk of (response.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      const blocks = (rest + chunk).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) {
        for (const line of block.split('\n')) {
          if (line.startsWith('id: ')) id = line.slice(4);
          if (line.startsWith('data: ')) events.push(StreamEvent.parse(JSON.parse(line.slice(6))));
        }
      }
    }
  };
  void read()
    .catch(() => {})
    .finally(() => (ended = true));
  return {
    status: response.status,
    events,
    lastId: () => id,
    ended: () => ended,
    async until(fits) {
      const giveUp = performance.now() + WAIT_MS;
      for (;;) {
        const found = events.find(fits);
        if (found) return found;
        if (performance.now() > giveUp) throw new Error(`No such event came; ${events.length} others did.`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    cut: () => cutter.abort(),
  };
}
