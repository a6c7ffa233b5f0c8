// The service ends in order while people are connected: open web chats are told to come back, requests are answered.
import { expect, it } from 'vitest';
import WebSocket from 'ws';
import { directLine } from '../../src/channels/direct-line/direct-line.ts';
import { openHotline } from '../support/app.ts';
import { freePort } from '../support/process.ts';

it('ends with open web chats, which are told that it starts again', async () => {
  const port = await freePort();
  const hotline = await openHotline({ environment: { PORT: String(port) }, modules: [directLine] });
  await hotline.app.listen();
  const url = `http://127.0.0.1:${port}/v3/directline`;
  const { token } = (await (await fetch(`${url}/tokens/generate`, { method: 'POST' })).json()) as { token: string };
  const started = await fetch(`${url}/conversations`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  const { streamUrl } = (await started.json()) as { streamUrl: string };
  const socket = new WebSocket(streamUrl);
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const told = new Promise<number>((resolve) => void socket.once('close', resolve));
  await hotline.close();
  expect(await told).toBe(1001);
});
