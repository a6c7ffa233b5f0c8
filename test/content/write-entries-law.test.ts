// The law of writing entries, on the project's own content: what is written is what is read afterwards, and nothing else has moved.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSeq, parseDocument } from 'yaml';
import { kindOfFile, LIST_IDS, readEntries } from '../../src/content/entries.ts';
import { writeEntries } from '../../src/content/write-entries.ts';
import { addressOf, partsOf } from '../../src/release/entry.ts';
import type { Entries, Entry, EntryChange, Json } from '../../src/release/entry.ts';
import { contentTexts } from '../support/content-texts.ts';

const RUNS = 40;
const texts = contentTexts();
const entries = readEntries(texts);
const all = [...entries.values()];
const flows = Object.keys(texts).filter((path) => kindOfFile(path) === 'flow_order');
const ID_KEYS: Record<string, string> = LIST_IDS;
const lists = Object.keys(texts).filter((path) => (kindOfFile(path) ?? '') in ID_KEYS);

const words = fc.string({ unit: 'binary', maxLength: 30 });
/** As a file writes it: a zero below zero is a zero there. */
const anyJson = fc.jsonValue({ stringUnit: 'binary', maxDepth: 3 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);
const fields = fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), anyJson, { maxKeys: 4 });

/** A new value for an entry that may stand where it stands. */
function newValue({ kind, key, value }: Entry): fc.Arbitrary<Json> {
  const old = (typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}) as Record<string, Json>;
  const mixed = fc
    .tuple(fields, fc.subarray(Object.keys(old)))
    .map(([added, kept]) => ({ ...Object.fromEntries(Object.entries(old).filter(([name]) => kept.includes(name))), ...added }));
  if (kind === 'text') return fc.oneof(words, fc.array(words, { maxLength: 4 }));
  if (kind === 'transcript') return fc.array(anyJson, { maxLength: 5 }).map((added) => [...(value as Json[]).slice(1), ...added]);
  if (kind === 'flow_step')
    return mixed.map((object) =>
      Object.fromEntries([
        ...Object.entries(object).filter(([name]) => name !== 'id'),
        ...Object.entries(old).filter(([name]) => name === 'id'),
      ]),
    );
  if (kind in ID_KEYS) return mixed.map((object) => ({ ...object, [ID_KEYS[kind] ?? '']: key }));
  if (kind === 'review') return key === 'default' ? words : fields;
  return fc.oneof(anyJson, mixed);
}

const changed = fc
  .constantFrom(...all.filter(({ kind }) => kind !== 'flow_order'))
  .chain((entry) => fc.tuple(fc.constant(entry), fc.option(newValue(entry), { nil: undefined, freq: 4 })))
  .map(([{ file, key }, value]): EntryChange => ({ address: addressOf(file, key), value }));
const listed = fc.oneof(
  fc.tuple(fc.constantFrom(...lists), fields).map(([file, value]): EntryChange => {
    const key = 'Zz9';
    return { address: addressOf(file, key), value: { ...value, [ID_KEYS[kindOfFile(file) ?? ''] ?? '']: key } };
  }),
  fc
    .constantFrom(...all.filter(({ file }) => lists.includes(file)))
    .map(({ file, key }): EntryChange => ({ address: addressOf(file, key), value: undefined })),
  fc
    .constantFrom(...all.filter(({ file }) => lists.includes(file)))
    .chain((entry) => newValue(entry).map((value): EntryChange => ({ address: addressOf(entry.file, entry.key), value }))),
);

