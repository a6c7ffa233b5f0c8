// E-mail addresses of staff: sealed for whoever manages staff, and found by a keyed hash, which is what better-auth takes for
// the address. Used by http/auth and by the command `staff`. The clear address is never in a column, a log or an error.
import { createHmac } from 'node:crypto';
import type { Reader, Tx } from './tx.ts';

/** Purpose of the key that hashes addresses. */
const PURPOSE = 'staff addresses';

/** Where a member's address stands. */
export const staffAddressPlace = (id: string) => ({ table: 'staff', row: id, column: 'sealed' });

/** An address as it is compared: without case and outer blanks. */
export function normaliseAddress(address: string): string {
  return address.trim().normalize('NFC').toLowerCase();
}

/** Every hash under which an address may stand, the one for new rows first: those from before a rotation are still found. */
export function staffAddressHashes({ vault }: Pick<Reader, 'vault'>, address: string): [string, ...string[]] {
  const [newest, ...older] = vault.deriveKeys(PURPOSE, 0).map((key) => hash(key, address));
  return [newest ?? hash(vault.deriveKey(PURPOSE), address), ...older];
}

/** Seals a member's address. */
export async function saveStaffAddress(tx: Tx, id: string, address: string): Promise<void> {
  const sealed = await tx.vault.seal(id, 'staff', staffAddressPlace(id), normaliseAddress(address));
  await tx.db.updateTable('staff').set({ sealed }).where('id', '=', id).execute();
}

/** Addresses of members by their ids; one who has none is left out. */
export async function openStaffAddresses(reader: Reader, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await reader.db.selectFrom('staff').select(['id', 'sealed']).where('id', 'in', ids).execute();
  await reader.vault.prepareToOpen(rows.flatMap(({ sealed }) => sealed ?? []));
  const addresses = new Map<string, string>();
  for (const { id, sealed } of rows) {
    const address = sealed && (await reader.vault.openIfKept(staffAddressPlace(id), sealed));
    if (address) addresses.set(id, address);
  }
  return addresses;
}

/** A name and a host that cannot exist: nothing can be sent there. @see RFC 2606 */
function hash(key: Uint8Array, address: string): string {
  return `${createHmac('sha256', key).update(normaliseAddress(address)).digest('hex')}@staff.invalid`;
}
