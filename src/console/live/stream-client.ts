// Keeps the live stream of /api/v1 open: goes on from its cursor after a lost line, waits longer and longer between tries,
// notices a line that is dead without saying so, and says when everything must be loaded again. Made by live.tsx.
// Knows nothing of pages; time, chance and the network are given to it.
import type { StreamEvent } from '../../api/case-operations.ts';
import { createEventReader } from './server-sent.ts';

/** `lost`: not connected, trying again. `ended`: nobody is signed in any more. */
export type LiveState = 'connecting' | 'live' | 'lost' | 'ended';

export interface StreamOptions {
  /** Opens the stream at a cursor; null for "from now on". */
  open(cursor: string | null, signal: AbortSignal): Promise<Response>;
  onEvent(event: StreamEvent): void;
  onState(state: LiveState): void;
  /** Resolves after so many milliseconds, or at once when it is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Between 0 and 1. */
  random(): number;
  /** A line on which nothing came for so long is dead. Servers send a sign of life more often. */
  silentMs?: number;
}

export interface StreamClient {
  /** Tries at once instead of after the pause: the network is back, or somebody has signed in again. */
  wake(): void;
  stop(): void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 20_000;
const SILENT_MS = 50_000;

/** How long to wait before a try; half of it is left to chance, so that fifty consoles do not come back at once. */
export function pauseBefore(failures: number, random: number): number {
  const most = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(most / 2 + (most / 2) * random);
}

/** Opens the stream and keeps it open until `stop`. */
export function openStream(options: StreamOptions): StreamClient {
  const stopped = new AbortController();
  let pause = new AbortController();
  let cursor: string | null = null;
  let failures = 0;

  const heed = (event: { id: string | null; data: string | null }): void => {
    if (event.data !== null) {
      const parsed = readStreamEvent(event.data);
      if (parsed !== null) options.onEvent(parsed);
    }
    // Only after it was heeded: what fails half-way comes again.
    if (event.id !== null) cursor = event.id;
  };

  async function listen(): Promise<'ended' | 'lost'> {
    const line = new AbortController();
    const end = (): void => line.abort();
    stopped.signal.addEventListener('abort', end, { once: true });
    try {
      const response = await options.open(cursor, line.signal);
      if (response.status === 401) return 'ended';
      if (!response.ok || response.body === null) return 'lost';
      // Without a cursor nobody knows what came before the line was open.
      if (cursor === null) options.onEvent({ type: 'resync' });
      options.onState('live');
      failures = 0;
      await readAll(response.body, heed, options, line);
    } catch {
      // A line that breaks is what this file is about.
    } finally {
      stopped.signal.removeEventListener('abort', end);
      line.abort();
    }
    return 'lost';
  }

  async function run(): Promise<void> {
    options.onState('connecting');
    while (!stopped.signal.aborted) {
      const how = await listen();
      if (stopped.signal.aborted) return;
      failures += 1;
      options.onState(how);
      pause = new AbortController();
      stopped.signal.addEventListener('abort', () => pause.abort(), { once: true });
      await options.wait(how === 'ended' ? Number.POSITIVE_INFINITY : pauseBefore(failures, options.random()), pause.signal);
    }
  }

  void run();
  return { wake: () => pause.abort(), stop: () => stopped.abort() };
}

async function readAll(
  body: ReadableStream<Uint8Array>,
  heed: (event: { id: string | null; data: string | null }) => void,
  { wait, silentMs = SILENT_MS }: StreamOptions,
  line: AbortController,
): Promise<void> {
  const read = createEventReader();
  const text = new TextDecoder();
  const reader = body.getReader();
  try {
    while (true) {
      const silence = new AbortController();
      const next = await Promise.race([reader.read(), wait(silentMs, silence.signal).then(() => null)]).finally(() => silence.abort());
      if (next === null || next.done) return;
      for (const event of read(text.decode(next.value, { stream: true }))) heed(event);
    }
  } finally {
    line.abort();
    reader.cancel().catch(() => undefined);
  }
}

/** The server's own shapes are trusted; what is no event at all, or of a newer server, is passed over. */
function readStreamEvent(data: string): StreamEvent | null {
  try {
    const event = JSON.parse(data) as StreamEvent;
    return ['cases', 'presence', 'changed', 'resync'].includes(event.type) ? event : null;
  } catch {
    return null;
  }
}
