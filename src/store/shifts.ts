// Shifts: the hours of staff at their desks, repeated weekly. Called by runtime/desk and by the API that manages them.
// What a shift means at an instant is desk/shifts.ts's business.
import type { Shift, Weekday } from '../domain/staff.ts';
import type { ShiftTable } from './desk-schema.ts';
import { noteDeskChange } from './desk-changes.ts';
import { statement } from './statement.ts';
import type { Reader, Tx } from './tx.ts';

const all = statement((db) => db.selectFrom('shifts').selectAll().orderBy('id'));

/** All shifts, by id. */
export async function listShifts(reader: Reader): Promise<Shift[]> {
  return (await all.all(reader, {})).map(toShift);
}

/** Writes a shift, new or changed. */
export async function saveShift(tx: Tx, shift: Shift): Promise<void> {
  const fields = {
    staff_id: shift.staffId,
    desk_id: shift.deskId,
    byday: JSON.stringify(shift.byday),
    starts_at: shift.startsAt,
    ends_at: shift.endsAt,
    valid_from: shift.validFrom,
    valid_to: shift.validTo,
  };
  await tx.db
    .insertInto('shifts')
    .values({ id: shift.id, ...fields })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(fields))
    .execute();
  await noteDeskChange(tx, 'shifts', null);
}

/** Removes a shift. False when there was none. */
export async function deleteShift(tx: Tx, id: string): Promise<boolean> {
  const result = await tx.db.deleteFrom('shifts').where('id', '=', id).executeTakeFirst();
  await noteDeskChange(tx, 'shifts', null);
  return result.numDeletedRows > 0n;
}

function toShift(row: ShiftTable): Shift {
  return {
    id: row.id,
    staffId: row.staff_id,
    deskId: row.desk_id,
    byday: JSON.parse(row.byday) as Weekday[],
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    validFrom: row.valid_from,
    validTo: row.valid_to,
  };
}
