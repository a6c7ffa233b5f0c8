// WebSocket streams of web conversations: one a conversation, each with its own position in the history. Opened by direct-line.ts.
// A stream holds no message: it reads the history after its position whenever something changed, so a drop loses nothing.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { Watermark } from '../../api/direct-line.ts';
import type { ChannelContext } from '../channel.ts';
import type { Access } from './access.ts';
import { addressOf, readNews, toActivitySet, WEB } from './activities.ts';
import { toRefusal } from './refuse.ts';
import type { Grant } from './tokens.ts';

/** Close codes of ours, from the range that RFC 6455 leaves to applications. */
const REPLACED = 4001;
const TRY_AGAIN_LATER = 1013;
const GOING_AWAY = 1001;
const HEARTBEAT_MS = 30_000;
/** When no further stream fits. */
const RETRY_SECONDS = 30;
/** A reader this far behind is cut off; it comes back with its watermark. */
const MAX_BUFFERED_BYTES = 1_000_000;
/** So many lines at once may be a page of more. */
const FULL_PAGE = 100;
const STREAM_PATH = /^\/v3\/directline\/conversations\/([^/]+)\/stream$/;

interface Stream {
  socket: WebSocket;
  grant: Grant;
  position: number;
  shownState: string;
  /** Something changed that was not yet read. */
  again: boolean;
  /** The history is being read; one read follows the other. */
  busy: boolean;
  alive: boolean;
  unsubscribe(): void;
}

/** Opens the streams of this process. */
export function createStreams(context: ChannelContext, access: Access, maxStreams: number) {
  const server = new WebSocketServer({ noServer: true, maxPayload: 4096, perMessageDeflate: false });
  const streams = new Map<string, Stream>();

  async function sendNews(stream: Stream): Promise<void> {
    const { conversationId } = stream.grant;
    const news = await readNews(context, conversationId, stream.position);
    const state = (await context.state?.(WEB, addressOf(conversationId))) ?? null;
    if (stream.socket.readyState !== stream.socket.OPEN) return;
    const shownState = JSON.stringify(state);
    const changed = shownState !== stream.shownState;
    if (news.lines.length === 0 && !news.reset && !changed) return;
    stream.position = news.position;
    stream.shownState = shownState;
    stream.socket.send(JSON.stringify(toActivitySet(news, stream.grant, changed ? state : null)));
    // A long history comes in pages.
    if (news.lines.length >= FULL_PAGE) stream.again = true;
    if (stream.socket.bufferedAmount > MAX_BUFFERED_BYTES) stream.socket.terminate();
  }

  /** Sends what is new, now or after the read that is under way. */
  function pump(stream: Stream): void {
    stream.again = true;
    if (!stream.busy) void readUntilQuiet(stream);
  }

  async function readUntilQuiet(stream: Stream): Promise<void> {
    stream.busy = true;
    try {
      while (stream.again && stream.socket.readyState === stream.socket.OPEN) {
        stream.again = false;
        await sendNews(stream);
      }
    } catch (error) {
      context.log.warn(
        { channel: WEB, code: toRefusal(error).refusal.code },
        'A web stream was closed because its history could not be read.',
      );
      stream.socket.close(TRY_AGAIN_LATER, 'history could not be read');
    } finally {
      stream.busy = false;
    }
  }

  function open(socket: WebSocket, grant: Grant, position: number): void {
    const { conversationId } = grant;
    streams.get(conversationId)?.socket.close(REPLACED, 'replaced by a newer stream');
    const stream: Stream = {
      socket,
      grant,
      position,
      shownState: 'null',
      again: false,
      busy: false,
      alive: true,
      unsubscribe: context.subscribe(WEB, addressOf(conversationId), () => pump(stream)),
    };
    streams.set(conversationId, stream);
    // An empty string is how clients ask whether the line still stands; it is answered in kind.
    socket.on('message', (data, isBinary) => {
      if (isBinary || !Buffer.isBuffer(data) || data.length > 0) return;
      // One that asks and never reads must not fill the memory.
      if (socket.bufferedAmount > MAX_BUFFERED_BYTES) socket.terminate();
      else socket.send('');
    });
    socket.on('pong', () => (stream.alive = true));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      stream.unsubscribe();
      if (streams.get(conversationId) === stream) streams.delete(conversationId);
    });
    pump(stream);
  }

  const heartbeat = setInterval(() => {
    for (const stream of streams.values()) {
      if (!stream.alive) stream.socket.terminate();
      stream.alive = false;
      stream.socket.ping();
      // A change that nobody told of: on another node, while the line between the nodes was down.
      void pump(stream);
    }
  }, HEARTBEAT_MS);
  heartbeat.unref();

  return {
    /** Takes the sockets that ask for a stream of ours. */
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const conversationId = STREAM_PATH.exec(url.pathname)?.[1];
      if (conversationId === undefined) return false;
      socket.on('error', () => socket.destroy());
      try {
        const grant = access.enter(access.readToken(url.searchParams.get('t') ?? ''), conversationId);
        const watermark = Watermark.safeParse(url.searchParams.get('watermark') ?? '');
        if (!watermark.success) refuseSocket(socket, 400);
        else if (access.allowedOrigin(request.headers.origin, request.headers.host) === null) refuseSocket(socket, 403);
        else if (streams.size >= maxStreams && !streams.has(conversationId)) refuseSocket(socket, 503);
        else server.handleUpgrade(request, socket, head, (client) => open(client, grant, watermark.data));
      } catch (error) {
        refuseSocket(socket, toRefusal(error).refusal.status);
      }
      return true;
    },

    /** Closes every stream; clients come back with their watermark. */
    close(): void {
      clearInterval(heartbeat);
      for (const stream of streams.values()) stream.socket.close(GOING_AWAY, 'the service is restarting');
      streams.clear();
      server.close();
    },
  };
}

const REASONS: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

function refuseSocket(socket: Duplex, status: number): void {
  const again = status === 503 ? `Retry-After: ${RETRY_SECONDS}\r\n` : '';
  socket.end(`HTTP/1.1 ${status} ${REASONS[status] ?? 'Refused'}\r\n${again}Connection: close\r\nContent-Length: 0\r\n\r\n`);
}
