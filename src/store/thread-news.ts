// Notes and events of cases that their threads on the staff surface have not had yet. Called by runtime/tell-staff.ts.
// Whoever writes a note or an event knows nothing of threads: it is untold until it is marked here.
import { listCaseNotes } from './case-notes.ts';
import type { Reader, Tx } from './tx.ts';

/** One thing to tell, in order of `at`. */
export type ThreadNews =
  | { kind: 'note'; id: string; at: number; staffId: string; text: string }
  | { kind: 'event'; id: string; at: number; staffId: string | null; event: string; toRef: string | null };

/** Cases that have a thread, are not private, and have something untold. */
export async function casesWithNews(reader: Reader, limit = 500): Promise<string[]> {
  const { db } = reader;
  const rows = await db
    .selectFrom('cases')
    .select('id')
    .where('thread_ref', 'is not', null)
    .where('private', '=', 0)
    .where((eb) =>
      eb.or([
        eb('id', 'in', eb.selectFrom('case_notes').select('case_id').where('told_at', 'is', null)),
        eb('id', 'in', eb.selectFrom('case_events').select('case_id').where('told_at', 'is', null)),
      ]),
    )
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** What is untold of a case, oldest first. */
export async function listThreadNews(reader: Reader, caseId: string): Promise<ThreadNews[]> {
  const untold = await reader.db.selectFrom('case_notes').select('id').where('case_id', '=', caseId).where('told_at', 'is', null).execute();
  const ids = new Set(untold.map((row) => row.id));
  const notes = ids.size === 0 ? [] : (await listCaseNotes(reader, caseId)).filter(({ id }) => ids.has(id));
  const events = await reader.db
    .selectFrom('case_events')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('told_at', 'is', null)
    .orderBy('id')
    .execute();
  return [
    ...notes.map(({ id, createdAt, staffId, text }): ThreadNews => ({ kind: 'note', id, at: createdAt, staffId, text })),
    ...events.map((row): ThreadNews => ({
      kind: 'event',
      id: row.id,
      at: row.at,
      staffId: row.staff_id,
      event: row.kind,
      toRef: row.to_ref,
    })),
  ].sort((a, b) => a.at - b.at);
}

/** The thread has it, or will never have it. */
export async function markTold(tx: Tx, { kind, id }: Pick<ThreadNews, 'kind' | 'id'>, now: number): Promise<void> {
  if (kind === 'note') await tx.db.updateTable('case_notes').set({ told_at: now }).where('id', '=', id).execute();
  else await tx.db.updateTable('case_events').set({ told_at: now }).where('id', '=', id).execute();
}

/** What happened before a case had its thread stands at the thread's head. */
export async function markEventsTold(tx: Tx, caseId: string, now: number): Promise<void> {
  await tx.db.updateTable('case_events').set({ told_at: now }).where('case_id', '=', caseId).where('told_at', 'is', null).execute();
}
