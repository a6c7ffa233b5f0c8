// Stands before a provider and writes down every address that is asked for, its query included. Passes everything on.
import { createServer, request as ask } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface UrlRecorder {
  url: string;
  /** `<method> <path and query>`, oldest first. */
  urls: string[];
  close(): Promise<void>;
}

/** Starts the recorder on a free port. */
export async function startUrlRecorder(target: string): Promise<UrlRecorder> {
  const { hostname, port } = new URL(target);
  const urls: string[] = [];
  const server = createServer((request, response) => {
    urls.push(`${request.method} ${request.url}`);
    const { method, url: path, headers } = request;
    const passed = ask({ hostname, port, method, path, headers: { ...headers, host: `${hostname}:${port}` } }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    urls,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
