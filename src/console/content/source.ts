// Which content a page of the editor works on: the current release, an earlier one, or a draft; it stands in the address
// (`/content/<source>/texts`). Used by every page under content/.
import { useParams } from 'wouter';
import type { DraftView } from '../../api/content-shapes.ts';
import { useRead } from '../api.ts';

export interface ContentPlace {
  /** `current`, the number of a release, or the id of a draft. */
  source: string;
  /** Null where a release is looked at. */
  draftId: string | null;
  /** Null while it is read, and for a release. */
  draft: DraftView | null;
  /** Whether this person may change something here now; what exactly is the service's to say. */
  canEdit: boolean;
}

/** Whether a source is a draft's id. */
export function isDraft(source: string): boolean {
  return source !== 'current' && !/^\d+$/.test(source);
}

/** The content that the address names. */
export function useContentPlace(): ContentPlace {
  const { source = 'current' } = useParams<{ source?: string }>();
  const draftId = isDraft(source) ? source : null;
  const read = useRead('readDraft', [{ params: { id: draftId ?? '' } }], { enabled: draftId !== null });
  const draft = draftId === null ? null : (read.data ?? null);
  return { source, draftId, draft, canEdit: draft?.state === 'open' && draft.can.edit };
}
