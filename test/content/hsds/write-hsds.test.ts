// The directory goes out and comes back whole, as JSON and as tables, but for protected addresses, which never leave.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readHsds } from '../../../src/content/hsds/read-hsds.ts';
import { writeHsdsCsv, writeHsdsJson } from '../../../src/content/hsds/write-hsds.ts';
import { Place } from '../../../src/domain/content.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const directory = z.array(Place).parse(parse(readFileSync(path.join(root, 'flows/directory/places.yaml'), 'utf8')));
const context = { topicNames: { 'DOC.LAW': 'Legal advice' } };

type Files = { name: string; text: string }[];
const asJson = (places: Place[]): Files => [{ name: 'directory.json', text: writeHsdsJson(places, context) }];
const asTables = (places: Place[]): Files => writeHsdsCsv(places, context);

function readBack(files: Files): ReturnType<typeof readHsds> {
  const given = files.map(({ name, text }) => ({ name, bytes: new TextEncoder().encode(text) }));
  return readHsds(given, { today: '2020-01-01', source: 'Somewhere else', defaultTopic: 'SYS', locality: 'FR', timezone: 'Asia/Tokyo' });
}

/** What is left of a place when its address is protected. */
function withoutWhereabouts(place: Place): Place {
  if (!place.protected_address) return place;
  const { address: _address, latitude: _latitude, longitude: _longitude, url: _url, ...rest } = place;
  return rest;
}

const office = Place.parse({
  id: 'office',
  name: '=HYPERLINK("https://evil.example"), "office"',
  names: { es: 'Oficina', 'pt-BR': 'Escritório', ar: 'مكتب' },
  organization: '=HYPERLINK("https://evil.example"), "office"',
  topics: ['DOC.LAW', 'EDU'],
  locality: 'CL-RM',
  address: '+Avenida 1, piso 2',
  phones: ['+56221234567', '133'],
  url: 'https://office.example/?a=1,2',
  latitude: -33.449,
  longitude: -70.669,
  timezone: 'America/Santiago',
  hours: [
    { byday: ['MO', 'TU'], opens_at: '09:00', closes_at: '14:00' },
    { byday: ['FR'], opens_at: '20:00', closes_at: '02:00' },
    { byday: ['SU'], opens_at: '00:00', closes_at: '24:00' },
  ],
  languages: ['es', 'tl', 'prs', 'pt-BR'],
  asks_for_papers: 'no',
  shares_with_authorities: 'yes',
  women_only: true,
  female_staff: true,
  child_friendly: true,
  free: false,
  confirm_locally: false,
  source: '@source, on a day',
  verify_by: '2027-02-21',
});
const shelter: Place = {
  ...office,
  id: 'shelter',
  name: 'Casa Segura',
  protected_address: true,
  address: 'Calle Secreta 9',
  url: 'https://secret.example',
};

describe.each([
  ['JSON', asJson],
  ['tables', asTables],
])('as %s', (_, write) => {
  it('the directory of this repository comes back the same', () => {
    const { places, report } = readBack(write(directory));
    expect(places).toEqual(directory.map(withoutWhereabouts));
    expect(report).toEqual([]);
  });

  it('every field of a place comes back', () => {
    expect(readBack(write([office])).places).toEqual([office]);
  });

  it('equal places give equal files', () => {
    expect(write([office, shelter])).toEqual(write([structuredClone(office), structuredClone(shelter)]));
  });

  it('a protected address does not leave, its phone does', () => {
    const files = write([shelter]);
    expect(JSON.stringify(files)).not.toMatch(/Secreta|secret\.example|-33\.449|-70\.669/);
    expect(JSON.stringify(files)).toContain('56221234567');
    expect(readBack(files).places).toEqual([withoutWhereabouts(shelter)]);
  });

  it('no places are an empty directory', () => {
    expect(readBack(write([])).places).toEqual([]);
  });

  it('any place comes back', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyPlace(), { maxLength: 5, selector: ({ id }) => id }), (places) => {
        expect(readBack(write(places)).places).toEqual(places.map(withoutWhereabouts));
      }),
      { numRuns: 60 },
    );
  });
});

