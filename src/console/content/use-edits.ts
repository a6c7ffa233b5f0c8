// Writes edits of a draft, and keeps what could not be written because somebody else changed the same thing meanwhile: both are shown
// (conflict-dialog.tsx) and the person decides. Used by every editor of content. What was typed is never thrown away here.
import { useState } from 'react';
import type { ConflictView, EntryView } from '../../api/content-shapes.ts';
import type { ApiError } from '../../api/client.ts';
import { useAct, type CallArguments } from '../api.ts';
import type { OperationName } from '../../api/operations.ts';

export interface Edit {
  address: string;
  /** Undefined takes the entry away. */
  value: EntryView['value'];
  /** The revision with which the entry was read. */
  expects: number;
}

export interface Edits {
  /** Writes all of them or none. Resolves to whether they were written. */
  save(edits: readonly Edit[], options?: { sameMeaning?: boolean }): Promise<boolean>;
  isPending: boolean;
  error: ApiError | null;
  /** What others changed since it was read; empty where nothing stands in the way. */
  conflicts: readonly ConflictView[];
  /** Writes one's own all the same, over theirs. */
  takeMine(): Promise<boolean>;
  /** Leaves theirs as they are. */
  takeTheirs(): void;
}

/** What is read again after content was changed. */
export const CONTENT_READS: OperationName[] = ['readDraft', 'listDrafts', 'readEntries', 'readTexts', 'compareContent', 'searchContent'];

type Body = { edits: Edit[]; sameMeaning?: boolean };

export function useEdits(draftId: string | null): Edits {
  const act = useAct('editDraft', { changes: CONTENT_READS });
  const [held, setHeld] = useState<{ body: Body; conflicts: readonly ConflictView[] } | null>(null);

  async function send(body: Body): Promise<boolean> {
    if (draftId === null) return false;
    const given = [{ params: { id: draftId }, body }] as CallArguments<'editDraft'>;
    try {
      const { applied, conflicts } = await act.mutateAsync(given);
      setHeld(applied ? null : { body, conflicts });
      return applied;
    } catch {
      // The reason stands in `error`.
      return false;
    }
  }

  return {
    save(edits, options = {}) {
      if (held === null) return send({ edits: [...edits], ...options });
      // While somebody decides between two versions nothing is written over theirs; what is typed meanwhile becomes one's own version.
      const others = held.body.edits.filter(({ address }) => !edits.some((edit) => edit.address === address));
      const expects = (edit: Edit): number => held.body.edits.find(({ address }) => address === edit.address)?.expects ?? edit.expects;
      setHeld({ ...held, body: { ...held.body, edits: [...others, ...edits.map((edit) => ({ ...edit, expects: expects(edit) }))] } });
      return Promise.resolve(false);
    },
    isPending: act.isPending,
    error: act.error,
    conflicts: held?.conflicts ?? [],
    takeMine() {
      if (held === null) return Promise.resolve(false);
      const now = new Map(held.conflicts.map(({ address, revision }) => [address, revision]));
      const edits = held.body.edits.map((edit) => ({ ...edit, expects: now.get(edit.address) ?? edit.expects }));
      return send({ ...held.body, edits });
    },
    takeTheirs: () => setHeld(null),
  };
}
