// Content for commands: the store beside the service, its releases, and what the console does with drafts, as the operator.
// Used by import, export, diff, publish and rollback.
import path from 'node:path';
import { loadFiles } from '../content/load-files.ts';
import { AppError } from '../domain/errors.ts';
import { OWN_ORGANISATION, type Actor } from '../domain/staff.ts';
import { createContentActions, type ContentActions } from '../runtime/content/content-actions.ts';
import { draftRef, noDraft } from '../runtime/content/drafts.ts';
import type { ContentRef } from '../runtime/content/open-content.ts';
import { openReleases, type Releases } from '../runtime/releases.ts';
import { loadDraft } from '../store/drafts.ts';
import type { Store } from '../store/store.ts';
import { openLog } from '../util/log.ts';
import { openStoreBeside } from './open-store-beside.ts';

/** Whoever runs a command: may change content, and approves nothing. */
export const OPERATOR: Actor = {
  id: 'operator',
  alias: 'operator',
  organisationId: OWN_ORGANISATION,
  deskIds: [],
  roles: ['editor'],
  permissions: new Set(['content.edit', 'content.translate']),
  via: 'session',
};

export interface OpenedContent {
  store: Store;
  releases: Releases;
  content: ContentActions;
  /** `current`, the number of a release, or the id of a draft. */
  find(source: string): Promise<ContentRef>;
}

/** Opens content for as long as `work` takes. */
export async function withContent<T>(work: (opened: OpenedContent) => Promise<T>): Promise<T> {
  const store = await openStoreBeside();
  const seed = () => loadFiles(path.resolve(import.meta.dirname, '../..'));
  try {
    const releases = await openReleases(store, seed, Date.now(), { training: false });
    const content = createContentActions({ store, releases, clock: Date.now, log: openLog('error') });
    try {
      return await work({ store, releases, content, find: (source) => find(source, store, releases) });
    } finally {
      await content.workshop.close();
    }
  } finally {
    await store.close();
  }
}

async function find(source: string, store: Store, releases: Releases): Promise<ContentRef> {
  if (source === 'current') return { release: releases.current().number, draft: null };
  if (/^\d{1,9}$/.test(source)) return { release: Number(source), draft: null };
  if (!/^[A-Za-z0-9_-]{10,40}$/.test(source))
    throw new AppError('cli.usage', `"${source}" is no release and no draft: give a number, "current", or a draft's id.`);
  return store.read(async (reader) => {
    const draft = await loadDraft(reader, source);
    if (!draft) throw noDraft();
    return draftRef(reader, draft);
  });
}