describe('the tables', () => {
  it('hold no cell that a spreadsheet would run', () => {
    const cells = asTables([office, shelter])
      .filter(({ name }) => name.endsWith('.csv'))
      .flatMap(({ text }) =>
        text
          .matchAll(/(?<=^|,)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/gm)
          .map((match) => match[1] ?? match[2] ?? '')
          .toArray(),
      );
    expect(cells.length).toBeGreaterThan(200);
    // Coordinates below zero are numbers, and stay numbers for everybody.
    expect(cells.filter((cell) => /^\s*[=+\-@]/.test(cell)).sort()).toEqual(['-33.449', '-70.669']);
    expect(cells).toContain("'+56221234567");
  });

  it('are described by a data package that names every file and column', () => {
    const files = asTables([office]);
    const described = z
      .object({ resources: z.array(z.object({ path: z.string(), schema: z.object({ fields: z.array(z.object({ name: z.string() })) }) })) })
      .parse(JSON.parse(files[0]?.text ?? ''));
    const headers = files.slice(1).map(({ name, text }) => [name, text.split('\r\n')[0]]);
    expect(headers).toHaveLength(11);
    expect(described.resources.map(({ path, schema }) => [path, schema.fields.map(({ name }) => name).join(',')])).toEqual(headers);
  });

  it('join by ids that exist, each row having an id of its own', () => {
    const rows = new Map(
      asTables([office, shelter])
        .slice(1)
        .map(({ name, text }) => [name, text.trimEnd().split('\r\n').slice(1)]),
    );
    const ids = (table: string): string[] => (rows.get(table) ?? []).map((row) => row.split(',')[0] ?? '');
    for (const table of rows.keys()) expect(new Set(ids(table)).size, table).toBe(ids(table).length);
    expect([ids('services.csv').length, ids('organizations.csv').length, ids('locations.csv').length]).toEqual([2, 1, 1]);
    for (const row of rows.get('services.csv') ?? []) expect(ids('organizations.csv')).toContain(row.split(',')[1]);
  });
});

/** Any place whose words stand on one line, as all ours do. */
function anyPlace(): fc.Arbitrary<Place> {
  const words = fc
    .string({ unit: fc.constantFrom(...'aZ9 -.,;:"\'=+@()/\\éñßİ中مئبक', '👍🏽', '\u202E'), minLength: 2, maxLength: 40 })
    .map((text) => text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim())
    .filter((text) => [...text].length > 2 && !text.startsWith("'"));
  const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
  const time = fc.constantFrom('00:00', '08:30', '14:00', '23:59');
  const hours = fc.record({
    byday: fc.uniqueArray(fc.constantFrom('MO', 'TU', 'SA', 'SU'), { minLength: 1 }),
    opens_at: time,
    closes_at: time,
  });
  const known = fc.constantFrom('yes', 'no', 'unknown');
  const place = fc.record({
    id: fc.string({ unit: fc.constantFrom(...'abyz019_'), minLength: 2, maxLength: 40 }),
    name: words,
    names: fc.dictionary(fc.constantFrom('es', 'fr', 'zh-Hant'), words),
    organization: optional(words),
    topics: fc.uniqueArray(fc.constantFrom('EDU', 'EDU.SUP', 'SAF.GBV'), { minLength: 1 }),
    locality: fc.constantFrom('*', 'ES', 'ES-CT-BCN', 'TH-10'),
    address: optional(words),
    phones: fc.uniqueArray(fc.constantFrom('010', '112', '+34934027000', '+56221234567')),
    url: optional(fc.constantFrom('https://casa.example', 'http://casa.example/a,b?c=%20#d')),
    point: optional(
      fc.record({ latitude: fc.double({ min: 1, max: 90, noNaN: true }), longitude: fc.double({ min: -180, max: 180, noNaN: true }) }),
    ),
    timezone: optional(fc.constantFrom('Europe/Madrid', 'Asia/Bangkok')),
    hours: fc.uniqueArray(hours, { selector: (each) => JSON.stringify(each), maxLength: 4 }),
    languages: fc.uniqueArray(fc.constantFrom('es', 'ar', 'tl', 'prs', 'pt-BR', 'zh-Hant')),
    asks_for_papers: known,
    shares_with_authorities: known,
    women_only: fc.boolean(),
    female_staff: fc.boolean(),
    child_friendly: fc.boolean(),
    protected_address: fc.boolean(),
    free: fc.boolean(),
    confirm_locally: fc.boolean(),
    source: words,
    verify_by: fc.constantFrom('2027-02-21', '2030-12-31'),
  });
  return place.map(({ point, ...rest }) => Place.parse(JSON.parse(JSON.stringify({ ...rest, ...point }))));
}
