// The chunks of a backup are bound to their place, whatever is in them: equal chunks cannot change places, go or come.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { decryptChunks, encryptChunks, fileKey } from '../../src/store/backup/container.ts';

let folder: string;
beforeEach(() => void (folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-chunks-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const keyFor = (head: string) => fileKey(new Uint8Array(32).fill(7), Buffer.alloc(32, 1), Buffer.from(head));

async function* zeros(): AsyncGenerator<Buffer> {
  for (let part = 0; part < 5; part++) yield Buffer.alloc(40_000);
}

async function read(chunks: Buffer[], head = 'head'): Promise<number | string> {
  const file = path.join(folder, 'file');
  writeFileSync(file, Buffer.concat(chunks));
  const handle = await open(file, 'r');
  try {
    let bytes = 0;
    for await (const plain of decryptChunks(handle, 0, keyFor(head))) bytes += plain.length;
    return bytes;
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    await handle.close();
  }
}

it('reads what was written, and nothing that was cut, reordered, repeated, joined or given another header', async () => {
  const chunks: Buffer[] = [];
  for await (const chunk of encryptChunks(zeros(), keyFor('head'))) chunks.push(chunk);
  const [a, b, c, last] = chunks as [Buffer, Buffer, Buffer, Buffer];
  expect(chunks).toHaveLength(4);
  expect(await read(chunks)).toBe(200_000);
  for (const bad of [
    [],
    [a],
    [a, b, c],
    [b, a, c, last],
    [a, a, b, c, last],
    [a, c, last],
    [last],
    [a, b, c, last, last],
    [a, b, c, last, Buffer.alloc(1)],
  ])
    expect(await read(bad)).toBe('store.bad_backup');
  expect(await read(chunks, 'other head')).toBe('store.bad_backup');
});
