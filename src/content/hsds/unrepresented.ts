// What a directory of the standard holds and a place of ours does not: told once for each kind, with how many there are.
// Called by read-hsds.ts for every service; reads nothing but whether something is there.
import { isOwn } from './own-attributes.ts';
import type { HsdsNote, Report } from './report.ts';
import type { HsdsLocation, HsdsService, Thing } from './shape.ts';

interface Kind {
  severity: HsdsNote['severity'];
  code: string;
  message: string;
  /** The records of this kind at a service. */
  of(service: HsdsService): (Thing | undefined)[];
}

/** What people must know before they go: somebody has to read it. */
const TO_READ: Kind[] = [
  {
    severity: 'warning',
    code: 'left_out.eligibility',
    message: 'Who may come (eligibility, ages) is not represented and is never guessed from. Read it, and set "women_only" where it is so.',
    of: (service) => [serviceIf(service, service.eligibility_description, service.minimum_age, service.maximum_age)],
  },
  {
    severity: 'warning',
    code: 'left_out.fees',
    message:
      'Fees described in words are not represented; only an amount in the cost options makes a place "not free". Read them and set "free".',
    of: (service) => [
      serviceIf(
        service,
        service.cost_options.some(({ amount }) => (amount ?? 0) > 0) ? undefined : (service.fees_description ?? service.fees),
      ),
    ],
  },
  {
    severity: 'warning',
    code: 'left_out.alert',
    message: 'Short-term alerts of services are not represented. Read them: the service may work otherwise at present.',
    of: (service) => [serviceIf(service, service.alert)],
  },
  {
    severity: 'warning',
    code: 'left_out.required_documents',
    message: 'Required documents are not represented, but for whether papers are asked for. Read them, and check "asks_for_papers".',
    of: (service) => service.required_documents,
  },
  {
    severity: 'warning',
    code: 'left_out.application',
    message: 'How to apply and how long it takes are not represented. Write an answer where people need to know it.',
    of: (service) => [serviceIf(service, service.application_process, service.wait_time)],
  },
];

/** Left out so that no more is kept about people than is needed. */
const LEAST_DATA: Kind[] = [
  {
    severity: 'info',
    code: 'left_out.contacts',
    message:
      'Names, titles and direct contacts of persons are left out on purpose: the least data is kept about people. Nothing is to be done.',
    of: (service) => [
      ...service.contacts,
      ...service.service_at_locations.flatMap(({ contacts }) => contacts),
      ...locationsOf(service).flatMap(({ contacts, addresses }) => [
        ...contacts,
        ...addresses.filter(({ attention }) => attention !== undefined),
      ]),
      ...(service.organization?.contacts ?? []),
    ],
  },
  {
    severity: 'info',
    code: 'left_out.email',
    message: 'E-mail addresses are left out: this line sends people to a phone, a page or a door.',
    of: (service) => [serviceIf(service, service.email), thingIf(service.organization, service.organization?.email)],
  },
];

/** No place of ours has these. */
const NO_FIELD: Kind[] = [
  kind('accessibility', 'Accessibility of locations', (service) => locationsOf(service).flatMap(({ accessibility }) => accessibility)),
  kind('funding', 'Funding', (service) => [...service.funding, ...(service.organization?.funding ?? [])]),
  kind('programs', 'Programs', (service) => [...service.program, ...(service.organization?.programs ?? [])]),
  kind('capacity', 'Capacities', (service) => service.capacities),
  kind('service_areas', 'Service areas', (service) => [
    ...service.service_areas,
    ...service.service_at_locations.flatMap(({ service_areas }) => service_areas),
  ]),
  kind('interpretation', 'Interpretation described in words', (service) => [serviceIf(service, service.interpretation_services)]),
  kind('descriptions', 'Descriptions and other names', (service) => [
    otherWordsOf(service),
    otherWordsOf(service.organization),
    ...service.service_at_locations.map((site) => thingIf(site, site.description)),
    ...locationsOf(service).map((location) => otherWordsOf(location)),
  ]),
  kind('transportation', 'Ways to get there', (service) =>
    locationsOf(service).map((location) => thingIf(location, location.transportation)),
  ),
  kind('links', 'Further links', (service) => [...service.additional_urls, ...(service.organization?.additional_websites ?? [])]),
  kind('credentials', 'Accreditations and licences', (service) => [serviceIf(service, service.accreditations, service.licenses)]),
  kind('organization', 'Legal details of organizations', ({ organization }) => [
    ...(organization?.organization_identifiers ?? []),
    thingIf(organization, organization?.tax_id, organization?.tax_status, organization?.legal_status, organization?.year_incorporated),
  ]),
  kind('history', 'The history of changes', (service) => [
    ...service.metadata,
    ...service.service_at_locations.flatMap(({ metadata }) => metadata),
    ...locationsOf(service).flatMap(({ metadata }) => metadata),
    ...(service.organization?.metadata ?? []),
  ]),
  kind('phone_languages', 'Languages of a phone number', ({ phones }) => phones.flatMap(({ languages }) => languages)),
  kind('attributes', 'Attributes of locations and organizations', (service) =>
    [...locationsOf(service).flatMap(({ attributes }) => attributes), ...(service.organization?.attributes ?? [])].filter(
      (attribute) => !isOwn(attribute),
    ),
  ),
];

/** Counts what a service holds that a place does not. */
export function noteUnrepresented(service: HsdsService, report: Report): void {
  for (const { severity, code, message, of } of [...TO_READ, ...LEAST_DATA, ...NO_FIELD]) {
    for (const thing of of(service)) if (thing !== undefined) report.count({ severity, code, message }, thing.id);
  }
}

function kind(name: string, words: string, of: Kind['of']): Kind {
  return { severity: 'info', code: `left_out.${name}`, message: `${words}: a place here has no field for it; left out.`, of };
}

function locationsOf(service: HsdsService): HsdsLocation[] {
  return service.service_at_locations.flatMap(({ location }) => (location === undefined ? [] : [location]));
}

/** A record, if one of the texts is there. */
function thingIf(record: Thing | undefined, ...texts: (string | undefined)[]): Thing | undefined {
  return record !== undefined && texts.some((text) => text !== undefined) ? { id: record.id } : undefined;
}

type Described = Thing & Partial<Record<'name' | 'description' | 'alternate_name', string | undefined>>;

/** A record that is called or described otherwise than by its name. */
function otherWordsOf(record: Described | undefined): Thing | undefined {
  return thingIf(record, record?.description === record?.name ? undefined : record?.description, record?.alternate_name);
}

function serviceIf(service: HsdsService, ...texts: (string | undefined)[]): Thing | undefined {
  return thingIf(service, ...texts);
}
