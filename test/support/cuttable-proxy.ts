// A network in front of a server that can be cut, as it is on a phone in a bus: every open connection dies without a word.
// It can also cut single requests, at a moment that is told beforehand.
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

export interface CuttableProxy {
  url: string;
  /** Kills every open connection. New ones are taken at once. */
  cut(): void;
  close(): Promise<void>;
}

/** Where a request's connection is cut: before a byte of it is passed on, within it, after it was answered, or within the answer. */
export type CutAt = 'before' | 'within' | 'after' | 'within_answer';

const REQUEST = /^[A-Z]+ \/\S* HTTP\/1/;

/**
 * Opens a way to a port of this machine.
 * @param judge told the first line of each request; says where to cut its connection, or null to leave it alone
 */
export async function openCuttableProxy(port: number, judge: (firstLine: string) => CutAt | null = () => null): Promise<CuttableProxy> {
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
  };
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const socket of [near, far]) keep(socket);
    join(near, far, judge);
  });
  const cut = (): void => sockets.forEach((socket) => socket.resetAndDestroy());
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    async close() {
      cut();
      await new Promise((done) => server.close(done));
    },
  };
}

/** Passes everything on both ways, up to the cut. */
function join(near: Socket, far: Socket, judge: (firstLine: string) => CutAt | null): void {
  let cutAt: CutAt | null = null;
  const cut = (): void => {
    near.resetAndDestroy();
    far.destroy();
  };
  near.on('close', () => far.destroy());
  far.on('close', () => near.destroy());
  near.on('data', (chunk: Buffer) => {
    const start = chunk.toString('latin1', 0, 200);
    if (REQUEST.test(start)) cutAt = judge(start.split('\r\n')[0] ?? '');
    if (cutAt === 'before') return cut();
    if (cutAt !== 'within') return void far.write(chunk);
    far.write(chunk.subarray(0, chunk.length / 2));
    near.resetAndDestroy();
  });
  far.on('data', (chunk: Buffer) => {
    if (cutAt === 'after') return cut();
    if (cutAt !== 'within_answer') return void near.write(chunk);
    near.write(chunk.subarray(0, chunk.length / 2), () => cut());
  });
}
