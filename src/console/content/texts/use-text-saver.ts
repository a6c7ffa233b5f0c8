// Writes texts of the grid into the draft, one after the other, so that nobody is in the way of oneself. Used by texts-page.tsx.
// With which revision a text was read is looked up when its turn comes.
import { useRef } from 'react';
import type { TextCell, TextRowView } from '../../../api/content-shapes.ts';
import { call } from '../../api.ts';
import { partsOf } from '../../../release/entry.ts';
import { useEdits, type Edits } from '../use-edits.ts';
import { cellOf, UNKNOWN_REVISION } from './held-rows.ts';
import type { Texts } from './use-texts.ts';

export interface TextSaver {
  edits: Edits;
  /** `value` null takes the text away. */
  save(row: TextRowView, tag: string, value: TextCell['value'], options?: { sameMeaning?: boolean }): void;
}

export function useTextSaver(draftId: string | null, texts: Texts): TextSaver {
  const edits = useEdits(draftId);
  const queue = useRef(Promise.resolve());
  const now = useRef({ texts, edits });
  now.current = { texts, edits };

  async function write(...[row, tag, value, options]: Parameters<TextSaver['save']>): Promise<void> {
    const { address } = cellOf(row, tag);
    now.current.texts.keep(row);
    const expects = await revisionOf(draftId, address, now.current.texts.latest(address) ?? row.cells[tag]);
    const written = await now.current.edits.save([{ address, value: value ?? undefined, expects }], options);
    if (written) now.current.texts.put(row, tag, value, address);
  }

  return {
    edits,
    save(...given) {
      queue.current = queue.current.then(() => write(...given));
    },
  };
}

async function revisionOf(draftId: string | null, address: string, cell: TextCell | undefined): Promise<number> {
  if (cell === undefined) return 0;
  if (cell.revision !== UNKNOWN_REVISION || draftId === null) return cell.revision;
  const { file } = partsOf(address);
  const read = await call('readEntries', { params: { source: draftId }, query: { file, changed: 'true' } }).catch(() => null);
  return read?.entries.find((entry) => entry.address === address)?.revision ?? 0;
}
