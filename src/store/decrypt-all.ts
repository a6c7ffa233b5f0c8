// Opens every sealed record of a database with every key on disk: what somebody could read who stole both.
// Used by the tool and the tests that prove erasure: a person's words are found before DELETE and not after it.
import type { Schema } from './schema.ts';
import { SEALED_COLUMNS } from './sealed-columns.ts';
import type { Reader } from './tx.ts';

/** A record that could be read. */
export interface Opened {
  table: string;
  row: string;
  column: string;
  text: string;
  /** All columns of its row. */
  values: Record<string, unknown>;
}

const PAGE = 1000;

/** Yields the plain text of every record whose key still exists. Records without a key are passed over. */
export async function* decryptAll(store: { read<T>(work: (reader: Reader) => Promise<T>): Promise<T> }): AsyncGenerator<Opened> {
  const reader = await store.read((given) => Promise.resolve(given));
  for (const { table, column, place } of SEALED_COLUMNS) {
    for await (const row of pages(reader, table, column)) {
      const where = place(row);
      const text = await reader.vault.openIfKept(where, row[column] as Uint8Array);
      if (text !== null) yield { table, row: where.row, column, text, values: row };
    }
  }
}

async function* pages(reader: Reader, table: keyof Schema, column: string): AsyncGenerator<Record<string, unknown>> {
  const { ref } = reader.db.dynamic;
  for (let offset = 0; ; offset += PAGE) {
    const rows = await reader.db
      .selectFrom(table)
      .selectAll()
      .where(ref<string>(column), 'is not', null)
      .orderBy(ref<string>(ORDER[table] ?? 'id'))
      .limit(PAGE)
      .offset(offset)
      .execute();
    for (const row of rows) yield row as Record<string, unknown>;
    if (rows.length < PAGE) return;
  }
}

/** Unique columns to page by, where it is not `id`. */
const ORDER: Partial<Record<keyof Schema, string>> = {
  addresses: 'hash',
  sessions: 'conversation_id',
  complaints: 'number',
  outbox: 'seq',
  staff_messages: 'message_id',
};
