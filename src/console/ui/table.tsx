// A table whose rows become cards on a phone, each cell with the name of its column. Used by lists of people, tokens, the log.
// Roles are spelled out: a row that is laid out as a card must still be heard as a row.
import type { ReactNode } from 'react';
import './pieces.css';

export interface Column<T> {
  key: string;
  /** Heading; empty for a column of buttons. */
  label: string;
  cell: (row: T) => ReactNode;
  end?: boolean;
}

export interface TableProps<T> {
  /** What it lists; heard, not seen. */
  label: string;
  columns: readonly Column<T>[];
  rows: readonly T[];
  keyOf: (row: T) => string;
}

export function Table<T>({ label, columns, rows, keyOf }: TableProps<T>): ReactNode {
  return (
    <table className="table" role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) =>
            column.label === '' ? (
              <td key={column.key} role="cell" data-label="" />
            ) : (
              <th key={column.key} role="columnheader" scope="col" className={column.end ? 'end' : undefined}>
                {column.label}
              </th>
            ),
          )}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map((column) => (
              <td key={column.key} role="cell" data-label={column.label} className={column.end ? 'end' : undefined}>
                <div>{column.cell(row)}</div>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
