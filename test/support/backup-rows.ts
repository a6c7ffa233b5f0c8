// Reads a backup as its plain rows, by table: what somebody sees who has the file and the secret key.
import { openArchive, readRow, type KeyOf } from '../../src/store/backup/archive.ts';

/** All rows of a backup file. */
export async function rowsOf(file: string, keyOf: KeyOf): Promise<Record<string, Record<string, unknown>[]>> {
  const archive = await openArchive(file);
  const tables: Record<string, Record<string, unknown>[]> = {};
  let current: { table: string; columns: string[] } | null = null;
  for await (const line of archive.lines(keyOf)) {
    if (!Array.isArray(line)) current = 'table' in line ? line : null;
    else if (current) (tables[current.table] ??= []).push(readRow(line, current.columns));
  }
  await archive.close();
  return tables;
}
