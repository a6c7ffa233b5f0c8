// Organisations: the one that runs the hotline, and its partners. Called by http/api, by routing and by the command `staff`.
import { OWN_ORGANISATION } from '../domain/staff.ts';
import type { Reader, Tx } from './tx.ts';

export interface Organisation {
  id: string;
  name: string;
  partner: boolean;
  active: boolean;
}

/** All organisations, by name. */
export async function listOrganisations(reader: Reader): Promise<Organisation[]> {
  const rows = await reader.db.selectFrom('organisations').selectAll().orderBy('name').orderBy('id').execute();
  return rows.map((row) => ({ id: row.id, name: row.name, partner: row.partner === 1, active: row.active === 1 }));
}

/** One organisation; null when there is none of that id. */
export async function loadOrganisation(reader: Reader, id: string): Promise<Organisation | null> {
  return (await listOrganisations(reader)).find((organisation) => organisation.id === id) ?? null;
}

/** Writes an organisation, new or changed. */
export async function saveOrganisation(tx: Tx, { id, name, partner, active }: Organisation): Promise<void> {
  const fields = { name, partner: partner ? 1 : 0, active: active ? 1 : 0 };
  await tx.db
    .insertInto('organisations')
    .values({ id, ...fields })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(fields))
    .execute();
}

/** Makes the own organisation where there is none yet. */
export async function ensureOwnOrganisation(tx: Tx): Promise<void> {
  await tx.db
    .insertInto('organisations')
    .values({ id: OWN_ORGANISATION, name: 'Hotline', partner: 0, active: 1 })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}
