// Two sides change one release: what does not meet is merged, what meets is left to a person.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEntries } from '../../src/content/entries.ts';
import { writeEntries } from '../../src/content/write-entries.ts';
import { kindOf, partsOf } from '../../src/release/entry.ts';
import type { Entries, EntryChange, Json } from '../../src/release/entry.ts';
import { mergeOrder } from '../../src/release/merge-order.ts';
import { mergeChanges } from '../../src/release/merge.ts';
import { sameJson } from '../../src/release/same-json.ts';

const texts = {
  'flows/school.yaml': 'topic: EDU\nsteps:\n  - ask: age\n  - directory: { topic: EDU }\n  - say: words\n  - id: done\n    end: silent\n',
  'flows/answers/a.yaml':
    '- id: Q1\n  topic: A\n  source: one\n  reviewed_by: null\n  reviewed_on: null\n  review_by: x\n- id: Q2\n  topic: B\n  source: two\n',
  'flows/settings/hotline.yaml': 'id: demo\nlimits: { a: 1, b: 2 }\nlanguages: [es, en]\n',
  'locales/es/school.json': '{ "age": "¿Edad?", "words": "Palabras", "words.synonyms": ["x"] }\n',
  'locales/es/review.json': '{ "default": "drafted", "texts": { "school:age": { "state": "drafted" } } }\n',
};
const base = readEntries(texts);
const FLOW = 'flows/school.yaml';

type Changes = Record<string, Json | undefined>;

function list(changes: Changes): EntryChange[] {
  return Object.entries(changes).map(([address, value]) => ({ address, value }));
}

/** The entries of a side that made these changes. */
function side(changes: Changes): Entries {
  return readEntries(writeEntries(texts, list(changes)));
}

function merge(mine: Changes, theirs: Changes) {
  const merged = mergeChanges(base, side(mine), side(theirs));
  const result = readEntries(writeEntries(writeEntries(texts, list(theirs)), merged.changes));
  return {
    ...merged,
    at: (address: string): Json | undefined => result.get(address)?.value,
    conflicted: merged.conflicts.map(({ address }) => address),
  };
}

const value = (address: string): Json => base.get(address)?.value ?? null;
const withField = (address: string, fields: Record<string, Json>): Json => ({ ...(value(address) as Record<string, Json>), ...fields });

describe('what only one side changed', () => {
  it('is taken', () => {
    const merged = merge(
      { 'locales/es/school.json#age': 'Mine', 'flows/answers/a.yaml#Q2': undefined, 'flows/answers/a.yaml#Q3': { id: 'Q3' } },
      { 'locales/es/school.json#words': 'Theirs', 'flows/answers/a.yaml#Q4': { id: 'Q4' } },
    );
    expect(merged.conflicts).toEqual([]);
    expect(merged.changes).toEqual(
      list({ 'flows/answers/a.yaml#Q3': { id: 'Q3' }, 'flows/answers/a.yaml#Q2': undefined, 'locales/es/school.json#age': 'Mine' }),
    );
    expect(merged.at('locales/es/school.json#words')).toBe('Theirs');
    expect(merged.at('flows/answers/a.yaml#Q4')).toEqual({ id: 'Q4' });
  });
  it('leaves nothing to do where it is theirs, or where both did the same', () => {
    expect(merge({}, { 'locales/es/school.json#age': 'Theirs', [`${FLOW}#steps/words`]: undefined }).changes).toEqual([]);
    const same = { 'locales/es/school.json#age': 'Same', 'flows/answers/a.yaml#Q1': undefined, 'flows/answers/a.yaml#Q9': { id: 'Q9' } };
    expect(merge(same, same)).toMatchObject({ changes: [], conflicts: [] });
  });
});

