// A directory of the standard becomes places: what the record says is taken, what it does not say is not guessed, and the rest is told.
import { describe, expect, it } from 'vitest';
import type { Place } from '../../../src/domain/content.ts';
import { readHsds } from '../../../src/content/hsds/read-hsds.ts';
import type { HsdsOptions, HsdsResult } from '../../../src/content/hsds/read-hsds.ts';

const options: HsdsOptions = { today: '2026-11-30', source: 'Directory of Barcelona', defaultTopic: 'COM', locality: 'ES' };

const localities = [
  { code: '*', names: [] },
  { code: 'ES', names: ['España', 'Spain'] },
  { code: 'ES-CT', names: ['Cataluña', 'Catalunya'] },
  { code: 'ES-CT-BCN', names: ['Barcelona', 'bcn'], latitude: 41.387, longitude: 2.169 },
  { code: 'CL', names: ['Chile'] },
  { code: 'CL-RM', names: ['Santiago'], latitude: -33.449, longitude: -70.669 },
];

function read(value: unknown, changes: Partial<HsdsOptions> = {}): HsdsResult {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return readHsds([{ name: 'directory.json', bytes }], { ...options, ...changes });
}

function placeFrom(service: object, changes: Partial<HsdsOptions> = {}): Place {
  const { places, report } = read({ id: 's', name: 'Legal advice', status: 'active', ...service }, changes);
  expect(report.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(places).toHaveLength(1);
  return places[0]!;
}

function codes({ report }: HsdsResult): string[] {
  return report.map(({ code, field }) => (field === undefined ? code : `${code} ${field}`));
}

const at = (location: object): object => ({
  service_at_locations: [{ id: 'x', location: { id: 'l', location_type: 'physical', ...location } }],
});

describe('a service', () => {
  it('becomes a place that is still to be confirmed', () => {
    const place = placeFrom({ organization: { id: 'o', name: 'Casa Abierta', website: 'https://casa.example' } });
    expect(place).toEqual({
      id: 'legal_advice_casa_abierta',
      name: 'Legal advice — Casa Abierta',
      names: {},
      organization: 'Casa Abierta',
      topics: ['COM'],
      locality: 'ES',
      phones: [],
      url: 'https://casa.example',
      hours: [],
      languages: [],
      asks_for_papers: 'unknown',
      shares_with_authorities: 'unknown',
      women_only: false,
      female_staff: false,
      child_friendly: false,
      protected_address: false,
      free: true,
      confirm_locally: true,
      source: 'Directory of Barcelona',
      verify_by: '2027-05-29',
    });
  });

  it('is named without its organization where both have one name', () => {
    const place = placeFrom({ name: 'Casa Abierta', organization: { id: 'o', name: 'CASA ABIERTA' } });
    expect([place.name, place.organization]).toEqual(['Casa Abierta', undefined]);
  });

  it('is one place for each location where it is given', () => {
    const sites = ['a', 'b'].map((id) => ({
      id,
      location: { id: `l${id}`, location_type: 'physical', addresses: [{ address_1: `Calle ${id}` }] },
    }));
    const { places } = read({ id: 's', name: 'Legal advice', status: 'active', service_at_locations: sites });
    expect(places.map(({ id, address }) => [id, address])).toEqual([
      ['legal_advice', 'Calle a'],
      ['legal_advice_2', 'Calle b'],
    ]);
  });

  it.each(['inactive', 'defunct', 'temporarily closed'])('that is %s is not imported but listed', (status) => {
    const { places, report } = read([
      { id: 's', name: 'Night school', status },
      { id: 't', name: 'Day school', status: 'active' },
    ]);
    expect(places.map(({ name }) => name)).toEqual(['Day school']);
    expect(report).toContainEqual(expect.objectContaining({ code: 'service.closed', record: 'Night school', severity: 'warning' }));
  });

  it('without a name is not imported', () => {
    const result = read([
      { id: 's', status: 'active' },
      { id: 't', name: 'x', status: 'active' },
    ]);
    expect(result.places).toEqual([]);
    expect(codes(result)).toEqual(['service.no_name', 'service.no_name']);
  });

  it('whose name has no Latin letters gets an id all the same, and the same every time', () => {
    const first = placeFrom({ name: 'المركز الصحي' });
    expect(first.id).toMatch(/^place_[0-9a-f]{8}$/);
    expect(placeFrom({ name: 'المركز الصحي' }).id).toBe(first.id);
  });

  it('that stands in the files twice is imported once', () => {
    const service = { id: 's', name: 'Legal advice', status: 'active', ...at({}) };
    const result = read([service, service]);
    expect(result.places).toHaveLength(1);
    expect(codes(result)).toContain('service.twice');
  });
});

describe('the shapes of JSON', () => {
  const service = { id: 's', name: 'Legal advice', status: 'active' };
  it.each([
    ['one service', service],
    ['a list', [service]],
    ['a list in a list', [[service]]],
    ['a page of an API', { total_pages: 1, contents: [service] }],
    ['an organization with services', { id: 'o', name: 'Legal advice', description: '', services: [service] }],
    ['a service at a location', { id: 'x', location: { id: 'l', location_type: 'physical' }, service }],
  ])('%s gives the service', (_, value) => {
    expect(read(value).places.map(({ name }) => name)).toEqual(['Legal advice']);
  });

  it('gives services of an organization its name', () => {
    const { places } = read({ id: 'o', name: 'Casa Abierta', website: 'https://casa.example', services: [service] });
    expect(places.map(({ name, organization, url }) => [name, organization, url])).toEqual([
      ['Legal advice — Casa Abierta', 'Casa Abierta', 'https://casa.example'],
    ]);
  });

  it('says that other pages are missing, and that what is no service is not imported', () => {
    expect(
      codes(read({ total_pages: 3, contents: [service, { id: 'o', name: 'Casa', description: '', website: 'https://casa.example' }] })),
    ).toEqual(expect.arrayContaining(['json.page', 'organization.no_services']));
    expect(codes(read({ id: 't', name: 'Health', description: '' }))).toEqual(['file.no_services', 'record.no_service']);
  });
});

describe('how a place is reached', () => {
  it('has phones in international form by the country of the address, else of the locality', () => {
    const phones = [{ number: '93 402 70 00' }, { number: '"+34 934 02 70 00"' }, { number: '0034 900 111 222' }, { number: '112' }];
    expect(placeFrom({ phones }).phones).toEqual(['+34934027000', '+34900111222', '112']);
    const chile = at({ addresses: [{ address_1: 'Avenida 1', country: 'CL' }] });
    expect(placeFrom({ ...chile, phones: [{ number: '2 2123 4567' }] }).phones).toEqual(['+56221234567']);
  });

  it('keeps a number that cannot be read as it is written, and says so', () => {
    const result = read({ id: 's', name: 'Legal advice', status: 'active', phones: [{ number: 'ask at the door' }] });
    expect(result.places[0]?.phones).toEqual(['ask at the door']);
    expect(codes(result)).toContain('phone.unclear phone');
  });

  it('leaves out fax numbers, and takes those of the organization only where there is no other', () => {
    const organization = { id: 'o', name: 'Casa', phones: [{ number: '+34934027000' }] };
    expect(placeFrom({ organization, phones: [{ number: '+34934027001', type: 'fax' }] }).phones).toEqual(['+34934027000']);
    expect(placeFrom({ organization, phones: [{ number: '+34934027002' }] }).phones).toEqual(['+34934027002']);
  });

  it('has an address on one line, with or without a postal code', () => {
    const address = { address_1: 'Carrer de Calàbria, 66', city: 'Barcelona', state_province: 'Barcelona', country: 'ES' };
    expect(placeFrom(at({ addresses: [address] })).address).toBe('Carrer de Calàbria, 66, Barcelona');
    expect(placeFrom(at({ addresses: [{ ...address, postal_code: '08015' }] })).address).toBe('Carrer de Calàbria, 66, 08015 Barcelona');
  });

  it('prefers the address to go to over the one for letters, and warns of the latter', () => {
    const post = { address_1: 'Apartado 12', address_type: 'postal' };
    expect(placeFrom(at({ addresses: [post, { address_1: 'Calle 1', address_type: 'physical' }] })).address).toBe('Calle 1');
    expect(codes(read({ name: 'Legal advice', status: 'active', ...at({ addresses: [post] }) }))).toContain('address.postal address');
  });

  it('has no door where the location is virtual, but its link', () => {
    const place = placeFrom(
      at({ location_type: 'virtual', url: 'https://online.example', latitude: 41, longitude: 2, addresses: [{ address_1: 'x' }] }),
    );
    expect([place.url, place.address, place.latitude]).toEqual(['https://online.example', undefined, undefined]);
  });

  it('takes only links to pages, and adds https before www', () => {
    expect(placeFrom({ url: 'www.casa.example/es' }).url).toBe('https://www.casa.example/es');
    const result = read({ name: 'Legal advice', status: 'active', url: 'javascript:alert(1)' });
    expect(result.places[0]?.url).toBeUndefined();
    expect(codes(result)).toContain('url.unclear url');
  });

  it('drops coordinates that are nowhere', () => {
    expect(placeFrom(at({ latitude: 41.38, longitude: 2.16 }))).toMatchObject({ latitude: 41.38, longitude: 2.16 });
    for (const point of [
      { latitude: 100, longitude: 2 },
      { latitude: 0, longitude: 0 },
      { latitude: 41.38 },
      { latitude: 'north', longitude: 2 },
    ]) {
      expect(placeFrom(at(point)).latitude).toBeUndefined();
    }
  });

  it('points out the address of a place for people in danger', () => {
    const service = { name: 'Casa Segura', status: 'active', ...at({ addresses: [{ address_1: 'Calle 1' }] }) };
    expect(codes(read(service, { defaultTopic: 'SAF.GBV', privateTopics: ['SAF.GBV'] }))).toContain('address.exposed protected_address');
    expect(codes(read(service, { privateTopics: ['SAF.GBV'] }))).not.toContain('address.exposed protected_address');
  });
});

describe('weekly hours', () => {
  const hoursOf = (...schedules: object[]): unknown => placeFrom({ schedules }).hours;
  const weekly = { freq: 'WEEKLY', byday: 'MO,TU', opens_at: '09:00', closes_at: '14:00' };
  const taken = [{ byday: ['MO', 'TU'], opens_at: '09:00', closes_at: '14:00' }];

  it('are taken in all ways of writing them', () => {
    for (const same of [
      weekly,
      { ...weekly, freq: undefined, interval: '1' },
      { ...weekly, byday: 'mo, tu', opens_at: '9:00', closes_at: '14:00:00' },
      { ...weekly, opens_at: '09:00+01:00', closes_at: '14:00+01:00' },
      { ...weekly, valid_from: '2020-01-01', dtstart: '2020-01-06' },
      { ...weekly, valid_to: '2099-12-31' },
    ]) {
      expect(hoursOf(same), JSON.stringify(same)).toEqual(taken);
    }
  });

  it.each([
    ['schedule.not_weekly', { freq: 'MONTHLY', byday: '2MO' }],
    ['schedule.not_weekly', { interval: 2 }],
    ['schedule.not_weekly', { byday: '-1FR' }],
    ['schedule.not_weekly', { bysetpos: '1' }],
    ['schedule.not_weekly', { count: 3 }],
    ['schedule.limited', { valid_from: '2026-12-24' }],
    ['schedule.limited', { until: '2026-12-31' }],
    ['schedule.utc', { opens_at: '09:00Z' }],
    ['schedule.no_times', { opens_at: 'morning' }],
    ['schedule.no_times', { byday: '' }],
  ])('are not guessed at: %s for %j', (code, change) => {
    const result = read({ name: 'Legal advice', status: 'active', schedules: [{ ...weekly, ...change }] });
    expect(result.places[0]?.hours).toEqual([]);
    expect(result.report).toContainEqual(expect.objectContaining({ code, count: 1 }));
  });

  it('are those of the service at the location where it has its own', () => {
    const own = [
      { id: 'x', location: { id: 'l', location_type: 'physical', schedules: [{ ...weekly, byday: 'SU' }] }, schedules: [weekly] },
    ];
    expect(placeFrom({ schedules: [{ ...weekly, byday: 'FR' }], service_at_locations: own }).hours).toEqual(taken);
  });

  it('get the time zone that was given for the import, which a place without hours does not need', () => {
    expect(placeFrom({ schedules: [weekly] }, { timezone: 'Europe/Madrid' }).timezone).toBe('Europe/Madrid');
    expect(placeFrom({}, { timezone: 'Europe/Madrid' }).timezone).toBeUndefined();
  });
});

describe('languages', () => {
  it('are read by code, else by name, each once', () => {
    const languages = [
      { code: 'eng' },
      { name: 'Árabe' },
      { code: 'pt_br' },
      { name: 'Kurdish (Sorani)' },
      { name: 'Spanish, English' },
      { code: 'tgl' },
    ];
    expect(placeFrom({ languages, ...at({ languages: [{ code: 'ur' }, { code: 'en' }] }) }).languages).toEqual([
      'en',
      'ar',
      'pt-BR',
      'ckb',
      'es',
      'tl',
      'ur',
    ]);
  });

  it('that are not known are told', () => {
    const result = read({
      name: 'Legal advice',
      status: 'active',
      languages: [{ name: 'Klingon' }, { code: 'xx' }, { name: 'No' }, { code: 'mul' }],
    });
    expect(result.places[0]?.languages).toEqual([]);
    expect(codes(result).filter((code) => code.startsWith('language'))).toHaveLength(4);
  });
});

describe('what people must know', () => {
  it('papers are asked for where a required document is one, and unknown otherwise', () => {
    const papersFor = (document: string): string => placeFrom({ required_documents: [{ id: 'd', document }] }).asks_for_papers;
    for (const paper of [
      'Passport or national ID card',
      'DNI, NIE o pasaporte en vigor',
      'Titre de séjour',
      'Cédula de identidad',
      'جواز السفر',
    ]) {
      expect(papersFor(paper), paper).toBe('yes');
    }
    for (const other of ['Proof of address', 'Vaccination booklet', 'Run the form through the printer', ''])
      expect(papersFor(other), other).toBe('unknown');
  });

  it('is not free where an option costs something', () => {
    expect(placeFrom({ cost_options: [{ id: 'c', amount: 0 }] }).free).toBe(true);
    expect(
      placeFrom({
        cost_options: [
          { id: 'c', amount: 0 },
          { id: 'd', amount: '12.50' },
        ],
      }).free,
    ).toBe(false);
  });

  it('is never guessed from words: eligibility and fees are told instead', () => {
    const result = read({
      id: 's',
      name: 'Legal advice',
      status: 'active',
      eligibility_description: 'Women only',
      fees_description: 'Ask us',
    });
    expect(result.places[0]).toMatchObject({ women_only: false, free: true });
    expect(codes(result)).toEqual(expect.arrayContaining(['left_out.eligibility', 'left_out.fees']));
  });

  it('holds no name, title, letter or e-mail of a person', () => {
    const contact = { id: 'c', name: 'Ann Persona', title: 'Head nurse', email: 'ann@casa.example', phones: [{ number: '+34600111222' }] };
    const result = read({
      id: 's',
      name: 'Legal advice',
      status: 'active',
      email: 'advice@casa.example',
      contacts: [contact],
      organization: { id: 'o', name: 'Casa', contacts: [contact, { id: 'd', name: 'Bo Persona' }] },
      ...at({ contacts: [contact], addresses: [{ id: 'a', attention: 'Cy Persona', address_1: 'Calle 1' }] }),
    });
    expect(JSON.stringify(result)).not.toMatch(/Persona|nurse|@|600111222/);
    expect(result.report).toContainEqual(expect.objectContaining({ code: 'left_out.contacts', count: 3, severity: 'info' }));
  });

  it('tells each kind of thing that has no place here once, with its count', () => {
    const service = (id: string): object => ({
      id,
      name: `Service ${id}`,
      status: 'active',
      funding: [{ id: 'same' }],
      capacities: [{ id: `capacity ${id}` }],
      service_areas: [{ id: `area ${id}` }, { id: `other ${id}` }],
      invented_field: 'x',
    });
    const { report } = read([service('a'), service('b')]);
    const counts = Object.fromEntries(report.map(({ code, count }) => [code, count]));
    expect(counts).toMatchObject({ 'left_out.funding': 1, 'left_out.capacity': 2, 'left_out.service_areas': 4, 'field.unknown': 2 });
    expect(report.find(({ code }) => code === 'field.unknown')).toMatchObject({ field: 'service.invented_field', severity: 'info' });
  });
});

describe('where a place is', () => {
  const localityOf = (location: object, changes: Partial<HsdsOptions> = {}): string =>
    placeFrom(at(location), { localities, locality: undefined, ...changes }).locality;

  it('is found by the most exact name of its address, else by the nearest known place', () => {
    expect(localityOf({ addresses: [{ city: 'BCN', state_province: 'Catalunya', country: 'ES' }] })).toBe('ES-CT-BCN');
    expect(localityOf({ addresses: [{ city: 'Girona', state_province: 'Catalunya', country: 'ES' }] })).toBe('ES-CT');
    expect(localityOf({ latitude: 41.4, longitude: 2.2 })).toBe('ES-CT-BCN');
    expect(localityOf({ addresses: [{ city: 'Girona', country: 'Spain' }] })).toBe('ES');
  });

  it('is not a place of the same name in another country or far away', () => {
    expect(localityOf({ addresses: [{ city: 'Santiago', country: 'ES' }] })).toBe('ES');
    expect(localityOf({ addresses: [{ city: 'Barcelona' }], latitude: 10.13, longitude: -64.69 })).toBe('*');
  });

  it('stays within the place that was given for the import', () => {
    expect(localityOf({ addresses: [{ city: 'Barcelona' }] }, { locality: 'ES' })).toBe('ES-CT-BCN');
    expect(localityOf({ addresses: [{ city: 'Barcelona' }] }, { locality: 'CL' })).toBe('CL');
  });

  it('is told where it is not known', () => {
    const result = read({ name: 'Legal advice', status: 'active' }, { locality: undefined });
    expect(result.places[0]?.locality).toBe('*');
    expect(codes(result)).toContain('locality.unknown locality');
  });
});

describe('topics', () => {
  const term = (code: string, name: string): object => ({
    id: code,
    taxonomy_term: { id: code, code, name, taxonomy: 'AIRS', description: '' },
  });
  const service = { name: 'Legal advice', status: 'active', attributes: [term('FT-3200', 'Legal Aid'), term('LH', 'Health')] };

  it('are those that the terms stand for, by code, by name or by taxonomy and code', () => {
    for (const term of ['FT-3200', 'legal aid', 'airs:ft-3200']) {
      expect(placeFrom(service, { topicByTerm: { [term]: 'DOC.LAW' } }).topics, term).toEqual(['DOC.LAW']);
    }
  });

  it('are the one for all where no term stands for any, and unmapped terms are listed', () => {
    const result = read(service);
    expect(result.places[0]?.topics).toEqual(['COM']);
    expect(codes(result)).toEqual(expect.arrayContaining(['topic.default topics', 'topic.unmapped Legal Aid', 'topic.unmapped Health']));
  });
});

describe('our own attributes', () => {
  const own = (code: string, value: string): object => ({
    id: code,
    value,
    taxonomy_term: { id: code, code, name: code, description: '', taxonomy: 'ventanilla' },
  });

  it('count in any directory', () => {
    const attributes = [
      own('asks_for_papers', 'no'),
      own('women_only', 'yes'),
      own('free', 'FALSE'),
      own('EDU.SUP', ''),
      own('locality', 'ES-MD'),
    ];
    expect(placeFrom({ attributes })).toMatchObject({
      asks_for_papers: 'no',
      women_only: true,
      free: false,
      topics: ['EDU.SUP'],
      locality: 'ES-MD',
      confirm_locally: true,
    });
  });

  it('keep a protected address out, whatever the file says besides', () => {
    const place = placeFrom({
      attributes: [own('protected_address', 'yes')],
      url: 'https://casa.example',
      phones: [{ number: '+34934027000' }],
      ...at({ latitude: 41, longitude: 2, addresses: [{ address_1: 'Calle Secreta 1' }] }),
    });
    expect(place).toMatchObject({ protected_address: true, phones: ['+34934027000'] });
    expect(JSON.stringify(place)).not.toMatch(/Secreta|latitude|casa\.example/);
  });

  it('that cannot be used are told', () => {
    const attributes = [own('free', 'perhaps'), own('verify_by', 'soon'), own('timezone', 'Mars/Olympus'), own('nonsense', 'x')];
    const result = read({ name: 'Legal advice', status: 'active', attributes });
    expect(codes(result).filter((code) => code.startsWith('attribute'))).toEqual(
      ['free', 'verify_by', 'timezone', 'nonsense'].map((field) => `attribute.unusable ${field}`),
    );
    expect(result.places[0]).toMatchObject({ free: true, verify_by: '2027-05-29' });
  });
});
