// Puts the rows of a package's tables together into services with all that hangs on them, as the JSON of the standard has them.
// Called by services-of-files.ts and json-services.ts; gives raw records for shape.ts and looks at nothing but ids.
import type { Row } from './read-table.ts';
import type { Report } from './report.ts';
import type { TableName } from './tables.ts';

type Raw = Record<string, unknown>;
type Tables = ReadonlyMap<TableName, Row[]>;

const ENTITIES = ['service', 'service_at_location', 'location', 'organization'] as const;
type Entity = (typeof ENTITIES)[number];

const TABLE_OF = {
  service: 'services',
  service_at_location: 'service_at_location',
  location: 'locations',
  organization: 'organizations',
} as const satisfies Record<Entity, TableName>;

/** Tables whose rows hang on another record, and the list of that record in which they stand. */
const HANGING = [
  ['addresses', 'addresses'],
  ['postal_addresses', 'addresses'],
  ['phones', 'phones'],
  ['contacts', 'contacts'],
  ['schedules', 'schedules'],
  ['languages', 'languages'],
  ['attributes', 'attributes'],
  ['required_documents', 'required_documents'],
  ['cost_options', 'cost_options'],
  ['service_areas', 'service_areas'],
  ['service_capacity', 'capacities'],
  ['programs', 'programs'],
  ['funding', 'funding'],
  ['accessibility', 'accessibility'],
  ['url', 'additional_urls'],
  ['metadata', 'metadata'],
] as const satisfies [TableName, string][];

/** What hangs on one record: lists by name. */
type Lists = Record<string, Raw[]>;

/** The services of a package. A row that hangs on nothing in the package is counted in the report. */
export function servicesOfTables(tables: Tables, report: Report): object[] {
  const rowsOf = (table: TableName): Row[] => tables.get(table) ?? [];
  const listsOf = hangRows(tables, report);
  const complete = (entity: Entity): Map<string, Raw> =>
    new Map(identified(rowsOf(TABLE_OF[entity])).map(([id, row]) => [id, { ...row, ...listsOf(entity, id) }]));
  const locations = complete('location');
  const organizations = complete('organization');
  const sites = new Map<string, Raw[]>();
  for (const row of rowsOf('service_at_location')) {
    const location = locations.get(row['location_id'] ?? '');
    if (location === undefined) noteOrphan('service_at_location', report);
    push(sites, row['service_id'] ?? '', { ...row, ...listsOf('service_at_location', row['id']), location });
  }
  return rowsOf('services').map((row) => ({
    ...row,
    ...listsOf('service', row['id']),
    service_at_locations: row['id'] === undefined ? [] : (sites.get(row['id']) ?? []),
    organization: organizations.get(row['organization_id'] ?? ''),
  }));
}

/** Sorts the rows of all hanging tables to the records that they hang on. */
function hangRows(tables: Tables, report: Report): (entity: Entity, id: string | undefined) => Lists {
  const ownersOf = createOwners(tables);
  const termOf = createTerms(tables);
  const lists = new Map<string, Lists>();
  for (const [table, list] of HANGING) {
    for (const row of tables.get(table) ?? []) {
      const owners = ownersOf(row, table);
      // What hangs on a named person or on one phone only is not read.
      const unread = row['contact_id'] !== undefined || row['phone_id'] !== undefined || table === 'metadata';
      if (owners.length === 0 && !unread) noteOrphan(table, report);
      const raw: Raw = { ...(table === 'postal_addresses' ? { address_type: 'postal' } : {}), ...row, ...termOf(row, table) };
      for (const owner of owners) {
        const owned = lists.get(owner) ?? {};
        (owned[list] ??= []).push(raw);
        lists.set(owner, owned);
      }
    }
  }
  return (entity, id) => lists.get(keyOf(entity, id ?? '')) ?? {};
}

function keyOf(entity: Entity, id: string): string {
  return `${entity}:${id}`;
}

/** Finds the most exact records that a row hangs on: what is of a service at one place says nothing of that service elsewhere. */
function createOwners(tables: Tables): (row: Row, table: TableName) => string[] {
  const known = new Set(ENTITIES.flatMap((entity) => identified(tables.get(TABLE_OF[entity]) ?? []).map(([id]) => keyOf(entity, id))));
  const pairOf = (row: Row): string => `${row['service_id'] ?? ''} ${row['location_id'] ?? ''}`;
  const pairs = new Map(identified(tables.get('service_at_location') ?? []).map(([id, row]) => [pairOf(row), id]));
  return (row, table) => {
    const paired = table === 'phones' || table === 'schedules' ? pairs.get(pairOf(row)) : undefined;
    const site = keyOf('service_at_location', row['service_at_location_id'] ?? paired ?? '');
    if (known.has(site)) return [site];
    const linked = ENTITIES.map((entity) => ({ entity, id: row[`${entity}_id`] ?? linkedId(row, entity) }));
    return linked.flatMap(({ entity, id }) => (id !== undefined && known.has(keyOf(entity, id)) ? [keyOf(entity, id)] : []));
  };
}

/** Attributes and metadata name the table they mean, in more than one spelling; one that names none means any with that id. */
function linkedId(row: Row, entity: Entity): string | undefined {
  const named = (row['link_entity'] ?? row['resource_type'] ?? '').toLowerCase().replace(/s$/, '');
  const other = ENTITIES.some((each) => each === named) && named !== entity;
  return other ? undefined : (row['link_id'] ?? row['resource_id']);
}

/** The term of an attribute, with its taxonomy. */
function createTerms(tables: Tables): (row: Row, table: TableName) => Raw {
  const taxonomies = new Map(identified(tables.get('taxonomies') ?? []));
  const terms = new Map(
    identified(tables.get('taxonomy_terms') ?? []).map(([id, row]) => [
      id,
      { ...row, taxonomy_detail: taxonomies.get(row['taxonomy_id'] ?? '') },
    ]),
  );
  return (row, table) => {
    const term = table === 'attributes' ? terms.get(row['taxonomy_term_id'] ?? '') : undefined;
    return term === undefined ? {} : { taxonomy_term: term };
  };
}

/** Rows by their id; nothing can hang on a row that has none. */
function identified(rows: Row[]): [string, Row][] {
  return rows.flatMap((row): [string, Row][] => (row['id'] === undefined ? [] : [[row['id'], row]]));
}

function push<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

function noteOrphan(table: TableName, report: Report): void {
  const message = `Rows of the table "${table}" belong to a record that is not among the files. Add the missing table, or mend the ids.`;
  report.count({ severity: 'warning', code: 'table.orphan', message, field: table });
}