describe('what both sides changed', () => {
  it('is a conflict for a text, a list of words and what one took away', () => {
    const merged = merge(
      {
        'locales/es/school.json#age': 'Mine',
        'locales/es/school.json#words.synonyms': ['x', 'm'],
        'locales/es/school.json#words': undefined,
      },
      {
        'locales/es/school.json#age': 'Theirs',
        'locales/es/school.json#words.synonyms': ['x', 't'],
        'locales/es/school.json#words': 'Theirs',
      },
    );
    expect(merged.changes).toEqual([]);
    expect(merged.conflicts).toEqual([
      { address: 'locales/es/school.json#age', kind: 'text', base: '¿Edad?', mine: 'Mine', theirs: 'Theirs' },
      { address: 'locales/es/school.json#words', kind: 'text', base: 'Palabras', theirs: 'Theirs' },
      { address: 'locales/es/school.json#words.synonyms', kind: 'text', base: ['x'], mine: ['x', 'm'], theirs: ['x', 't'] },
    ]);
  });
  it('merges by field where the fields are different ones', () => {
    const Q2 = 'flows/answers/a.yaml#Q2';
    const limits = 'flows/settings/hotline.yaml#limits';
    const merged = merge(
      { [Q2]: withField(Q2, { source: 'mine', extra: 1 }), [limits]: { a: 5, b: 2 } },
      { [Q2]: withField(Q2, { topic: 'C' }), [limits]: { a: 1, c: 3 } },
    );
    expect(merged.conflicts).toEqual([]);
    expect(merged.at(Q2)).toEqual({ id: 'Q2', topic: 'C', source: 'mine', extra: 1 });
    expect(merged.at(limits)).toEqual({ a: 5, c: 3 });
    expect(merge({ [Q2]: withField(Q2, { source: 'mine' }) }, { [Q2]: withField(Q2, { source: 'theirs' }) }).conflicted).toEqual([Q2]);
    expect(merge({ 'flows/answers/a.yaml#Q9': { id: 'Q9', a: 1 } }, { 'flows/answers/a.yaml#Q9': { id: 'Q9', b: 1 } }).conflicted).toEqual([
      'flows/answers/a.yaml#Q9',
    ]);
  });
  it('is a conflict for a step, even in different fields', () => {
    const step = `${FLOW}#steps/words`;
    const merged = merge({ [step]: { say: 'words', when: 'a' } }, { [step]: { say: 'words', next: 'done' } });
    expect(merged.conflicts).toEqual([
      {
        address: step,
        kind: 'flow_step',
        base: { say: 'words' },
        mine: { say: 'words', when: 'a' },
        theirs: { say: 'words', next: 'done' },
      },
    ]);
    expect(merge({ [step]: undefined }, { [step]: { say: 'words', when: 'a' } }).conflicted).toEqual([step]);
    expect(merge({ [step]: { say: 'words', when: 'a' } }, { [step]: undefined }).conflicted).toEqual([step]);
  });
});

describe('a signature covers only what was signed', () => {
  it('so a text that one side reviews while the other changes it is a conflict', () => {
    const review = 'locales/es/review.json#texts/school:age';
    const signed = { [review]: { state: 'reviewed', by: 'Ana' } };
    expect(merge(signed, { 'locales/es/school.json#age': 'Theirs' }).conflicted).toEqual([review]);
    expect(merge({ 'locales/es/school.json#age': 'Mine' }, signed).conflicted).toEqual([review]);
    expect(merge({ ...signed, 'locales/es/school.json#age': 'Mine' }, { 'locales/es/school.json#words': 'x' }).conflicts).toEqual([]);
    expect(merge(signed, { 'locales/es/school.json#words': 'Other' }).conflicts).toEqual([]);
    expect(merge({ [review]: { state: 'machine-drafted' } }, { 'locales/es/school.json#age': 'x' }).conflicts).toEqual([]);
  });
  it('so an answer that one side signs while the other changes it is a conflict', () => {
    const Q1 = 'flows/answers/a.yaml#Q1';
    const signed = { [Q1]: withField(Q1, { reviewed_by: 'Ana', reviewed_on: '2027-01-01' }) };
    expect(merge(signed, { [Q1]: withField(Q1, { source: 'new' }) }).conflicted).toEqual([Q1]);
    expect(merge({ [Q1]: withField(Q1, { source: 'new' }) }, signed).conflicted).toEqual([Q1]);
    expect(merge(signed, { [Q1]: withField(Q1, { review_by: 'y' }) }).conflicts).toEqual([]);
  });
});

