// What happened to a case: opened, claimed, transferred, escalated, closed. One row a change of hands, without words.
// Written by runtime/desk in the transaction of the change; shown between the messages of a case, and goes with it.
import { noteDeskChange } from './desk-changes.ts';
import { newRowId, TIME_CHARS } from './row-id.ts';
import type { Reader, Tx } from './tx.ts';

export type CaseEventKind =
  | 'opened'
  | 'queued'
  | 'offered'
  | 'claimed'
  | 'assigned'
  | 'released'
  | 'transferred'
  | 'escalated'
  | 'no_reply'
  | 'shift_ended'
  | 'desk_shut'
  | 'menu'
  | 'left'
  | 'stopped'
  | 'closed'
  | 'reopened'
  | 'callback_set'
  | 'callback_due'
  | 'priority_changed'
  | 'topic_changed'
  | 'interpreter_invited'
  | 'interpreter_dismissed'
  /** Of these `toRef` is the referral's number. */
  | 'referral_asked'
  | 'referral_agreed'
  | 'referral_refused'
  | 'referral_withdrawn'
  | 'referral_sent'
  | 'referral_answered'
  | 'referral_overdue'
  | 'referral_closed';

export interface CaseEvent {
  id: string;
  caseId: string;
  kind: CaseEventKind;
  /** Who did it; null for the program. */
  staffId: string | null;
  /** Staff or desk that it went to. */
  toRef: string | null;
  at: number;
}

/** Several things happen to a case in one millisecond: their ids keep the order in which this process has noted them. */
let noted = 0;
const COUNT_CHARS = 5;

function nextEventId(at: number): string {
  noted = (noted + 1) % 36 ** COUNT_CHARS;
  const id = newRowId(at);
  return `${id.slice(0, TIME_CHARS)}${noted.toString(36).padStart(COUNT_CHARS, '0')}${id.slice(TIME_CHARS)}`;
}

/** Notes that something happened to a case. */
export async function addCaseEvent(
  tx: Tx,
  event: { caseId: string; kind: CaseEventKind; staffId?: string | null; toRef?: string | null; at: number },
): Promise<void> {
  const { caseId, kind, staffId = null, toRef = null, at } = event;
  await tx.db
    .insertInto('case_events')
    .values({ id: nextEventId(at), case_id: caseId, kind, staff_id: staffId, to_ref: toRef, at })
    .execute();
  await noteDeskChange(tx, 'case', caseId);
}

/** Events of a case, oldest first. */
export async function listCaseEvents(reader: Reader, caseId: string): Promise<CaseEvent[]> {
  const rows = await reader.db.selectFrom('case_events').selectAll().where('case_id', '=', caseId).orderBy('id').execute();
  return rows.map((row) => ({
    id: row.id,
    caseId: row.case_id,
    kind: row.kind as CaseEventKind,
    staffId: row.staff_id,
    toRef: row.to_ref,
    at: row.at,
  }));
}
