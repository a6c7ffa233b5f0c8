// Complaints as those see them who look into them. Filing and STATUS are complaints.ts's.
// The conflict rule is part of every query here: what is about staff is open only to officers who never had a case of its person.
import { sql, type ExpressionBuilder, type SqlBool } from 'kysely';
import { OWN_ORGANISATION, type Actor } from '../domain/staff.ts';
import { complaintPlace, setComplaintState } from './complaints.ts';
import type { ComplaintTable, Schema } from './schema.ts';
import { loadStaff } from './staff.ts';
import type { Reader, Tx } from './tx.ts';

const PAGE = 50;
const DAY_MS = 86_400_000;

export interface ComplaintRecord {
  number: string;
  contactId: string | null;
  conversationId: string | null;
  about: string;
  sensitive: boolean;
  state: ComplaintTable['state'];
  wantsContact: boolean;
  handler: string | null;
  createdAt: number;
  acknowledgedAt: number | null;
  dueAt: number;
  answeredAt: number | null;
  closedAt: number | null;
  action: string | null;
  satisfied: boolean | null;
  reopened: number;
}

/** What a complaint says, and what its person was told. */
export interface ComplaintWords {
  text: string | null;
  place: string | null;
  closingText: string | null;
}

/** Where the answer to a complaint stands. */
export const closingPlace = (number: string) => ({ table: 'complaints', row: number, column: 'closing_sealed' });

/** A complaint that the actor may see; null also where it exists. With `lock` nobody else changes it meanwhile. */
export async function findOpenTo(reader: Reader, actor: Actor, number: string, lock = false): Promise<ComplaintRecord | null> {
  const ids = await idsOf(reader, actor);
  const row = await reader.db
    .selectFrom('complaints')
    .selectAll()
    .where('number', '=', number)
    .where((eb) => isOpenTo(eb, actor, ids))
    .$if(lock && reader.dialect === 'postgres', (query) => query.forNoKeyUpdate())
    .executeTakeFirst();
  return row ? toRecord(row) : null;
}

/** Complaints that the actor may see: those that wait for an answer by their due date, then the others. */
export async function listOpenTo(
  reader: Reader,
  actor: Actor,
  filter: { state?: ComplaintTable['state'] | undefined; after?: string | undefined },
): Promise<{ complaints: ComplaintRecord[]; next: string | null }> {
  const ids = await idsOf(reader, actor);
  const rank = sql<number>`case when state in ('received', 'looking') then 0 when state = 'answered' then 1 else 2 end`;
  let query = reader.db
    .selectFrom('complaints')
    .selectAll()
    .select(rank.as('rank'))
    .where((eb) => isOpenTo(eb, actor, ids))
    .orderBy(rank)
    .orderBy('due_at')
    .orderBy('number')
    .limit(PAGE + 1);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  const after = /^([012])\.(\d{1,15})\.(Q-\d{4,8})$/.exec(filter.after ?? '');
  if (after) query = query.where(sql<SqlBool>`(${rank}, due_at, number) > (${Number(after[1])}, ${Number(after[2])}, ${after[3]})`);
  const rows = await query.execute();
  const page = rows.slice(0, PAGE);
  const last = page.at(-1);
  return { complaints: page.map(toRecord), next: last && rows.length > PAGE ? `${last.rank}.${last.due_at}.${last.number}` : null };
}

/** The words of a complaint; nothing where its key was destroyed. */
export async function openComplaintWords(reader: Reader, number: string): Promise<ComplaintWords> {
  const row = await reader.db.selectFrom('complaints').select(['sealed', 'closing_sealed']).where('number', '=', number).executeTakeFirst();
  const said = row?.sealed ? await reader.vault.openIfKept(complaintPlace(number), row.sealed) : null;
  const closingText = row?.closing_sealed ? await reader.vault.openIfKept(closingPlace(number), row.closing_sealed) : null;
  return { ...(said === null ? { text: null, place: null } : (JSON.parse(said) as Omit<ComplaintWords, 'closingText'>)), closingText };
}

/** Somebody begins to look into it. */
export async function takeUpComplaint(tx: Tx, number: string, handler: string): Promise<void> {
  await tx.db.updateTable('complaints').set({ state: 'looking', handler }).where('number', '=', number).execute();
}

/** Writes what was done. */
export async function answerComplaint(tx: Tx, number: string, answer: { action: string; text: string; now: number }): Promise<void> {
  const sealed = await tx.vault.seal(number, 'complaint', closingPlace(number), answer.text);
  await tx.db
    .updateTable('complaints')
    .set({ state: 'answered', answered_at: answer.now, action: answer.action, closing_sealed: sealed })
    .where('number', '=', number)
    .execute();
}

/**
 * The person says whether they are content with the answer: yes closes the complaint, the first no gives it to somebody else.
 * @returns false when the complaint has no answer any more, or is another person's
 */
export async function settleComplaint(tx: Tx, number: string, contactId: string, satisfied: boolean, now: number): Promise<boolean> {
  const row = await tx.db
    .selectFrom('complaints')
    .selectAll()
    .where('number', '=', number)
    .where('contact_id', '=', contactId)
    .where('state', '=', 'answered')
    .$if(tx.dialect === 'postgres', (query) => query.forNoKeyUpdate())
    .executeTakeFirst();
  if (!row) return false;
  const reopened = row.reopened ?? 0;
  const change = { satisfied: satisfied ? 1 : 0 };
  const again = { state: 'received' as const, reopened: reopened + 1, due_at: now + (row.due_at - row.created_at), reminded_at: null };
  await tx.db
    .updateTable('complaints')
    .set(satisfied || reopened > 0 ? change : { ...change, ...again })
    .where('number', '=', number)
    .execute();
  if (satisfied) await setComplaintState(tx, number, 'closed', now);
  return true;
}

