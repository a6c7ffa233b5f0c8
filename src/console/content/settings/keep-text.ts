// Keeps one text of a draft as it was typed in its field. Used where the texts of answers, topics and places are written.
import type { TextCell } from '../../../api/content-shapes.ts';
import type { Edits } from '../use-edits.ts';

/** Without a value the text goes. Nothing is written while somebody has to decide between two versions: the dialog that asks takes the focus. */
export function keepText(
  edits: Edits,
  cell: TextCell,
  value: TextCell['value'] | undefined,
  options: { sameMeaning?: boolean } = {},
): void {
  if (edits.conflicts.length > 0) return;
  void edits.save([{ address: cell.address, value: value ?? undefined, expects: cell.revision }], options);
}
