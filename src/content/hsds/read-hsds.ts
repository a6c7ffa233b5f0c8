// Reads a directory in Open Referral HSDS 3.1, JSON or CSV, into places, and reports what did not fit. Called by `import` and the console.
// Nothing is half imported: a file that cannot be read leaves no places. Publishing, and who confirms a place, are not its business.
import type { Place } from '../../domain/content.ts';
import { addDays } from '../../util/local-time.ts';
import { placeOfService } from './place-of-service.ts';
import type { FoundPlace, ImportContext } from './place-of-service.ts';
import { createLocalityFinder } from './read-locality.ts';
import type { NamedLocality } from './read-locality.ts';
import type { GivenFile } from './read-text.ts';
import { createTopicReader } from './read-topics.ts';
import { createReport } from './report.ts';
import type { HsdsNote, Report } from './report.ts';
import type { HsdsService, HsdsServiceAtLocation } from './shape.ts';
import { servicesOfFiles } from './services-of-files.ts';
import { withIds } from './unique-ids.ts';
import { noteUnknownFields } from './unknown-fields.ts';
import { noteUnrepresented } from './unrepresented.ts';

export interface HsdsOptions {
  /** Local date, YYYY-MM-DD. Places that carry no date of ours are to be verified within 180 days of it. */
  today: string;
  /** Where the directory comes from, as people are told who look a place up. */
  source: string;
  /** Topic of services whose terms stand for none. */
  defaultTopic: string;
  /** Topic codes by what the directory calls its terms: `code`, `name` or `taxonomy:code`. */
  topicByTerm?: Record<string, string>;
  /** The place that all of the directory lies in; what can be placed more exactly within it, is. */
  locality?: string;
  /** The places that the hotline knows, with their names. */
  localities?: NamedLocality[];
  /** Time zone of places that have hours but no time zone of ours. */
  timezone?: string;
  /** Topics of the private lane: addresses of their places are pointed out. */
  privateTopics?: string[];
}

export interface HsdsResult {
  places: Place[];
  report: HsdsNote[];
}

const DAYS_TO_VERIFY = 180;
const MOST_NAME_LETTERS = 300;

/** The places of a directory, one for each service at a location, in the order of the files. Never throws. */
export function readHsds(files: GivenFile[], options: HsdsOptions): HsdsResult {
  const report = createReport();
  const services = servicesOfFiles(files, report);
  if (services === null) return { places: [], report: report.notes() };
  const context: ImportContext = {
    period: { today: options.today, verifyBy: addDays(options.today, DAYS_TO_VERIFY) },
    source: options.source,
    timezone: options.timezone,
    privateTopics: new Set(options.privateTopics),
    localityOf: createLocalityFinder(options.localities ?? [], options.locality),
    topicsOf: createTopicReader(options.topicByTerm ?? {}, options.defaultTopic, report),
    report,
  };
  const places = withIds(findPlaces(services, context), report);
  if (services.length === 0) noteNothing(report);
  return { places, report: report.notes() };
}

function findPlaces(services: HsdsService[], context: ImportContext): FoundPlace[] {
  const { report } = context;
  const seen = new Set<string>();
  return services.flatMap((service) => {
    if (!isImported(service, report)) return [];
    noteUnrepresented(service, report);
    noteUnknownFields(service, report);
    const sites = service.service_at_locations.length === 0 ? [null] : service.service_at_locations;
    return sites.filter((site) => isNew(service, site, seen, report)).map((site) => placeOfService(service, site, context));
  });
}

/** A service at a location may stand in a list of services and in one of locations as well. */
function isNew(service: HsdsService, site: HsdsServiceAtLocation | null, seen: Set<string>, report: Report): boolean {
  if (service.id === undefined) return true;
  const where = site?.location?.id ?? site?.location_id ?? site?.id;
  if (site !== null && where === undefined) return true;
  const key = JSON.stringify([service.id, where ?? '']);
  if (!seen.has(key)) {
    seen.add(key);
    return true;
  }
  const message = 'The same service at the same location stands in the files more than once; the first is imported.';
  report.count({ severity: 'info', code: 'service.twice', message });
  return false;
}

/** Only what works now is imported. */
function isImported(service: HsdsService, report: Report): boolean {
  const record = service.name ?? service.id ?? '';
  const status = service.status?.toLowerCase().replaceAll('_', ' ') ?? 'active';
  const letters = service.name?.length ?? 0;
  if (letters < 2 || letters > MOST_NAME_LETTERS) {
    const message = `This service has no name that can be shown to people and is not imported. Give it one of 2 to ${MOST_NAME_LETTERS} characters.`;
    report.add({ severity: 'warning', code: 'service.no_name', message, record: service.id ?? '' });
    return false;
  }
  if (['inactive', 'defunct', 'temporarily closed', 'closed'].includes(status)) {
    const message = `This service is ${status} and is not imported. Where a place of yours stands for it, remove that place.`;
    report.add({ severity: 'warning', code: 'service.closed', message, record, field: 'status' });
    return false;
  }
  if (status !== 'active') {
    const message = `The status "${status.slice(0, 40)}" is none of the standard. The service is imported; make sure that it works.`;
    report.add({ severity: 'warning', code: 'service.status', message, record, field: 'status' });
  }
  return true;
}

function noteNothing(report: Report): void {
  const message =
    'No service is in these files. Give the list of services in full as JSON, or services.csv with the tables that belong to it.';
  report.add({ severity: 'warning', code: 'file.no_services', message });
}
