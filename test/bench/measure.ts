// What several benchmarks measure: a provider that takes everything, time and memory of a process, percentiles.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** The provider on this machine. */
export interface Provider {
  url: string;
  close(): void;
}

/**
 * Starts a provider that answers every send with a new message.
 * @param onSend told of the number that each is for.
 * @param trouble may answer in its place: a status, or null for a cut connection; undefined for an ordinary answer.
 */
export async function startProvider(
  onSend: (to: string) => void = () => {},
  trouble: () => number | null | undefined = () => undefined,
): Promise<Provider> {
  let count = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString('latin1')));
    request.on('end', () => {
      const fault = trouble();
      if (fault === null) return void request.socket.destroy();
      const sid = `SM${String(++count).padStart(32, '0')}`;
      onSend(new URLSearchParams(body).get('To') ?? '');
      response
        .writeHead(fault ?? 201, { 'content-type': 'application/json' })
        .end(JSON.stringify(fault === undefined ? { sid, status: 'queued', num_segments: '1' } : { code: 20500, status: fault }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Resident memory of a process in MB. */
export function megabytesOf(pid: number | undefined): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0') / 1024;
}

/** Seconds of the processor that a process has used. */
export function cpuSecondsOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'latin1')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** The value below which this share of all values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** To a tenth. */
export const tenth = (value: number): number => Math.round(value * 10) / 10;
