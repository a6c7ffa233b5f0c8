// What a draft changes and its way to being published; for a release, what it changed. Opened by /content/<source>/changes.
import type { ReactNode } from 'react';
import { useContentPlace } from '../source.ts';
import { DraftChanges } from './draft-changes.tsx';
import { ReleaseChanges } from './release-changes.tsx';

export function ChangesPage(): ReactNode {
  const { source, draftId } = useContentPlace();
  return draftId === null ? <ReleaseChanges key={source} source={source} /> : <DraftChanges key={draftId} id={draftId} />;
}
