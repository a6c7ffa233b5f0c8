// Places for a hotline's data in tests: SQLite files in a folder, or databases on a real PostgreSQL with the secret beside.
// `const place = await makePlace(backend); const hotline = await openHotline({ place }); … await place.drop()`.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeDatabases } from './postgres.ts';

export const BACKENDS = ['sqlite', 'postgres'] as const;
export type Backend = (typeof BACKENDS)[number];

export interface Place {
  folder: string;
  /** Settings that point a service here. */
  environment: Record<string, string>;
  /** Removes everything. */
  drop(): Promise<void>;
}

/** Makes an empty place. */
export async function makePlace(backend: Backend): Promise<Place> {
  const folder = mkdtempSync(path.join(tmpdir(), 'ventanilla-'));
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
  if (backend === 'sqlite') return { folder, environment: { DATA_DIR: folder }, drop: () => Promise.resolve(removeFolder()) };
  const secretKeyFile = path.join(folder, 'secret.key');
  // With PostgreSQL the secret must be there before the first start.
  writeFileSync(secretKeyFile, `v1 ${randomBytes(32).toString('base64')}\n`, { mode: 0o600 });
  const { databaseUrl, keyDatabaseUrl, drop } = await makeDatabases();
  return {
    folder,
    environment: { DATA_DIR: folder, DATABASE_URL: databaseUrl, KEY_DATABASE_URL: keyDatabaseUrl, SECRET_KEY_FILE: secretKeyFile },
    async drop() {
      await drop();
      removeFolder();
    },
  };
}
