// Referrals: codes in the open, words sealed under their case's key. Consents stand in referral-consents.ts.
// Called by runtime/desk/referrals.ts. Who may see which is part of the query: the own desk, or what was sent to the own organisation.
import type { ExpressionBuilder } from 'kysely';
import { DISCLOSED, type ReferralRecord, type ReferralState, type ReferralWords } from '../domain/referral.ts';
import { OWN_ORGANISATION, type Actor } from '../domain/staff.ts';
import type { ReferralTable } from './desk-schema.ts';
import type { Schema } from './schema.ts';
import type { Reader, Tx } from './tx.ts';

const PAGE = 50;
const SHORT_NUMBERS = 6;

/** Where a referral's words stand. */
export const referralPlace = (id: string) => ({ table: 'referrals', row: id, column: 'sealed' });

/** On whose behalf it is looked at: of the desk that sends, or of the organisation that receives. */
export type ReferralBox = 'sent' | 'received';

type NewReferral = Omit<ReferralRecord, 'number' | 'version'>;

/**
 * Writes a new referral under a number that nobody has.
 * @param draw gives a number of so many digits
 * @param wordsFor its words, once the number is known
 */
export async function addReferral(
  tx: Tx,
  referral: NewReferral,
  draw: (digits: number) => string,
  wordsFor: (number: string) => ReferralWords,
): Promise<ReferralRecord> {
  for (let attempt = 0; ; attempt++) {
    const record = { ...referral, number: draw(attempt < SHORT_NUMBERS ? 4 : 6), version: 1 };
    const sealed = await seal(tx, record.id, record.caseId, wordsFor(record.number));
    const { numInsertedOrUpdatedRows } = await tx.db
      .insertInto('referrals')
      .values(toRow(record, sealed))
      .onConflict((conflict) => conflict.column('number').doNothing())
      .executeTakeFirst();
    if (numInsertedOrUpdatedRows === 1n) return record;
  }
}

/** A referral by its id, whoever asks. With `lock` nobody else changes it until the transaction ends. */
export async function loadReferral(reader: Reader, id: string, lock = false): Promise<ReferralRecord | null> {
  const row = await reader.db
    .selectFrom('referrals')
    .selectAll()
    .where('id', '=', id)
    .$if(lock && reader.dialect === 'postgres', (query) => query.forNoKeyUpdate())
    .executeTakeFirst();
  return row ? toRecord(row) : null;
}

/** A referral that the actor may see in this box; null also where it exists. */
export async function findReferral(reader: Reader, actor: Actor, box: ReferralBox, id: string): Promise<ReferralRecord | null> {
  const row = await reader.db
    .selectFrom('referrals')
    .selectAll()
    .where('id', '=', id)
    .where((eb) => mayShow(eb, actor, box))
    .executeTakeFirst();
  return row ? toRecord(row) : null;
}

/** Referrals of a box, newest first, a page at a time. */
export async function listReferrals(
  reader: Reader,
  actor: Actor,
  box: ReferralBox,
  filter: { state?: ReferralState | undefined; caseId?: string | undefined; after?: string | undefined },
): Promise<{ referrals: ReferralRecord[]; next: string | null }> {
  let query = reader.db
    .selectFrom('referrals')
    .selectAll()
    .where((eb) => mayShow(eb, actor, box))
    .orderBy('id', 'desc')
    .limit(PAGE + 1);
  if (filter.state !== undefined) query = query.where('state', '=', filter.state);
  if (filter.caseId !== undefined) query = query.where('case_id', '=', filter.caseId);
  if (filter.after !== undefined) query = query.where('id', '<', filter.after);
  const rows = await query.execute();
  const page = rows.slice(0, PAGE);
  return { referrals: page.map(toRecord), next: rows.length > PAGE ? (page.at(-1)?.id ?? null) : null };
}

/** What a referral says in words; nothing where the key or the words are gone. */
export async function openWords(reader: Reader, id: string): Promise<ReferralWords> {
  const row = await reader.db.selectFrom('referrals').select('sealed').where('id', '=', id).executeTakeFirst();
  const text = row?.sealed ? await reader.vault.openIfKept(referralPlace(id), row.sealed) : null;
  return text === null ? { values: {}, reason: null, declineReason: null, barrier: null } : (JSON.parse(text) as ReferralWords);
}

/** Changes a referral that was read under its lock. */
export async function changeReferral(
  tx: Tx,
  before: ReferralRecord,
  change: Partial<Omit<ReferralRecord, 'id' | 'number' | 'version'>>,
  words?: ReferralWords | null,
): Promise<ReferralRecord> {
  const next = { ...before, ...change, version: before.version + 1 };
  const sealed = words ? await seal(tx, next.id, next.caseId, words) : null;
  const { id: _, number: __, sealed: ___, ...columns } = toRow(next, null);
  await tx.db
    .updateTable('referrals')
    .set({ ...columns, ...(words === undefined ? {} : { sealed }) })
    .where('id', '=', before.id)
    .execute();
  return next;
}