/**
 * Takes complaints of which those who look into them must be reminded, and notes that they were: once when the answer is
 * overdue; every day while nobody has looked, if it is overdue or about staff.
 */
export async function claimOverdueComplaints(tx: Tx, now: number, limit: number): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('complaints')
    .select('number')
    .where('closed_at', 'is', null)
    .where('state', 'in', ['received', 'looking'])
    .where((eb) =>
      eb.or([
        eb.and([eb('due_at', '<=', now), eb.or([eb('reminded_at', 'is', null), eb('reminded_at', '<', eb.ref('due_at'))])]),
        eb.and([
          eb('state', '=', 'received'),
          eb.or([eb('sensitive', '=', 1), eb('due_at', '<=', now)]),
          eb(eb.fn.coalesce('reminded_at', 'created_at'), '<=', now - DAY_MS),
        ]),
      ]),
    )
    .orderBy('due_at')
    .limit(limit)
    .$if(tx.dialect === 'postgres', (query) => query.forNoKeyUpdate().skipLocked())
    .execute();
  const numbers = rows.map((row) => row.number);
  if (numbers.length > 0) await tx.db.updateTable('complaints').set({ reminded_at: now }).where('number', 'in', numbers).execute();
  return numbers;
}

/** Closes complaints whose answer is older than that: their people have had time to say that they are not content. */
export async function closeAnswered(tx: Tx, before: number, now: number, limit: number): Promise<number> {
  const rows = await tx.db
    .selectFrom('complaints')
    .select('number')
    .where('closed_at', 'is', null)
    .where('state', '=', 'answered')
    .where('answered_at', '<=', before)
    .orderBy('answered_at')
    .limit(limit)
    .$if(tx.dialect === 'postgres', (query) => query.forNoKeyUpdate().skipLocked())
    .execute();
  for (const { number } of rows) await setComplaintState(tx, number, 'closed', now);
  return rows.length;
}

/** Before the cases of people go, or the people themselves: their complaints keep in mind who had those cases. */
export async function keepConflicts(tx: Tx, contactIds: string[]): Promise<void> {
  if (contactIds.length === 0) return;
  const complaints = await tx.db
    .selectFrom('complaints')
    .select(['number', 'contact_id', 'conflicts'])
    .where('contact_id', 'in', contactIds)
    .execute();
  for (const { number, contact_id: contactId, conflicts } of complaints) {
    if (contactId === null) continue;
    const had = await whoHadCases(tx, contactId);
    const all = [...new Set([...(JSON.parse(conflicts ?? '[]') as string[]), ...had])].sort();
    await tx.db
      .updateTable('complaints')
      .set({ conflicts: JSON.stringify(all) })
      .where('number', '=', number)
      .execute();
  }
}

async function whoHadCases({ db }: Reader, contactId: string): Promise<string[]> {
  const assigned = await db.selectFrom('case_assignments').select('staff_id').where('contact_id', '=', contactId).execute();
  const cases = await db.selectFrom('cases').select(['assignee', 'closed_by']).where('contact_id', '=', contactId).execute();
  return [...assigned.map((row) => row.staff_id), ...cases.flatMap((row) => [row.assignee, row.closed_by])].filter((id) => id !== null);
}

/** Every name under which the actor may have had a case: the account, and the member in Slack that belongs to it. */
async function idsOf(reader: Reader, { id }: Actor): Promise<string[]> {
  const slack = (await loadStaff(reader, id))?.slackUser ?? null;
  return slack === null ? [id] : [id, slack, `slack:${slack}`];
}

function isOpenTo(eb: ExpressionBuilder<Schema, 'complaints'>, actor: Actor, ids: string[]) {
  const conflict = eb.or([
    eb.exists(
      eb
        .selectFrom('case_assignments')
        .select(eb.lit(1).as('one'))
        .whereRef('case_assignments.contact_id', '=', 'complaints.contact_id')
        .where('case_assignments.staff_id', 'in', ids),
    ),
    eb.exists(
      eb
        .selectFrom('cases')
        .select(eb.lit(1).as('one'))
        .whereRef('cases.contact_id', '=', 'complaints.contact_id')
        .where((inner) => inner.or([inner('cases.assignee', 'in', ids), inner('cases.closed_by', 'in', ids)])),
    ),
    ...ids.map((id) => eb(eb.fn.coalesce('conflicts', eb.val('')), 'like', `%${JSON.stringify(id)}%`)),
  ]);
  const sensitive = eb(eb.fn.coalesce('sensitive', 'private'), '=', 1);
  return eb.and([
    // The hotline's own: partners have no part in complaints about it.
    eb.lit(actor.organisationId === OWN_ORGANISATION),
    eb.or([
      eb.and([eb.not(sensitive), eb.lit(actor.permissions.has('complaint.handle'))]),
      eb.and([sensitive, eb.lit(actor.permissions.has('complaint.handle_sensitive')), eb.not(conflict)]),
    ]),
  ]);
}

function toRecord(row: Omit<ComplaintTable, 'sealed' | 'closing_sealed'>): ComplaintRecord {
  return {
    number: row.number,
    contactId: row.contact_id,
    conversationId: row.conversation_id,
    about: row.about,
    sensitive: (row.sensitive ?? row.private) === 1,
    state: row.state,
    wantsContact: row.wants_contact === 1,
    handler: row.handler,
    createdAt: row.created_at,
    acknowledgedAt: row.acknowledged_at,
    dueAt: row.due_at,
    answeredAt: row.answered_at,
    closedAt: row.closed_at,
    action: row.action,
    satisfied: row.satisfied === null ? null : row.satisfied === 1,
    reopened: row.reopened ?? 0,
  };
}
