// Stands between two programs, passes everything on, and writes down what the checker behind it objects to. Used by contracts.ts.
import { createServer, request as ask, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordingProxy {
  url: string;
  /** `<method> <path> → <status>` of everything that went by, without queries. */
  seen: string[];
  /** What a checker said of a request or an answer. */
  violations: string[];
  /** From now on every request says which answer it would like, by its path and query; null for none in particular. */
  prefer(choose: (path: string) => string | null): void;
  close(): Promise<void>;
}

/**
 * Starts the proxy on a free port.
 * @param targetOf where a path goes
 */
export async function startRecordingProxy(targetOf: (path: string) => string): Promise<RecordingProxy> {
  let choose: (path: string) => string | null = () => null;
  const seen: string[] = [];
  const violations: string[] = [];
  const server: Server = createServer((request, response) => {
    const target = new URL(targetOf(request.url ?? '/'));
    const prefer = choose(request.url ?? '/');
    const headers = { ...request.headers, host: target.host, ...(prefer === null ? {} : { prefer }) };
    const passed = ask({ host: target.hostname, port: target.port, path: request.url, method: request.method, headers }, (answer) => {
      void read(answer).then((body) => {
        const name = `${request.method} ${(request.url ?? '').split('?', 1)[0]} → ${answer.statusCode}`;
        seen.push(name);
        const said = answer.headers['sl-violations'];
        if (said !== undefined && isOurs(String(said))) violations.push(`${name}: ${String(said)}`);
        else if (answer.headers['content-type']?.includes('problem+json')) violations.push(`${name}: ${body.toString()}`);
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        response.end(body);
      });
    });
    passed.on('error', () => response.destroy());
    request.pipe(passed);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    violations,
    prefer: (wish) => void (choose = wish),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** A mock may object to its own answers, which are the examples of the description: what it says of the request counts. */
function isOurs(said: string): boolean {
  return (JSON.parse(said) as { location?: string[] }[]).some(({ location }) => location?.[0] !== 'response');
}

async function read(answer: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
