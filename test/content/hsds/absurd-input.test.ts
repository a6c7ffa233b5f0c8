// Whatever stands in the files, reading them never throws, gives only sound places, and says something.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readHsds } from '../../../src/content/hsds/read-hsds.ts';
import type { HsdsResult } from '../../../src/content/hsds/read-hsds.ts';
import { Place } from '../../../src/domain/content.ts';

function read(files: Record<string, string | Uint8Array>): HsdsResult {
  const given = Object.entries(files).map(([name, content]) => ({
    name,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  }));
  return readHsds(given, { today: '2026-11-30', source: 'Anywhere', defaultTopic: 'COM' });
}

/** Sound places with ids of their own, or a reason why there are none. */
function expectSound({ places, report }: HsdsResult): void {
  expect(z.array(Place).safeParse(places).error).toBeUndefined();
  expect(new Set(places.map(({ id }) => id)).size).toBe(places.length);
  expect(places.length > 0 || report.length > 0).toBe(true);
  if (report.some(({ severity }) => severity === 'error')) expect(places).toEqual([]);
}

const FIELDS =
  'id name status organization service_at_locations location addresses phones number schedules byday freq opens_at closes_at languages code attributes taxonomy_term taxonomy value latitude longitude address_1 country required_documents document cost_options amount contents services service contacts url __proto__ constructor toString unknown services.csv locations.csv'.split(
    ' ',
  );
const scalar = fc.oneof(
  fc.string(),
  fc.constantFrom(
    'active',
    'ventanilla',
    'id',
    'EDU',
    'locality',
    'yes',
    'ES',
    '1',
    'WEEKLY',
    'MO',
    '09:00',
    'Legal advice',
    '=1+1',
    '\uD800',
  ),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
);
/** JSON that is nearly a directory. */
const { nearly } = fc.letrec<{ nearly: unknown }>((tie) => ({
  nearly: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    scalar,
    fc.array(tie('nearly'), { maxLength: 3 }),
    fc.array(fc.tuple(fc.constantFrom(...FIELDS), tie('nearly')), { maxLength: 8 }).map((entries) => Object.fromEntries(entries)),
  ),
}));

describe('reading never throws', () => {
  it('on any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => expectSound(read({ 'a.json': text }))),
      { numRuns: 300 },
    );
  });

  it('on a field that has no place here, whatever stands in it', () => {
    const strange = { unknown: 0 };
    const { places, report } = read({ 'a.json': JSON.stringify([{ name: 'Advice', organization: { services: strange } }, strange]) });
    expect(places.length + report.length).toBeGreaterThan(0);
    expect(JSON.stringify(report)).not.toContain('services.unknown');
  });

  it('on JSON that is nearly a directory', () => {
    const service = fc.record({ name: fc.constantFrom('Legal advice', 'École', 'x'), status: fc.constantFrom('active', 3) });
    fc.assert(
      fc.property(fc.array(fc.tuple(service, nearly)), (items) => {
        const list = items.map(([sound, strange]) => (typeof strange === 'object' && strange !== null ? { ...sound, ...strange } : sound));
        expectSound(read({ 'a.json': JSON.stringify(list) }));
      }),
      { numRuns: 500 },
    );
  });

  it('on any bytes and on any text, whatever the file is called', () => {
    const name = fc.constantFrom('a.json', 'services.csv', 'phones.csv', 'x', '');
    const letters = fc.constantFrom(...'",;\n\r\t\0a{}[]:=\'\\é中', '\uD800', '\uFEFF');
    const content = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string(), fc.string({ unit: letters }));
    fc.assert(
      fc.property(fc.dictionary(name, content), (files) => expectSound(read(files))),
      { numRuns: 500 },
    );
  });

  it('on tables with any cells', () => {
    const cell = fc
      .oneof(fc.constantFrom('1', '2', '', '__proto__', 'active', 'Legal advice'), fc.string())
      .map((text) => `"${text.replaceAll('"', '""')}"`);
    const table = (header: string): fc.Arbitrary<string> => {
      const row = fc.array(cell, { minLength: 1, maxLength: header.split(',').length + 1 }).map((cells) => cells.join(','));
      return fc.array(row, { maxLength: 6 }).map((rows) => [header, ...rows].join('\n'));
    };
    const files = fc.record({
      'services.csv': table('id,name,status,organization_id,__proto__'),
      'locations.csv': table('id,name,latitude'),
      'service_at_location.csv': table('id,service_id,location_id'),
      'phones.csv': table('id,service_id,location_id,service_at_location_id,number'),
      'attributes.csv': table('id,link_id,link_entity,taxonomy_term_id,value'),
      'taxonomy_terms.csv': table('id,code,taxonomy,taxonomy_id'),
    });
    fc.assert(
      fc.property(files, (each) => expectSound(read(each))),
      { numRuns: 200 },
    );
  });
});

describe('what is made to do harm', () => {
  it.each([
    ['a name of nine megabytes', 'a.json', JSON.stringify({ name: 'x'.repeat(9_000_000), status: 'active' }), 'service.no_name'],
    ['broken JSON with a text of nine megabytes', 'a.json', `["${'x'.repeat(9_000_000)}"`, 'file.json'],
    ['a million brackets', 'a.json', '{"a":'.repeat(1_000_000), 'json.too_deep'],
    ['nine megabytes of quotes', 'services.csv', '"'.repeat(9_000_001), 'file.csv'],
    ['nine megabytes of empty lines', 'services.csv', '\n'.repeat(9_000_000), 'file.no_services'],
    ['a million columns and many rows', 'services.csv', `${','.repeat(1_000_000)}\n${',\n'.repeat(500_000)}`, 'file.no_services'],
  ])('%s is refused or comes to nothing', (_, name, text, code) => {
    const { places, report } = read({ [name]: text });
    expect(places).toEqual([]);
    expect(report.map((note) => note.code)).toContain(code);
  });

  it('ten thousand services of one name have ids of their own, and the report stays short', () => {
    const services = Array.from({ length: 10_000 }, (_, index) => ({ name: 'Legal advice', status: 'active', [`field_${index}`]: index }));
    const result = read({ 'a.json': JSON.stringify(services) });
    expect(result.places.at(-1)?.id).toBe('legal_advice_10000');
    expectSound(result);
    expect(result.report.length).toBeLessThan(400);
    expect(result.report).toContainEqual(expect.objectContaining({ code: 'topic.default', count: 9900 }));
  });
});
