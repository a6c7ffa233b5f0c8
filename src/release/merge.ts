// Merges two sets of changes that began at the same release: what one side changed is taken, what both changed differently is a conflict
// for a person to decide. Called when a draft meets a newer release and by `import`. Decides by values, never by who or when.
import { addressesInOrder } from './diff.ts';
import { addressOf, kindOf, partsOf } from './entry.ts';
import type { Entries, EntryAddress, EntryChange, EntryKind, Json } from './entry.ts';
import { mergeOrder, putBack } from './merge-order.ts';
import { isJsonList, isJsonObject, sameJson } from './same-json.ts';
import type { JsonObject } from './same-json.ts';

/** An entry that both sides changed differently; a side without a value took it away, or never had it. */
export interface MergeConflict {
  address: EntryAddress;
  kind: EntryKind;
  base?: Json;
  mine?: Json;
  theirs?: Json;
}

interface Sides {
  base: Json | undefined;
  mine: Json | undefined;
  theirs: Json | undefined;
}

type Merged = { take: Json | undefined } | 'theirs' | 'conflict';

/**
 * What is left to do on top of `theirs` so that it holds the changes of both, and what a person has to decide.
 * Fields of one entry merge by themselves where the sides changed different ones; a step never does: whoever wrote it should see both.
 */
export function mergeChanges(base: Entries, mine: Entries, theirs: Entries): { changes: EntryChange[]; conflicts: MergeConflict[] } {
  const changes: EntryChange[] = [];
  const conflicts: MergeConflict[] = [];
  const addresses = [...new Set([...addressesInOrder(mine, theirs), ...base.keys()])];
  const contested = contestedFlows(addresses, base, mine, theirs);
  for (const address of addresses) {
    const kind = kindOf(address);
    if (kind === null) continue;
    const sides = sidesOf(address, base, mine, theirs);
    const { file } = partsOf(address);
    const merged = contested.has(file) ? decideTogether(sides) : mergeOne(address, kind, base, mine, theirs);
    if (merged === 'conflict') conflicts.push({ address, kind, ...defined(sides) });
    else if (merged !== 'theirs') changes.push({ address, value: merged.take });
  }
  return { changes, conflicts };
}

function mergeOne(address: EntryAddress, kind: EntryKind, base: Entries, mine: Entries, theirs: Entries): Merged {
  if (kind === 'review' && signsUnseen(address, base, mine, theirs)) return 'conflict';
  const sides = sidesOf(address, base, mine, theirs);
  return kind === 'flow_order' ? mergeSteps(address, sides, base, mine, theirs) : mergeEntry(address, kind, sides);
}

function decideTogether({ mine, theirs }: Sides): Merged {
  return sameJson(mine, theirs) ? 'theirs' : 'conflict';
}

function mergeEntry(address: EntryAddress, kind: EntryKind, { base, mine, theirs }: Sides): Merged {
  // That a step's id was written out, because steps came in before it, is no change of the step.
  const plain = (value: Json | undefined): Json | undefined => (kind === 'flow_step' ? withoutOwnId(address, value) : value);
  if (sameJson(plain(mine), plain(base)) || sameJson(plain(mine), plain(theirs))) return 'theirs';
  if (sameJson(plain(theirs), plain(base))) return { take: kind === 'flow_step' ? withIdOf(theirs, mine) : mine };
  if (kind === 'flow_step' || !isJsonObject(base) || !isJsonObject(mine) || !isJsonObject(theirs)) return 'conflict';
  if (kind === 'answer' && signsOtherContent(base, mine, theirs)) return 'conflict';
  const fields = mergeFields(base, mine, theirs);
  return fields === null ? 'conflict' : takeUnless(fields, theirs);
}

/** Merges the order of a flow's steps; a step that one side took away while the other changed it stays in it until that is decided. */
function mergeSteps(address: EntryAddress, sides: Sides, base: Entries, mine: Entries, theirs: Entries): Merged {
  const { base: order, mine: my, theirs: their } = sides;
  if (!isIds(order) || !isIds(my) || !isIds(their)) return mergeEntry(address, 'flow_order', sides);
  const disputed = order.filter((id) => {
    const step = addressOf(partsOf(address).file, `steps/${id}`);
    return mergeEntry(step, 'flow_step', sidesOf(step, base, mine, theirs)) === 'conflict';
  });
  const merged = mergeOrder(order, putBack(order, my, disputed), putBack(order, their, disputed));
  return merged === null ? 'conflict' : takeUnless(merged, their);
}

