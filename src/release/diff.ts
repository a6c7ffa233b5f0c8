// Tells what changed between two releases, entry by entry. Called by the command `diff`, by publishing and by the console.
// Compares values only: how they are written in their files does not count.
import { kindOf, partsOf } from './entry.ts';
import type { Entries, EntryAddress, EntryKind, Json } from './entry.ts';
import { sameJson } from './same-json.ts';

/** One entry that differs; without `before` it was added, without `after` removed. */
export interface EntryDifference {
  address: EntryAddress;
  kind: EntryKind;
  before?: Json;
  after?: Json;
}

/** All differences, by file, and within a file in its order; what was removed stands where it stood. */
export function diffEntries(before: Entries, after: Entries): EntryDifference[] {
  return addressesInOrder(before, after).flatMap((address) => {
    const old = before.get(address);
    const next = after.get(address);
    const kind = next?.kind ?? old?.kind ?? kindOf(address);
    if (kind === null || sameJson(old?.value, next?.value)) return [];
    return [{ address, kind, ...(old && { before: old.value }), ...(next && { after: next.value }) }];
  });
}

/** The addresses of both sides, each once: by file, in the order of the later side, the others after what they stood behind. */
export function addressesInOrder(earlier: Entries, later: Entries): EntryAddress[] {
  const old = byFile(earlier);
  const next = byFile(later);
  const files = [...new Set([...old.keys(), ...next.keys()])].toSorted((a, b) => (a < b ? -1 : 1));
  return files.flatMap((file) => weave(old.get(file) ?? [], next.get(file) ?? []));
}

function byFile(entries: Entries): Map<string, EntryAddress[]> {
  const files = new Map<string, EntryAddress[]>();
  for (const [address, { file }] of entries) {
    const list = files.get(file);
    if (list === undefined) files.set(file, [address]);
    else list.push(address);
  }
  return files;
}

function weave(old: readonly EntryAddress[], next: readonly EntryAddress[]): EntryAddress[] {
  const kept = new Set(next);
  const behind = new Map<EntryAddress | null, EntryAddress[]>();
  let last: EntryAddress | null = null;
  for (const address of old) {
    if (kept.has(address)) last = address;
    else behind.set(last, [...(behind.get(last) ?? []), address]);
  }
  return [...(behind.get(null) ?? []), ...next.flatMap((address) => [address, ...(behind.get(address) ?? [])])];
}

/** The file of an address without its folders and ending: the namespace of texts, the id of a flow. */
export function stemOf(address: EntryAddress): string {
  const name = partsOf(address).file.split('/').at(-1) ?? '';
  return name.replace(/\.(json|yaml)$/, '');
}
