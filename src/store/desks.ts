// Desks: who shares a queue, hours and a time zone. Called by runtime/desk and by the API that manages them.
// Where the table is empty the release's settings make the one desk there is; see desk/opening.ts.
import type { DeskRecord } from '../domain/staff.ts';
import type { DeskTable } from './desk-schema.ts';
import { noteDeskChange } from './desk-changes.ts';
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';

const all = statement((db) => db.selectFrom('desks').selectAll().orderBy('id'));

/** All desks, by id. */
export async function listDesks(reader: Reader): Promise<DeskRecord[]> {
  return (await all.all(reader, {})).map(toDesk);
}

/** Writes a desk, new or changed. */
export async function saveDesk(tx: Tx, desk: DeskRecord): Promise<void> {
  const fields = {
    organisation_id: desk.organisationId,
    name: desk.name,
    timezone: desk.timezone,
    hours: JSON.stringify(desk.hours),
    holidays: JSON.stringify(desk.holidays),
    minutes_to_answer: desk.minutesToAnswer,
    topics: JSON.stringify(desk.topics),
    localities: JSON.stringify(desk.localities),
    auto_assign: desk.autoAssign ? 1 : 0,
  };
  await tx.db
    .insertInto('desks')
    .values({ id: desk.id, ...fields })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(fields))
    .execute();
  await noteDeskChange(tx, 'shifts', null);
}

function toDesk(row: DeskTable): DeskRecord {
  return {
    id: row.id,
    name: row.name,
    organisationId: row.organisation_id,
    timezone: row.timezone,
    hours: JSON.parse(row.hours) as DeskRecord['hours'],
    holidays: JSON.parse(row.holidays) as string[],
    minutesToAnswer: row.minutes_to_answer,
    topics: JSON.parse(row.topics) as string[],
    localities: JSON.parse(row.localities) as string[],
    autoAssign: row.auto_assign === 1,
  };
}
