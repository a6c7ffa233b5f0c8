// Against the standard itself: its examples import with a sensible report, and what we write is valid by its schemas.
// Its files are not ours and stand beside the project where they stand at all; without them these tests are skipped.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { readHsds } from '../../../src/content/hsds/read-hsds.ts';
import type { HsdsResult } from '../../../src/content/hsds/read-hsds.ts';
import { writeHsdsCsv, writeHsdsJson } from '../../../src/content/hsds/write-hsds.ts';
import { Place } from '../../../src/domain/content.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const standard = path.resolve(root, '../shared/peers/hsds');
const file = (name: string): string => path.join(standard, name);

function readExamples(...names: string[]): HsdsResult {
  const files = names.map((name) => ({ name, bytes: readFileSync(file(`examples/${name}`)) }));
  return readHsds(files, { today: '2026-11-30', source: 'Examples of the standard', defaultTopic: 'HEA.MHP', locality: 'US' });
}

const countsOf = ({ report }: HsdsResult): Record<string, number | undefined> =>
  Object.fromEntries(report.map(({ code, count }) => [code, count]));

const directory = z.array(Place).parse(parse(readFileSync(path.join(root, 'flows/directory/places.yaml'), 'utf8')));
/** Beside our directory, a place with everything that a place can have. */
const places = [
  ...directory,
  Place.parse({
    id: 'everything',
    name: 'Centre with everything',
    names: { fr: 'Centre qui a tout' },
    organization: 'Casa',
    topics: ['EDU', 'DOC.LAW'],
    locality: 'ES-CT-BCN',
    address: 'Calle 1, Barcelona',
    phones: ['+34934027000', '112'],
    url: 'https://casa.example',
    latitude: -41.4,
    longitude: 2.1,
    timezone: 'Europe/Madrid',
    hours: [{ byday: ['MO', 'FR'], opens_at: '09:00', closes_at: '14:00' }],
    languages: ['es', 'ar'],
    asks_for_papers: 'no',
    shares_with_authorities: 'no',
    confirm_locally: false,
    source: 'Visited',
    verify_by: '2027-02-21',
  }),
];

describe.skipIf(!existsSync(standard))('the examples of the standard', () => {
  it.each(['service_full.json', 'organization_full.json', 'service_at_location_full.json', 'tabular.json'])('%s is one place', (name) => {
    const result = readExamples(name);
    expect(result.places).toEqual([
      {
        id: 'community_counselling_example_organizati',
        name: 'Community Counselling — Example Organization Inc.',
        names: {},
        organization: 'Example Organization Inc.',
        topics: ['HEA.MHP'],
        locality: 'US',
        address: '1-30 Main Street, MyVillage, ABC 1234 MyCity, MyRegion, MyState',
        phones: ['+441234234567'],
        url: 'http://example.com/counselling',
        hours: [],
        languages: ['ur'],
        asks_for_papers: 'yes',
        shares_with_authorities: 'unknown',
        women_only: false,
        female_staff: false,
        child_friendly: false,
        protected_address: false,
        free: false,
        confirm_locally: true,
        source: 'Examples of the standard',
        verify_by: '2027-05-29',
      },
    ]);
    // Latitude 100 is nowhere, the address is for letters, and the schedule is of chosen weeks of 2005.
    expect(countsOf(result)).toMatchObject({
      'schedule.not_weekly': 1,
      'left_out.contacts': 2,
      'left_out.accessibility': 1,
      'left_out.funding': 1,
      'left_out.programs': 1,
      'left_out.service_areas': 1,
      'left_out.eligibility': 1,
      'left_out.alert': 1,
      'left_out.required_documents': 1,
    });
    const codes = result.report.map(({ code }) => code);
    expect(codes).toEqual(expect.arrayContaining(['topic.default', 'address.postal', 'location.coordinates']));
    expect(codes).not.toContain('field.unknown');
    expect(result.report.some(({ severity }) => severity === 'error')).toBe(false);
    expect(JSON.stringify(result)).not.toMatch(/Persona|Reception|@example/);
  });

  it('the tables are the same place, but for what belongs to nothing in them', () => {
    const result = readExamples(...readdirSync(file('examples/csv')).map((name) => `csv/${name}`));
    expect(result.places).toEqual(readExamples('service_full.json').places);
    const orphans = result.report.filter(({ code }) => code === 'table.orphan').map(({ field }) => field);
    expect(orphans).toEqual(['attributes', 'service_capacity', 'url']);
  });

  it('lists say that other pages are missing, and what is no service says so', () => {
    for (const name of ['service_list.json', 'service_at_location_list.json']) {
      expect(readExamples(name).places).toHaveLength(1);
      expect(countsOf(readExamples(name))).toMatchObject({ 'json.page': 1, 'left_out.fees': 1 });
    }
    const others = readdirSync(file('examples')).filter((name) => /^(base|location|organization_list|taxonomy.*)\.json$/.test(name));
    expect(others).toHaveLength(7);
    for (const name of others) {
      expect(readExamples(name).places).toEqual([]);
      expect(Object.keys(countsOf(readExamples(name))), name).toContain('file.no_services');
    }
  });

  it('all files together are one place', () => {
    const names = ['service_full.json', 'organization_full.json', 'service_list.json', 'service_at_location_list.json'];
    const result = readExamples(...names);
    // The list of services names no location, so it cannot be told to be the same.
    expect(result.places).toHaveLength(2);
    expect(countsOf(result)).toMatchObject({ 'service.twice': 2 });
  });
});

