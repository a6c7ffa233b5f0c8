// Finds the services in any JSON of the standard: one service, a list, a page of an API, services at locations, organizations with
// their services, or a package of tables as one object. Called by services-of-files.ts; gives raw records for shape.ts.
import type { Report } from './report.ts';
import { servicesOfTables } from './csv-services.ts';
import { tableOf } from './tables.ts';
import type { TableName } from './tables.ts';
import type { Row } from './read-table.ts';
import { objectsOf } from './shape.ts';

type Raw = Record<string, unknown>;

const PAGES = ['contents', 'content'];

/** The services of a JSON document, each with all that hangs on it. What is no service is counted in the report. */
export function servicesOfJson(value: unknown, report: Report): object[] {
  return itemsOf(value).flatMap((item) => {
    const raw: Raw = { ...item };
    const page = PAGES.find((key) => Array.isArray(raw[key]));
    if (page !== undefined) {
      notePages(raw, report);
      return servicesOfJson(raw[page], report);
    }
    if (isPackage(raw)) return servicesOfTables(tablesOf(raw), report);
    if (Array.isArray(raw['services'])) return servicesOfOrganization(raw);
    if (isObject(raw['service'])) return [{ ...raw['service'], service_at_locations: [withoutService(raw)] }];
    if (isService(raw)) return [raw];
    countOther(raw, report);
    return [];
  });
}

/** A list in a list is one list. */
function itemsOf(value: unknown): object[] {
  return Array.isArray(value) ? value.flatMap((item: unknown) => itemsOf(item)) : objectsOf(value);
}

function isObject(value: unknown): value is Raw {
  return objectsOf(value).length > 0 && !Array.isArray(value);
}

/** An organization, a location and a program have a name as well; what only a service has tells them apart. */
function isService(raw: Raw): boolean {
  if ('location_type' in raw || 'locations' in raw) return false;
  return ['status', 'service_at_locations', 'organization', 'schedules', 'eligibility_description', 'cost_options'].some(
    (key) => raw[key] !== undefined,
  );
}

function isPackage(raw: Raw): boolean {
  return Object.keys(raw).some((key) => key.endsWith('.csv') && Array.isArray(raw[key]));
}

/** Cells of such a package may be numbers. */
function tablesOf(raw: Raw): Map<TableName, Row[]> {
  const tables = new Map<TableName, Row[]>();
  for (const [key, rows] of Object.entries(raw)) {
    const table = tableOf(key);
    if (table !== null) tables.set(table, [...(tables.get(table) ?? []), ...objectsOf(rows).map(asRow)]);
  }
  return tables;
}

function asRow(raw: object): Row {
  const cells = Object.entries(raw).flatMap(([column, cell]: [string, unknown]) =>
    (typeof cell === 'string' && cell !== '') || typeof cell === 'number' || typeof cell === 'boolean'
      ? [[column, String(cell)] as const]
      : [],
  );
  return Object.fromEntries(cells);
}

/** A service knows its organization; where the organization holds its services, it is written once. */
function servicesOfOrganization(raw: Raw): object[] {
  const { services, locations: _locations, ...organization } = raw;
  return objectsOf(services).map((service) => {
    const own: Raw = { ...service };
    return isObject(own['organization']) || organization['name'] === undefined ? own : { ...own, organization };
  });
}

function withoutService(raw: Raw): Raw {
  const { service: _service, ...rest } = raw;
  return rest;
}

function notePages(raw: Raw, report: Report): void {
  const pages = Number(raw['total_pages']);
  if (!(pages > 1)) return;
  const message = `A file holds one page of ${pages}. Fetch the other pages as well and import them together.`;
  report.count({ severity: 'warning', code: 'json.page', message });
}

function countOther(raw: Raw, report: Report): void {
  if ('website' in raw || 'locations' in raw) {
    const message =
      'Organizations without services are not imported, because people are sent to a service. Fetch the list of services in full instead.';
    report.count({ severity: 'warning', code: 'organization.no_services', message });
    return;
  }
  const message = 'Records that are no service, such as a location or a taxonomy by itself, are not imported.';
  report.count({ severity: 'warning', code: 'record.no_service', message });
}