/** A flow with steps taken away, put in and moved. */
const reordered = fc.constantFrom(...flows).chain((file) => {
  const order = entries.get(addressOf(file, 'order'))?.value as string[];
  return fc
    .tuple(
      fc.subarray(order, { maxLength: 2 }),
      fc.array(fc.constantFrom<Json>({ say: 'zz' }, { end: 'silent' }, { directory: { topic: 'EDU' } }), { maxLength: 2 }),
    )
    .chain(([removed, added]) => {
      const news = added.map((value, index) => ({ id: `zz_${index}`, value }));
      const ids = [...order.filter((id) => !removed.includes(id)), ...news.map(({ id }) => id)];
      const moves = fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { maxLength: 3 });
      return moves.map((pairs): EntryChange[] => {
        const moved = [...ids];
        for (const [from, to] of pairs) moved.splice(to % (ids.length || 1), 0, ...moved.splice(from % (ids.length || 1), 1));
        return [
          ...removed.map((id) => ({ address: addressOf(file, `steps/${id}`), value: undefined })),
          ...news.map(({ id, value }) => ({ address: addressOf(file, `steps/${id}`), value })),
          { address: addressOf(file, 'order'), value: moved },
        ];
      });
    });
});

/** What the changes mean, without files: what is read afterwards must say the same. */
function applied(before: Entries, changes: readonly EntryChange[]): Map<string, Json> {
  const result = plain(before);
  for (const { address, value } of changes) {
    const { file, key } = partsOf(address);
    const order = result.get(addressOf(file, 'order')) as string[] | undefined;
    if (value === undefined) result.delete(address);
    else result.set(address, value);
    const id = key.replace('steps/', '');
    if (id === key || order === undefined) continue;
    const others = order.filter((other) => other !== id);
    result.set(addressOf(file, 'order'), value === undefined ? others : order.includes(id) ? order : [...order, id]);
  }
  return result;
}

