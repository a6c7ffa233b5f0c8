// Rows that one has just changed stay where they were, also when the filter no longer wants them: whoever fills in what is missing
// sees what they wrote. Used by use-texts.ts. Pure.
import type { TextCell, TextRowView } from '../../../api/content-shapes.ts';

/** A cell whose revision is not known here: it is asked for before it is changed again. */
export const UNKNOWN_REVISION = -1;

export interface HeldRow {
  row: TextRowView;
  /** Where it stood. */
  index: number;
}

/** What was read, with the held rows that are no longer among it put back in their places. */
export function withHeld(rows: readonly TextRowView[], held: ReadonlyMap<string, HeldRow>): TextRowView[] {
  const present = new Set(rows.map(({ key }) => key));
  const all = [...rows];
  const missing = [...held.values()].filter(({ row }) => !present.has(row.key)).sort((a, b) => a.index - b.index);
  for (const { row, index } of missing) all.splice(Math.min(index, all.length), 0, row);
  return all;
}

/** The row with what was written into one of its languages. */
export function rowWith(row: TextRowView, tag: string, value: TextCell['value'], address: string): TextRowView {
  const cell: TextCell = {
    address,
    value,
    state: value === null ? 'missing' : 'drafted',
    reviewedBy: null,
    reviewedOn: null,
    changed: true,
    revision: UNKNOWN_REVISION,
  };
  return { ...row, cells: { ...row.cells, [tag]: cell } };
}

/** The cell of a language; an empty one where the text was never written in it. */
export function cellOf(row: TextRowView, tag: string): TextCell {
  const [namespace = '', ...key] = row.key.split(':');
  return (
    row.cells[tag] ?? {
      address: `locales/${tag}/${namespace}.json#${key.join(':')}`,
      value: null,
      state: 'missing',
      reviewedBy: null,
      reviewedOn: null,
      changed: false,
      revision: 0,
    }
  );
}
