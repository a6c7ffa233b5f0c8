// What stands in a draft, or in `current`, as the API tells it to somebody of the staff.
import type { StaffPerson } from './staff.ts';

/** The value of one entry, by its address; undefined where there is none. */
export async function entryValue(person: StaffPerson, source: string, address: string): Promise<unknown> {
  const file = address.slice(0, address.indexOf('#'));
  const { entries } = await person.call('readEntries', { params: { source }, query: { file } });
  return entries.find((entry) => entry.address === address)?.value;
}