function sidesOf(address: EntryAddress, base: Entries, mine: Entries, theirs: Entries): Sides {
  return { base: base.get(address)?.value, mine: mine.get(address)?.value, theirs: theirs.get(address)?.value };
}

function takeUnless(value: Json, theirs: Json): Merged {
  return sameJson(value, theirs) ? 'theirs' : { take: value };
}

/** The object with the fields of both; null where both changed one field differently. */
function mergeFields(base: JsonObject, mine: JsonObject, theirs: JsonObject): JsonObject | null {
  const merged: [string, Json][] = [];
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const [old, my, their] = [own(base, key), own(mine, key), own(theirs, key)];
    const value = sameJson(my, old) ? their : my;
    if (!sameJson(my, old) && !sameJson(their, old) && !sameJson(my, their)) return null;
    if (value !== undefined) merged.push([key, value]);
  }
  return Object.fromEntries(merged);
}

/** Flows that one side took away while the other changed something in them: all of such a flow is decided together. */
function contestedFlows(addresses: readonly EntryAddress[], base: Entries, mine: Entries, theirs: Entries): Set<string> {
  const gone = (side: Entries, file: string): boolean => base.has(addressOf(file, 'order')) && !side.has(addressOf(file, 'order'));
  const files = new Set<string>();
  for (const address of addresses) {
    const { file } = partsOf(address);
    if (gone(mine, file) === gone(theirs, file)) continue;
    const kept = gone(mine, file) ? theirs : mine;
    if (!sameJson(kept.get(address)?.value, base.get(address)?.value)) files.add(file);
  }
  return files;
}

/** True where one side marks a text as reviewed while the other changed that text: nobody has reviewed what would come out. */
function signsUnseen(address: EntryAddress, base: Entries, mine: Entries, theirs: Entries): boolean {
  const { file, key } = partsOf(address);
  const text = /^texts\/([^:]+):(.+)$/s.exec(key);
  if (text === null) return false;
  const textAddress = addressOf(`${file.slice(0, file.lastIndexOf('/'))}/${text[1]}.json`, text[2] ?? '');
  const changed = (side: Entries, what: EntryAddress): boolean => !sameJson(side.get(what)?.value, base.get(what)?.value);
  const signed = (side: Entries): boolean => {
    const review = side.get(address)?.value;
    return changed(side, address) && isJsonObject(review) && own(review, 'state') === 'reviewed';
  };
  const sameText = sameJson(mine.get(textAddress)?.value, theirs.get(textAddress)?.value);
  return !sameText && ((signed(mine) && changed(theirs, textAddress)) || (signed(theirs) && changed(mine, textAddress)));
}

/** True where one side signs an answer while the other changes it. */
function signsOtherContent(base: JsonObject, mine: JsonObject, theirs: JsonObject): boolean {
  const signs = (side: JsonObject): boolean =>
    ['reviewed_by', 'reviewed_on'].some((key) => own(side, key) !== null && !sameJson(own(side, key), own(base, key)));
  const differs = (side: JsonObject): boolean => !sameJson(content(side), content(base));
  return !sameJson(content(mine), content(theirs)) && ((signs(mine) && differs(theirs)) || (signs(theirs) && differs(mine)));
}

/** An answer without what tells of its review. */
function content(answer: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(answer).filter(([key]) => !['reviewed_by', 'reviewed_on', 'review_by'].includes(key)));
}

function withoutOwnId(address: EntryAddress, value: Json | undefined): Json | undefined {
  if (!isJsonObject(value) || own(value, 'id') !== partsOf(address).key.replace(/^steps\//, '')) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'id'));
}

/** A step with its id written out where it is written out in the other. */
function withIdOf(other: Json | undefined, step: Json | undefined): Json | undefined {
  const id = isJsonObject(other) ? own(other, 'id') : undefined;
  return id === undefined || !isJsonObject(step) || Object.hasOwn(step, 'id') ? step : { id, ...step };
}

function isIds(value: Json | undefined): value is readonly string[] {
  return isJsonList(value) && value.every((id) => typeof id === 'string');
}

function own(value: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined;
}

function defined({ base, mine, theirs }: Sides): { base?: Json; mine?: Json; theirs?: Json } {
  return { ...(base !== undefined && { base }), ...(mine !== undefined && { mine }), ...(theirs !== undefined && { theirs }) };
}
