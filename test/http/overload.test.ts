// A full inbox as web chats meet it: 503 with the time to wait, readable by pages of other sites, and emergencies are taken in.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort, startService, type ServiceProcess } from '../support/process.ts';

let folder: string;
let service: ServiceProcess;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-overload-'));
  // A node that takes messages in and answers none.
  service = await startService({ DATA_DIR: folder, NODE_ROLE: 'web', INBOX_LIMIT: '20' }, await freePort());
});
afterAll(async () => {
  await service.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
});

async function write(text: string): Promise<Response> {
  const base = `${service.url}/v3/directline`;
  const { token, conversationId } = (await (await fetch(`${base}/tokens/generate`, { method: 'POST' })).json()) as Record<string, string>;
  return fetch(`${base}/conversations/${conversationId}/activities`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'message', text }),
  });
}

it('is refused before anything is written, and told how long to wait; an emergency is not', async () => {
  const statuses: number[] = [];
  let refused: Response | null = null;
  for (let count = 0; count < 18; count++) {
    const response = await write('hola');
    statuses.push(response.status);
    if (response.status === 503) refused = response;
  }
  // One channel may fill three quarters.
  expect(statuses).toEqual([...Array.from({ length: 15 }, () => 200), 503, 503, 503]);
  expect(refused?.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
  expect(refused?.headers.get('access-control-expose-headers')).toContain('retry-after');
  expect(await refused?.json()).toMatchObject({ error: { code: 'ServiceUnavailable' } });
  expect((await write('ayuda, estoy en peligro')).status).toBe(200);
  expect(service.output()).not.toContain('A request failed');
  expect(await (await fetch(`${service.url}/metrics`)).text()).toContain(
    'ventanilla_messages_shed_total{channel="web",reason="channel"} 3',
  );
});
