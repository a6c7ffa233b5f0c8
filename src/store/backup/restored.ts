// What is done to a database that was put back, before a service may start on it. Called by into-sqlite.ts and into-postgres.ts.
import { noteRestore } from '../purge-keys.ts';
import { openStore, type StoreSettings } from '../store.ts';
import type { Archive, KeyOf } from './archive.ts';
import type { Progress } from './load.ts';

/** A backup that is to be put back. */
export interface RestoreSource {
  archive: Archive;
  /** Reads it to its end; throws when it is not whole, unchanged and of this key store. */
  verify(): Promise<KeyOf>;
  progress: Progress;
}

/**
 * Erases again whoever was erased since the backup, keeps the keys of who came after it, and marks what waited to be sent:
 * it may have been sent since, and is looked up before anything is sent.
 * @returns how many people were erased again.
 */
export async function openRestored(settings: StoreSettings): Promise<number> {
  const store = await openStore({ ...settings, service: false, restoring: true });
  try {
    await noteRestore(store.vault.keys, settings.now());
    await store.transaction(async (tx) => {
      await tx.db.updateTable('outbox').set({ state: 'unknown', lease_until: 0 }).execute();
      // Whoever held them is gone.
      await tx.db.deleteFrom('meta').where('name', 'like', 'lease %').execute();
    });
    return store.erasedAgain;
  } finally {
    await store.close();
  }
}