/** Steps without the id that they have anyway: writing it out is what keeps addresses. */
function comparable(address: string, value: Json | undefined): Json | undefined {
  if (!address.includes('#steps/') || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { id, ...rest } = value as Record<string, Json>;
  return id === undefined || id === address.split('#steps/')[1] ? rest : value;
}

function plain(found: Entries): Map<string, Json> {
  return new Map([...found].map(([address, { value }]) => [address, value]));
}

function values(map: Map<string, Json>): [string, Json | undefined][] {
  return [...map]
    .map(([address, value]): [string, Json | undefined] => [address, comparable(address, value)])
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** The lines of each item of a file's list, by its address. */
function itemSources(path: string, text: string): Map<string, string> {
  const doc = parseDocument(text);
  const seq = kindOfFile(path) === 'flow_order' ? doc.get('steps') : kindOfFile(path) === 'language' ? doc.get('languages') : doc.contents;
  const keys = [...readEntries({ [path]: text }).values()]
    .filter(({ kind }) => !['flow_order', 'flow_head'].includes(kind))
    .map(({ key }) => key);
  const nodes = isSeq(seq) ? seq.items : [];
  return new Map(
    nodes.map((node, index) => {
      const [start, end] = (node as { range: [number, number] }).range;
      return [addressOf(path, keys[index] ?? ''), text.slice(start, end).replace(/(\n\s*(#[^\n]*)?)+$/, '')];
    }),
  );
}

/** The first line of each key of a JSON file that is not among the changes. */
function linesOfKeys(path: string, text: string, changed: ReadonlySet<string>): Record<string, string> {
  const lines = [...text.matchAll(/^  ("(?:[^"\\]|\\.)*"): (.*?),?$/gm)].map(([, key = '', rest = '']): [string, string] => [
    String(JSON.parse(key)),
    rest,
  ]);
  return Object.fromEntries(lines.filter(([key]) => !changed.has(addressOf(path, key)) && key !== 'texts'));
}

function comments(text: string): string[] {
  return (text.match(/^\s*#.*$/gm) ?? []).map((line) => line.trim()).toSorted();
}

function checkLaw(changes: readonly EntryChange[]): void {
  const written = writeEntries(texts, changes);
  const touched = new Set(changes.map(({ address }) => partsOf(address).file));
  const of = (files: Record<string, string>) => Object.fromEntries(Object.entries(files).filter(([path]) => touched.has(path)));
  const before = new Map([...entries].filter(([, { file }]) => touched.has(file)));
  expect(values(plain(readEntries(of(written))))).toEqual(values(applied(before, changes)));
  for (const path of new Set([...Object.keys(texts), ...Object.keys(written)]))
    if (!touched.has(path)) expect(written[path]).toBe(texts[path]);
  const ofChanges = new Set(changes.map(({ address }) => address));
  const removes = new Set(changes.filter(({ value }) => value === undefined).map(({ address }) => partsOf(address).file));
  for (const path of touched) {
    const [old, text] = [texts[path], written[path]];
    if (old === undefined || text === undefined) continue;
    if (path.endsWith('.json'))
      expect(linesOfKeys(path, text, ofChanges)).toEqual(expect.objectContaining(linesOfKeys(path, old, ofChanges)));
    if (path.endsWith('.json') || path.startsWith('test/')) continue;
    const sources = itemSources(path, text);
    for (const [address, source] of itemSources(path, old)) {
      if (ofChanges.has(address)) continue;
      const id = address.split('#steps/')[1] ?? '';
      const withoutId = sources.get(address)?.replace(source.startsWith('{') ? `id: ${id}, ` : new RegExp(`^id: ${id}\\n +`), '');
      expect([address, source.startsWith(`id: ${id}`) || source.startsWith(`{ id: ${id}`) ? sources.get(address) : withoutId]).toEqual([
        address,
        source,
      ]);
    }
    const onlyMoves =
      !removes.has(path) &&
      changes.every(({ address }) => partsOf(address).file !== path || !entries.has(address) || address.endsWith('#order'));
    if (onlyMoves) expect(comments(text)).toEqual(comments(old));
  }
}

describe('what is written is what is read, and nothing else has moved', () => {
  it('for single texts, answers, places, steps, words and settings', () => {
    fc.assert(fc.property(fc.uniqueArray(changed, { selector: ({ address }) => address, maxLength: 6 }), checkLaw), { numRuns: RUNS });
  });
  it('for lists whose entries come, go and change', () => {
    fc.assert(fc.property(fc.uniqueArray(listed, { selector: ({ address }) => address, maxLength: 5 }), checkLaw), { numRuns: RUNS / 2 });
  });
  it('for flows whose steps come, go and move', () => {
    fc.assert(fc.property(reordered, checkLaw), { numRuns: RUNS });
  });
  it('for what is put in and taken away again: it leaves no trace', () => {
    const news: EntryChange[] = [
      ...lists.map((file): EntryChange => ({
        address: addressOf(file, 'Zz9'),
        value: { [ID_KEYS[kindOfFile(file) ?? ''] ?? '']: 'Zz9', more: ['x'] },
      })),
      ...flows.flatMap((file): EntryChange[] => [
        { address: addressOf(file, 'steps/zz_9'), value: { id: 'zz_9', end: 'silent' } },
        { address: addressOf(file, 'head/zz'), value: { a: 1 } },
      ]),
      ...Object.keys(texts)
        .filter((path) => ['text', 'words', 'setting'].includes(kindOfFile(path) ?? ''))
        .map((file): EntryChange => ({ address: addressOf(file, 'zz'), value: ['a', 'b'] })),
    ];
    const more = writeEntries(texts, news);
    expect(Object.keys(more).filter((path) => more[path] !== texts[path]).length).toBeGreaterThan(200);
    expect(
      writeEntries(
        more,
        news.map(({ address }) => ({ address, value: undefined })),
      ),
    ).toEqual(texts);
  });
  it('for everything that is taken away, and put back', () => {
    const gone = all.map(({ file, key }) => ({ address: addressOf(file, key), value: undefined }));
    const empty = writeEntries(texts, gone);
    expect(readEntries(empty).size).toBe(0);
    expect(Object.keys(empty).filter((path) => ['flow_order', 'transcript'].includes(kindOfFile(path) ?? ''))).toEqual([]);
    const again = readEntries(
      writeEntries(
        empty,
        [...entries].map(([address, { value }]) => ({ address, value })),
      ),
    );
    expect(values(plain(again))).toEqual(values(plain(entries)));
  });
});
