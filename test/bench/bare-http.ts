// A bare node:http server that reads a form and answers 200: the most that any service on this machine could do.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { postForms } from './load.ts';
import type { Figure } from './run.ts';

/** Requests a second of the bare server under the same load. */
export async function benchBareHttp(): Promise<Figure> {
  const server = createServer((request, response) => {
    request.on('data', () => {});
    request.on('end', () => response.end('<Response/>'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { requests, seconds } = await postForms(`http://127.0.0.1:${port}/`, { seconds: 4 });
  server.close();
  return { name: 'bare_http', value: requests / seconds, unit: 'requests/s' };
}
