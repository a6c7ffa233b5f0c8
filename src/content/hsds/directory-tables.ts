// The service records of a directory as the tables of a tabular data package: one row a record, joined by identifiers.
// Called by write-hsds.ts; knows nothing of places.
import { organizationOf } from './place-record.ts';
import type { ServiceRecord } from './place-record.ts';

/** Columns of the tables that we write, by the names of the standard. */
const COLUMNS = {
  organizations: ['id', 'name', 'description'],
  services: ['id', 'organization_id', 'name', 'url', 'status'],
  service_at_location: ['id', 'service_id', 'location_id'],
  locations: ['id', 'location_type', 'name', 'latitude', 'longitude'],
  addresses: ['id', 'location_id', 'address_1', 'city', 'state_province', 'postal_code', 'country', 'address_type'],
  phones: ['id', 'service_id', 'number', 'type'],
  schedules: ['id', 'service_id', 'freq', 'interval', 'byday', 'opens_at', 'closes_at'],
  languages: ['id', 'service_id', 'name', 'code'],
  attributes: ['id', 'link_id', 'taxonomy_term_id', 'link_type', 'link_entity', 'value', 'label'],
  taxonomy_terms: ['id', 'code', 'name', 'description', 'taxonomy', 'language', 'taxonomy_id'],
  taxonomies: ['id', 'name', 'description'],
} as const;

type Cell = string | number | undefined;
type Cells = Record<string, Cell>;

/** A table: its name in the standard, its columns and its cells. */
export interface Table {
  name: string;
  columns: readonly string[];
  rows: Cell[][];
}

/** All tables of the directory, also those without rows. Records that several services share stand once. */
export function tablesOf(services: ServiceRecord[]): Table[] {
  const records: Record<keyof typeof COLUMNS, Map<string, Cells>> = {
    organizations: new Map(),
    services: new Map(),
    service_at_location: new Map(),
    locations: new Map(),
    addresses: new Map(),
    phones: new Map(),
    schedules: new Map(),
    languages: new Map(),
    attributes: new Map(),
    taxonomy_terms: new Map(),
    taxonomies: new Map(),
  };
  const put = (table: keyof typeof COLUMNS, record: Cells & { id: string }): void => void records[table].set(record.id, record);
  for (const service of services) putService(service, put);
  return (Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]).map((name) => ({
    name,
    columns: COLUMNS[name],
    rows: [...records[name].values()].map((record) => COLUMNS[name].map((column) => record[column])),
  }));
}

type Put = (table: keyof typeof COLUMNS, record: Cells & { id: string }) => void;

function putService(service: ServiceRecord, put: Put): void {
  const { id, name, url, status } = service;
  // In tables every service has an organization: one that we know none of stands for itself.
  const organization = service.organization ?? organizationOf(name);
  put('organizations', organization);
  put('services', { id, organization_id: organization.id, name, url, status });
  for (const site of service.service_at_locations) {
    const { addresses, ...location } = site.location;
    put('service_at_location', { id: site.id, service_id: id, location_id: location.id });
    put('locations', location);
    for (const address of addresses) put('addresses', { ...address, location_id: location.id });
  }
  for (const phone of service.phones) put('phones', { ...phone, service_id: id });
  for (const schedule of service.schedules) put('schedules', { ...schedule, service_id: id });
  for (const language of service.languages) put('languages', { ...language, service_id: id });
  for (const { taxonomy_term: term, ...attribute } of service.attributes) {
    const { taxonomy_detail: taxonomy, ...columns } = term;
    put('attributes', { ...attribute, link_id: id, link_entity: 'service', taxonomy_term_id: term.id });
    put('taxonomy_terms', { ...columns, taxonomy_id: taxonomy.id });
    put('taxonomies', taxonomy);
  }
}
