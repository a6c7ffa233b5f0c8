// One WebSocket of a conversation. Notices a line that died without a word, by asking with an empty message. Used by connection.ts.
import type { ActivitySet } from '../api/direct-line.ts';

/** Close code by which the service says that the conversation was opened elsewhere. */
export const REPLACED = 4001;
const ASK_MS = 20_000;
const ANSWER_MS = 8000;

export interface Socket {
  /** Asks now whether the line still stands. */
  check(): void;
  /** Gives the line up without waiting for the other side. */
  drop(): void;
}

export interface SocketEvents {
  onOpen: () => void;
  onSet: (set: ActivitySet) => void;
  /** Called once. `opened`: the line had stood. */
  onClose: (code: number, opened: boolean) => void;
}

/** Opens a stream. */
export function openSocket(url: string, { onOpen, onSet, onClose }: SocketEvents): Socket {
  const socket = new WebSocket(url);
  let opened = false;
  let over = false;
  let answer: ReturnType<typeof setTimeout> | undefined;

  const end = (code: number): void => {
    if (over) return;
    over = true;
    clearInterval(asking);
    clearTimeout(answer);
    socket.close();
    onClose(code, opened);
  };
  const check = (): void => {
    if (socket.readyState !== WebSocket.OPEN) return;
    socket.send('');
    clearTimeout(answer);
    answer = setTimeout(() => end(0), ANSWER_MS);
  };
  const asking = setInterval(check, ASK_MS);
  // A handshake that never ends is a dead line too.
  answer = setTimeout(() => end(0), ANSWER_MS * 2);

  socket.addEventListener('open', () => {
    opened = true;
    clearTimeout(answer);
    onOpen();
  });
  socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    clearTimeout(answer);
    if (typeof data === 'string' && data !== '' && !over) onSet(JSON.parse(data) as ActivitySet);
  });
  socket.addEventListener('close', ({ code }) => end(code));
  return { check, drop: () => end(0) };
}