describe('the steps of a flow', () => {
  const order = value(`${FLOW}#order`) as string[];
  const put = (id: string, at: number): Changes => ({
    [`${FLOW}#steps/${id}`]: { id, say: id },
    [`${FLOW}#order`]: order.toSpliced(at, 0, id),
  });
  it('come in from both sides', () => {
    const merged = merge(put('mine', 1), put('theirs', 3));
    expect(merged.conflicts).toEqual([]);
    expect(merged.at(`${FLOW}#order`)).toEqual(['age', 'mine', 'directory_2', 'words', 'theirs', 'done']);
    expect(merge(put('mine', 1), put('theirs', 1)).at(`${FLOW}#order`)).toEqual(['age', 'theirs', 'mine', 'directory_2', 'words', 'done']);
  });
  it('are no conflict where one side only wrote the id of a step out', () => {
    const step = `${FLOW}#steps/directory_2`;
    const changed = { [step]: { directory: { topic: 'NEW' } } };
    for (const merged of [merge(changed, put('theirs', 0)), merge(put('mine', 0), changed)]) {
      expect(merged.conflicts).toEqual([]);
      expect(merged.at(step)).toEqual({ id: 'directory_2', directory: { topic: 'NEW' } });
    }
    expect(merge(changed, put('theirs', 0)).changes).toEqual(list({ [step]: { id: 'directory_2', directory: { topic: 'NEW' } } }));
    expect(merge({ [step]: undefined }, put('theirs', 0))).toMatchObject({ conflicts: [] });
  });
  it('keep the place of a step that one took away and the other changed, however that is decided', () => {
    const step = `${FLOW}#steps/words`;
    const changed = { [step]: { say: 'words', when: 'a' } };
    for (const [mine, theirs] of [
      [changed, { [step]: undefined }],
      [{ [step]: undefined }, changed],
    ] as const) {
      const { changes, conflicts } = mergeChanges(base, side(mine), side(theirs));
      expect(conflicts.map(({ address }) => address)).toEqual([step]);
      const result = (decided: Json | undefined) =>
        readEntries(writeEntries(writeEntries(texts, list(theirs)), [...changes, { address: step, value: decided }])).get(`${FLOW}#order`)
          ?.value;
      expect(result({ say: 'words', when: 'a' })).toEqual(order);
      expect(result(undefined)).toEqual(['age', 'directory_2', 'done']);
    }
  });
  it('are decided together where one side took the flow away and the other changed it', () => {
    const gone = Object.fromEntries(
      [...base.keys()].filter((address) => address.startsWith(`${FLOW}#`)).map((address) => [address, undefined]),
    );
    const changed = { [`${FLOW}#steps/words`]: { say: 'words', next: 'done' }, 'locales/es/school.json#age': 'x' };
    const merged = merge(gone, changed);
    expect(merged.changes).toEqual([]);
    expect(merged.conflicted.toSorted()).toEqual(Object.keys(gone).toSorted());
    expect(merge(changed, gone).conflicted.toSorted()).toEqual(Object.keys(gone).toSorted());
    expect(merge(gone, { 'locales/es/school.json#age': 'x' })).toMatchObject({ conflicts: [] });
    expect(merge(gone, gone)).toMatchObject({ changes: [], conflicts: [] });
  });
});

