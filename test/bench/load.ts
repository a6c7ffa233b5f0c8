// The load generator in a process of its own: signed forms over kept-alive connections, with every latency measured.
import { fork } from 'node:child_process';
import path from 'node:path';

export interface LoadOptions {
  seconds: number;
  /** Connections that send as fast as answers come; ignored when `perSecond` is set. */
  connections?: number;
  /** Fixed rate, open loop: a late answer does not hold back the next request. */
  perSecond?: number;
  /** How many people write, in turn; everybody once when left out. */
  people?: number;
  authToken?: string;
  accountSid?: string;
}

export interface LoadResult {
  requests: number;
  failed: number;
  seconds: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
}

/** Posts forms like Twilio's and reports what came back. */
export function postForms(url: string, options: LoadOptions): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const child = fork(path.join(import.meta.dirname, 'load-worker.ts'), [JSON.stringify({ url, ...options })]);
    child.once('message', (result) => resolve(result as LoadResult));
    child.once('exit', (code) => (code === 0 ? undefined : reject(new Error('The load generator failed.'))));
  });
}
