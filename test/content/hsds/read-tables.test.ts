// Tables of a directory are read as spreadsheets and databases write them; a file that cannot be read leaves nothing half imported.
import { describe, expect, it } from 'vitest';
import { readHsds } from '../../../src/content/hsds/read-hsds.ts';
import type { HsdsResult } from '../../../src/content/hsds/read-hsds.ts';
import { MAX_FILE_BYTES } from '../../../src/content/hsds/read-text.ts';
import { tableOf } from '../../../src/content/hsds/tables.ts';

function read(files: Record<string, string | Uint8Array>): HsdsResult {
  const given = Object.entries(files).map(([name, content]) => ({
    name,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  }));
  return readHsds(given, { today: '2026-11-30', source: 'Directory of Barcelona', defaultTopic: 'COM', locality: 'ES' });
}

function codes({ report }: HsdsResult): string[] {
  return report.map(({ code, field }) => (field === undefined ? code : `${code} ${field}`));
}

/** Two services, one at two locations. Every table counts from 1, as small databases do. */
const tables = {
  'services.csv': 'id,organization_id,name,status\n1,1,Legal advice,active\n2,1,Spanish lessons,active\n',
  'organizations.csv': 'id,name,description\n1,Casa Abierta,A house\n',
  'locations.csv': 'id,location_type,name,latitude,longitude\n1,physical,North,41.4,2.1\n2,physical,South,41.3,2.2\n',
  'service_at_locations.csv': 'id,service_id,location_id\n1,1,1\n2,1,2\n',
  'physical_addresses.csv':
    'id,location_id,address_1,city,country\n1,1,"Calle Norte, 1",Barcelona,ES\n2,2,"Calle ""Sur"" 2",Barcelona,ES\n',
  'phones.csv':
    'id,service_id,location_id,service_at_location_id,contact_id,number\n1,1,,,,934027000\n2,,2,,,934027001\n3,,,1,,934027002\n4,,,,7,934027003\n',
  'schedules.csv':
    'id,service_id,location_id,freq,byday,opens_at,closes_at\n1,1,2,WEEKLY,"MO,WE",09:00,14:00\n2,2,,WEEKLY,SA,10:00,12:00\n',
  'languages.csv': 'id,service_id,location_id,phone_id,code\n1,1,,,ar\n2,,1,,fr\n3,,,1,de\n',
  'required_documents.csv': 'id,service_id,document\n1,2,Passport\n',
  'cost_options.csv': 'id,service_id,amount\n1,2,10\n',
  'contacts.csv': 'id,service_id,name\n7,1,Ann Persona\n',
};

describe('a package of tables', () => {
  it('is joined by its ids, each row where it belongs', () => {
    const { places, report } = read(tables);
    expect(report.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(codes({ places, report })).not.toContain('table.orphan phones');
    expect(places).toMatchObject([
      {
        id: 'legal_advice_casa_abierta',
        organization: 'Casa Abierta',
        address: 'Calle Norte, 1, Barcelona',
        latitude: 41.4,
        phones: ['+34934027002', '+34934027000'],
        hours: [],
        languages: ['ar', 'fr'],
      },
      {
        id: 'legal_advice_casa_abierta_2',
        address: 'Calle "Sur" 2, Barcelona',
        phones: ['+34934027000', '+34934027001'],
        hours: [{ byday: ['MO', 'WE'], opens_at: '09:00', closes_at: '14:00' }],
        languages: ['ar'],
      },
      { name: 'Spanish lessons — Casa Abierta', asks_for_papers: 'yes', free: false, hours: [{ byday: ['SA'] }], phones: [] },
    ]);
    expect(JSON.stringify([places, report])).not.toMatch(/Persona|7003/);
  });

  it('may be separated by semicolons or tabs, with any line ends and a byte order mark', () => {
    for (const separator of [';', '\t']) {
      for (const end of ['\n', '\r\n', '\r']) {
        const services = ['\uFEFFID;Name;Status', '1;"Legal; advice";active', '', '2;Lessons;active']
          .join(end)
          .replaceAll(/;(?! )/g, separator);
        expect(read({ 'services.csv': services }).places.map(({ name }) => name)).toEqual(['Legal; advice', 'Lessons']);
      }
    }
  });

  it('keeps line ends and quotes within quotes, and gives back what was guarded against formulas', () => {
    const { places } = read({ 'services.csv': `id,name,url\r\n1,"Advice\r\n""free""",\r\n2,'=1+1,\r\n3,'s-Hertogenbosch,` });
    expect(places.map(({ name }) => name)).toEqual(['Advice "free"', '=1+1', "'s-Hertogenbosch"]);
  });

  it('tells rows that belong to nothing, rows that are too long, and files that are no table', () => {
    const result = read({
      'services.csv': 'id,name\n1,Legal advice,for all\n',
      'phones.csv': 'id,service_id,number\n1,9,934027000\n',
      'notes.csv': 'a\nb\n',
      'datapackage.json': '../../datapackage.json',
    });
    expect(result.places).toHaveLength(1);
    expect(codes(result)).toEqual(expect.arrayContaining(['table.orphan phones', 'table.row_too_long', 'file.ignored']));
  });

  it('without services says so', () => {
    expect(codes(read({ 'locations.csv': 'id,name\n1,North\n' }))).toEqual(['file.no_services']);
    expect(codes(read({}))).toEqual(['file.no_services']);
  });

  it.each([
    ['services.csv', 'services'],
    ['Service.CSV', 'services'],
    ['export/hsds_service_at_locations.csv', 'service_at_location'],
    ['barcelona-physical_addresses.csv', 'addresses'],
    ['postal_addresses.csv', 'postal_addresses'],
    ['C:\\data\\taxonomy_terms.csv', 'taxonomy_terms'],
    ['service_areas.csv', 'service_areas'],
    ['allocations.csv', null],
    ['readme.txt', null],
  ])('%s is the table %s', (name, table) => expect(tableOf(name)).toBe(table));
});

describe('a file that cannot be read', () => {
  const sound = { 'services.csv': 'id,name\n1,Legal advice\n' };
  it.each([
    ['JSON that ends too early', 'file.json', /Line 2, column \d+/, { 'a.json': '[\n{"name": "x"' }],
    ['JSON nested too deep', 'json.too_deep', /nested/, { 'a.json': '['.repeat(100_000) }],
    ['a quote that is never closed', 'file.csv', /Line 3/, { 'phones.csv': 'id,number\n1,2\n"3,4\n' }],
    ['Windows letters', 'file.encoding', /UTF-8/, { 'phones.csv': new Uint8Array([0x4d, 0xfa, 0x73]) }],
    ['UTF-16', 'file.encoding', /UTF-8/, { 'phones.csv': new Uint8Array([0x69, 0, 0x64, 0]) }],
    ['more than 10 MB', 'file.too_large', /10 MB/, { 'phones.csv': new Uint8Array(MAX_FILE_BYTES + 1) }],
  ])('leaves no places: %s', (_, code, message, files) => {
    const { places, report } = read({ ...sound, ...files });
    expect(places).toEqual([]);
    expect(report[0]).toMatchObject({
      severity: 'error',
      code,
      record: Object.keys(files)[0],
      message: expect.stringMatching(message) as string,
    });
    expect(read(sound).places).toHaveLength(1);
  });
});