describe('orders', () => {
  const merged = (base: string, mine: string, theirs: string): string | null =>
    mergeOrder([...base], [...mine], [...theirs])?.join('') ?? null;
  it.each([
    ['one side moves', 'abcd', 'bcda', 'abcd', 'bcda'],
    ['one moves, the other adds', 'abcd', 'bcda', 'abxcd', 'bxcda'],
    ['one moves, the other removes', 'abcd', 'bcda', 'abd', 'bda'],
    ['one removes what the other moves', 'abcd', 'bcd', 'bcda', 'bcd'],
    ['both move different ones', 'abcdef', 'bacdef', 'abcdfe', 'bacdfe'],
    ['both move the same way', 'abcd', 'dabc', 'dabc', 'dabc'],
    ['both add at the beginning', 'ab', 'xab', 'yab', 'yxab'],
    ['both add the same', 'ab', 'axb', 'axb', 'axb'],
    ['one adds several behind what the other took away', 'abc', 'abxyc', 'ac', 'axyc'],
    ['both move one step to different places', 'abcd', 'bcda', 'bacd', null],
    ['two moves that touch', 'abcd', 'bacd', 'acdb', null],
  ])('%s', (_, base, mine, theirs, expected) => expect(merged(base, mine, theirs)).toBe(expected));

  it('hold what both have and nothing twice, and do not depend on the side but for what both add at one place', () => {
    const ids = [...'abcdef'];
    const changedOrder = (news: string) =>
      fc
        .tuple(fc.shuffledSubarray(ids), fc.nat(2), fc.nat(6))
        .map(([kept, count, at]) => kept.toSpliced(at, 0, ...[...news].slice(0, count)));
    const nearly = (news: string) =>
      fc.tuple(fc.nat(5), fc.nat(5), fc.nat(6)).map(([from, to, at]) => {
        const moved = ids.toSpliced(from, 1);
        return moved.toSpliced(to, 0, ids[from] ?? 'a').toSpliced(at, 0, ...news);
      });
    fc.assert(
      fc.property(fc.oneof(changedOrder('xy'), nearly('x')), fc.oneof(changedOrder('zw'), nearly('z')), (mine, theirs) => {
        const one = mergeOrder(ids, mine, theirs);
        const other = mergeOrder(ids, theirs, mine);
        expect(one === null).toBe(other === null);
        if (one === null || other === null) return;
        const expected = [
          ...ids.filter((id) => mine.includes(id) && theirs.includes(id)),
          ...[...mine, ...theirs].filter((id) => !ids.includes(id)),
        ];
        expect(one.toSorted()).toEqual(expected.toSorted());
        expect(one.filter((id) => ids.includes(id))).toEqual(other.filter((id) => ids.includes(id)));
        expect(mergeOrder(ids, mine, ids)).toEqual(mine);
        expect(mergeOrder(ids, ids, theirs)).toEqual(theirs);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('any changes of two sides', () => {
  const addresses = [...base.keys()].filter((address) => kindOf(address) !== 'flow_order');
  const change = fc.constantFrom(...addresses).chain((address) => {
    const kind = kindOf(address);
    const old = value(address);
    const object = typeof old === 'object' && old !== null && !Array.isArray(old) ? (old as Record<string, Json>) : {};
    const values =
      kind === 'text'
        ? fc.constantFrom<Json>('m', 'n')
        : kind === 'review' && partsOf(address).key === 'default'
          ? fc.constantFrom<Json>('a', 'b')
          : fc.constantFrom<Json>({ ...object, p: 1 }, { ...object, q: 2 }, { ...object, p: 3 });
    return fc.tuple(fc.constant(address), fc.option(values, { nil: undefined, freq: 5 }));
  });
  const changes = fc.array(change, { maxLength: 5 }).map((pairs): Changes => Object.fromEntries(pairs));

  it('lose nothing: each entry comes out as one side has it, merged, or as a conflict', () => {
    fc.assert(
      fc.property(changes, changes, (mine, theirs) => {
        const [my, their] = [side(mine), side(theirs)];
        const merged = mergeChanges(base, my, their);
        const written = readEntries(writeEntries(writeEntries(texts, list(theirs)), merged.changes));
        const conflicted = new Set(merged.conflicts.map(({ address }) => address));
        for (const address of new Set([...base.keys(), ...my.keys(), ...their.keys()])) {
          const undecided =
            conflicted.has(address) || (address === `${FLOW}#order` && [...conflicted].some((other) => other.startsWith(FLOW)));
          if (undecided) continue;
          const [old, a, b] = [base, my, their].map((entries) => plainStep(address, entries.get(address)?.value));
          const result = plainStep(address, written.get(address)?.value);
          if (sameJson(a, old)) expect(result).toEqual(b);
          else if (sameJson(b, old)) expect(result).toEqual(a);
          else if (kindOf(address) === 'flow_order')
            expect((result as string[]).toSorted()).toEqual((a as string[]).filter((id) => (b as string[]).includes(id)).toSorted());
          else if (!sameJson(a, b)) expect(result).toMatchObject({ p: expect.any(Number) as number, q: 2 });
        }
      }),
      { numRuns: 150 },
    );
  });
});

/** A step without the id that it has anyway. */
function plainStep(address: string, step: Json | undefined): Json | undefined {
  if (!address.includes('#steps/') || typeof step !== 'object' || step === null || Array.isArray(step)) return step;
  const { id, ...rest } = step as Record<string, Json>;
  return id === address.split('#steps/')[1] ? rest : step;
}
