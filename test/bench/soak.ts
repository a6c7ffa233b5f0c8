// A long run with faults: a steady load while the provider cuts connections and answers 5xx, and web chat clients come and
// go. Memory must not grow and latencies must not creep: the first minutes against the last.
import { percentile, megabytesOf, startProvider, tenth } from './measure.ts';
import { postForms } from './load.ts';
import type { Figure } from './run.ts';
import { measuredService, SIGNING, waitForRest } from './service.ts';

const PER_SECOND = 50;
const PEOPLE = 5000;
const SAMPLE_MS = 2000;
/** The first part is for warming up: of thirty minutes five. */
const WARM_UP_SHARE = 1 / 6;
const SLICE_SECONDS = 10;
const CHATS = 5;

/** Growth of memory after the warm-up, in percent, and latencies then and at the end. */
export async function benchSoak(name: string, place: Record<string, string>, minutes: number): Promise<Figure[]> {
  let request = 0;
  // Of a hundred sends one is cut and two are answered 500 and 503.
  const provider = await startProvider(undefined, () => [null, 500, 503][request++ % 100]);
  const service = await measuredService(place, provider);
  const seconds = minutes * 60;
  const memory: { at: number; megabytes: number }[] = [];
  const slices: { at: number; p50: number; p99: number; failed: number }[] = [];
  const began = performance.now();
  const elapsed = (): number => (performance.now() - began) / 1000;
  const sampling = setInterval(() => memory.push({ at: elapsed(), megabytes: megabytesOf(service.process.child.pid) }), SAMPLE_MS);
  let requests = 0;
  try {
    while (elapsed() < seconds) {
      const chats = Array.from({ length: CHATS }, () => chat(service.process.url));
      const result = await postForms(service.target, { seconds: SLICE_SECONDS, perSecond: PER_SECOND, people: PEOPLE, ...SIGNING });
      await Promise.all(chats);
      requests += result.requests;
      slices.push({ at: elapsed(), p50: result.p50, p99: result.p99, failed: result.failed });
    }
    await waitForRest([service]);
  } finally {
    clearInterval(sampling);
    await service.stop();
    provider.close();
  }
  return report(name, minutes, memory, slices, requests);
}

function report(
  name: string,
  minutes: number,
  memory: { at: number; megabytes: number }[],
  slices: { at: number; p50: number; p99: number; failed: number }[],
  requests: number,
): Figure[] {
  const warm = minutes * 60 * WARM_UP_SHARE;
  /** Middle of a stretch as long as the warm-up: one sample may fall before or after a collection. */
  const during = (from: number): number =>
    percentile(
      memory.filter(({ at }) => at >= from && at < from + warm).map(({ megabytes }) => megabytes),
      0.5,
    );
  const first = during(warm);
  const last = during(minutes * 60 - warm);
  const late = slices.filter(({ at }) => at >= warm);
  const half = Math.ceil(late.length / 2);
  const worst = (some: typeof late, which: 'p50' | 'p99'): number =>
    tenth(
      percentile(
        some.map((slice) => slice[which]),
        0.5,
      ),
    );
  return [
    {
      name: `${name}_memory_growth`,
      value: (last / first - 1) * 100,
      unit: '%',
      minutes,
      after_warm_up_mb: tenth(first),
      at_the_end_mb: tenth(last),
      requests,
      refused: slices.reduce((sum, { failed }) => sum + failed, 0),
    },
    {
      name: `${name}_ack_p99`,
      value: worst(late.slice(half), 'p99'),
      unit: 'ms',
      first_half: worst(late.slice(0, half), 'p99'),
      p50: worst(late.slice(half), 'p50'),
      p50_first_half: worst(late.slice(0, half), 'p50'),
    },
  ];
}

/** A web chat client that opens a conversation and a stream, says something, and drops without a word. */
async function chat(url: string): Promise<void> {
  const call = async (path: string, token: string, body: object): Promise<Record<string, string>> => {
    const response = await fetch(`${url}/v3/directline/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) },
      body: JSON.stringify(body),
    });
    return (await response.json()) as Record<string, string>;
  };
  const { token = '' } = await call('tokens/generate', '', {});
  const { conversationId, streamUrl } = await call('conversations', token, {});
  if (!streamUrl) return;
  const stream = new WebSocket(streamUrl);
  const opened = await new Promise<boolean>((resolve) => {
    stream.addEventListener('open', () => resolve(true));
    stream.addEventListener('error', () => resolve(false));
  });
  if (!opened) return;
  await call(`conversations/${conversationId}/activities`, token, { type: 'message', text: 'hola', from: { id: 'dl_soak' } });
  await new Promise((resolve) => setTimeout(resolve, Math.random() * SLICE_SECONDS * 500));
  stream.close();
}