/** Takes those whose partner's word is overdue and of which nobody was reminded yet, and notes that they were. */
export async function claimOverdueReferrals(tx: Tx, now: number, limit: number): Promise<ReferralRecord[]> {
  const rows = await tx.db
    .selectFrom('referrals')
    .selectAll()
    .where('due_at', '<=', now)
    .where('closed_at', 'is', null)
    .where('reminded_at', 'is', null)
    .where('state', 'in', ['sent', 'received', 'accepted'])
    .orderBy('due_at')
    .limit(limit)
    .$if(tx.dialect === 'postgres', (query) => query.forNoKeyUpdate().skipLocked())
    .execute();
  const ids = rows.map((row) => row.id);
  if (ids.length > 0) await tx.db.updateTable('referrals').set({ reminded_at: now }).where('id', 'in', ids).execute();
  return rows.map(toRecord);
}

/**
 * The boundary. Received: sent to the own organisation, and not before it was sent. Sent: by the own organisation, of a case of
 * the own desks, and where referral or case is private only for those who may read such cases.
 */
function mayShow(eb: ExpressionBuilder<Schema, 'referrals'>, actor: Actor, box: ReferralBox) {
  if (box === 'received') {
    const may = eb.lit(actor.permissions.has('referral.read'));
    return eb.and([eb('to_organisation_id', '=', actor.organisationId), eb('sent_at', 'is not', null), may]);
  }
  const readsPrivate = actor.permissions.has('case.read_private');
  const ownCase = eb
    .selectFrom('cases')
    .select(eb.lit(1).as('one'))
    .whereRef('cases.id', '=', 'referrals.case_id')
    .where((of) => of.or([of('cases.private', '=', 0), of.lit(readsPrivate)]))
    .where((of) =>
      of.or([
        ...(actor.organisationId === OWN_ORGANISATION ? [of('cases.desk_id', 'is', null)] : []),
        of('cases.assignee', '=', actor.id),
        ...(actor.deskIds.length > 0 ? [of('cases.desk_id', 'in', actor.deskIds)] : []),
      ]),
    );
  return eb.and([
    eb('from_organisation_id', '=', actor.organisationId),
    eb.lit(actor.permissions.has('case.read')),
    eb.or([eb('private', '=', 0), eb.lit(readsPrivate)]),
    eb.exists(ownCase),
  ]);
}

/** Whether a partner sees what it holds: it was sent, and is not taken back. */
export function isDisclosed({ state, sentAt }: ReferralRecord): boolean {
  return sentAt !== null && (DISCLOSED.includes(state) || state === 'closed');
}

function seal({ vault }: Tx, id: string, caseId: string, words: ReferralWords): Promise<Buffer> {
  return vault.seal(caseId, 'case', referralPlace(id), JSON.stringify(words));
}

function toRow(referral: ReferralRecord, sealed: Uint8Array | null): ReferralTable {
  return {
    id: referral.id,
    number: referral.number,
    case_id: referral.caseId,
    contact_id: referral.contactId,
    from_organisation_id: referral.fromOrganisationId,
    from_desk_id: referral.fromDeskId,
    to_organisation_id: referral.toOrganisationId,
    service: referral.service,
    services: JSON.stringify(referral.services),
    items: JSON.stringify([...referral.items].sort()),
    priority: referral.priority,
    private: referral.private ? 1 : 0,
    state: referral.state,
    sealed,
    outcome: referral.outcome,
    created_by: referral.createdBy,
    created_at: referral.createdAt,
    sent_at: referral.sentAt,
    received_at: referral.receivedAt,
    answered_at: referral.answeredAt,
    due_at: referral.dueAt,
    reminded_at: referral.remindedAt,
    closed_at: referral.closedAt,
    version: referral.version,
  };
}

/** A row as the rest of the program sees it, without its words. */
export function toRecord(row: Omit<ReferralTable, 'sealed'>): ReferralRecord {
  return {
    id: row.id,
    number: row.number,
    caseId: row.case_id,
    contactId: row.contact_id,
    fromOrganisationId: row.from_organisation_id,
    fromDeskId: row.from_desk_id,
    toOrganisationId: row.to_organisation_id,
    service: row.service,
    services: JSON.parse(row.services) as string[],
    items: JSON.parse(row.items) as ReferralRecord['items'],
    priority: row.priority,
    private: row.private === 1,
    state: row.state as ReferralState,
    outcome: row.outcome,
    createdBy: row.created_by,
    createdAt: row.created_at,
    sentAt: row.sent_at,
    receivedAt: row.received_at,
    answeredAt: row.answered_at,
    dueAt: row.due_at,
    remindedAt: row.reminded_at,
    closedAt: row.closed_at,
    version: row.version,
  };
}