/** A schema of the standard, as its file has it. */
const Schema = z.looseObject({
  properties: z.record(z.string(), z.looseObject({ constraints: z.unknown().optional() })),
  required: z.array(z.string()).default([]),
  tabular_required: z.array(z.string()).default([]),
});

function readSchemas(): Record<string, z.infer<typeof Schema>> {
  const names = readdirSync(file('schema')).filter((name) => name.endsWith('.json') && name !== 'openapi.json');
  return Object.fromEntries(
    names.map((name) => [name.slice(0, -5), Schema.parse(JSON.parse(readFileSync(file(`schema/${name}`), 'utf8')))]),
  );
}

/** The validator of one schema. References between files become references within one. */
function validatorOf(name: string): z.ZodType {
  const text = JSON.stringify({ $ref: `${name}.json`, $defs: readSchemas() });
  return z.fromJSONSchema(z.json().parse(JSON.parse(text.replaceAll(/"\$ref":"(\w+)\.json"/g, '"$ref":"#/$defs/$1"'))) as never);
}

describe.skipIf(!existsSync(standard))('what we write', () => {
  const written = z.looseObject({ contents: z.array(z.unknown()) }).parse(JSON.parse(writeHsdsJson(places, { topicNames: {} })));

  it('is valid by the schema of a service, with all that hangs on it', () => {
    const service = validatorOf('service');
    for (const record of written.contents) expect(service.safeParse(record).error?.issues ?? []).toEqual([]);
    expect(written.contents).toHaveLength(places.length);
    // The validator does look inside.
    const broken = z
      .looseObject({ attributes: z.array(z.looseObject({ taxonomy_term: z.looseObject({}) })) })
      .parse(written.contents.at(-1));
    expect(service.safeParse({ ...broken, attributes: [{ ...broken.attributes[0], id: 'no uuid' }] }).success).toBe(false);
    expect(service.safeParse({ ...broken, status: 'open' }).success).toBe(false);
    const nameless = { ...broken.attributes[0], taxonomy_term: { ...broken.attributes[0]?.taxonomy_term, name: undefined } };
    expect(service.safeParse({ ...broken, attributes: [nameless] }).success).toBe(false);
  });

  it('is a page as the API of the standard describes it', () => {
    const api = z
      .looseObject({
        components: z.looseObject({ schemas: z.looseObject({ Page: z.looseObject({ properties: z.record(z.string(), z.unknown()) }) }) }),
      })
      .parse(JSON.parse(readFileSync(file('schema/openapi.json'), 'utf8')));
    const page = api.components.schemas.Page;
    // What the page holds is added by each list.
    expect(Object.keys(written).toSorted()).toEqual([...Object.keys(page.properties), 'contents'].toSorted());
    expect(z.fromJSONSchema(page as never).safeParse(written).error?.issues ?? []).toEqual([]);
  });

  it('uses no field that the standard does not have', () => {
    const schemas = readSchemas();
    const one: Record<string, string> = {
      organization: 'organization',
      phones: 'phone',
      schedules: 'schedule',
      languages: 'language',
      service_at_locations: 'service_at_location',
      location: 'location',
      addresses: 'address',
      attributes: 'attribute',
      taxonomy_term: 'taxonomy_term',
      taxonomy_detail: 'taxonomy',
    };
    const strange: string[] = [];
    const visit = (name: string, value: unknown): void => {
      if (Array.isArray(value)) for (const item of value) visit(name, item);
      else if (typeof value === 'object' && value !== null) {
        for (const [key, inner] of Object.entries(value)) {
          if (!Object.hasOwn(schemas[name]?.properties ?? {}, key)) strange.push(`${name}.${key}`);
          if (one[key] !== undefined) visit(one[key], inner);
        }
      }
    };
    visit('service', written.contents);
    expect(strange).toEqual([]);
  });

  it('has tables with the columns that the standard knows, and all that it requires filled', () => {
    const byPath = new Map(
      Object.values(readSchemas()).map((schema) => [
        String(schema['path']),
        { ...schema, required: [...schema.required, ...schema.tabular_required] },
      ]),
    );
    for (const { name, text } of writeHsdsCsv(places, { topicNames: {} }).slice(1)) {
      const schema = byPath.get(name);
      const columns = text.split('\r\n')[0]?.split(',') ?? [];
      expect(
        columns.filter((column) => !Object.hasOwn(schema?.properties ?? {}, column)),
        name,
      ).toEqual([]);
      expect(columns, name).toEqual(expect.arrayContaining(schema?.required ?? ['a schema']));
    }
  });
});
