// One place of the directory from one service at one location, with all that hangs on both. Called by read-hsds.ts.
// What the record does not say is not guessed: it stays unknown, and people are told to confirm it.
import type { Place } from '../../domain/content.ts';
import { EVERYWHERE } from '../../release/locality-tree.ts';
import { namesPapers } from './names-papers.ts';
import { readOwnAttributes } from './own-attributes.ts';
import type { OwnAttributes } from './own-attributes.ts';
import { readAddress, readPhones, readUrl } from './read-contact.ts';
import type { Context } from './read-contact.ts';
import { readHours } from './read-hours.ts';
import type { Period } from './read-hours.ts';
import { readLanguages } from './read-language.ts';
import { countryOf } from './read-locality.ts';
import type { LocalityFinder } from './read-locality.ts';
import type { Report } from './report.ts';
import type { HsdsLocation, HsdsService, HsdsServiceAtLocation } from './shape.ts';
import type { TopicReader } from './read-topics.ts';

/** What is the same for all places of one import. */
export interface ImportContext {
  period: Period;
  source: string;
  timezone: string | undefined;
  /** Topics about which people write in the private lane. */
  privateTopics: ReadonlySet<string>;
  localityOf: LocalityFinder;
  topicsOf: TopicReader;
  report: Report;
}

/** A place whose id is still to be made unique; `id` is the one it had in a directory of ours. */
export interface FoundPlace {
  place: Omit<Place, 'id'>;
  id: string | undefined;
}

/** The place of a service where it is given; `site` is null for a service without a location. */
export function placeOfService(service: HsdsService, site: HsdsServiceAtLocation | null, context: ImportContext): FoundPlace {
  const { report, period } = context;
  const record = service.name ?? service.id ?? '';
  const attributes = [...(site?.attributes ?? []), ...service.attributes];
  const own = readOwnAttributes(attributes, record, report);
  const locality = own.locality ?? localityOf(site?.location, record, context);
  const country = countryOf(site?.location) ?? (locality === EVERYWHERE ? null : locality.slice(0, 2));
  const found = { record, country, report };
  const hidden = own.protected_address === true;
  const place: Omit<Place, 'id'> = {
    ...namesOf(service, own),
    topics: context.topicsOf(own, attributes, record),
    locality,
    phones: phonesOf(service, site, found),
    hours: readHours(schedulesOf(service, site), period, report),
    languages: languagesOf(service, site?.location, report),
    ...flagsOf(service, own),
    source: own.source ?? context.source,
    verify_by: own.verify_by ?? period.verifyBy,
  };
  // A place of ours that has no time zone keeps its hours in that of its hotline.
  const timezone = own.timezone ?? (own.id === undefined && place.hours.length > 0 ? context.timezone : undefined);
  if (timezone !== undefined) place.timezone = timezone;
  // Whatever the file says besides, a protected address does not come in.
  if (!hidden) Object.assign(place, whereabouts(service, site?.location, found));
  if (place.address !== undefined && place.topics.some((topic) => context.privateTopics.has(topic))) noteExposed(record, report);
  return { place, id: own.id };
}

function noteExposed(record: string, report: Report): void {
  const message =
    'This helps people in danger, and its address would be given to anybody who asks. Unless its door is meant to be known, set "protected_address".';
  report.add({ severity: 'warning', code: 'address.exposed', message, record, field: 'protected_address' });
}

/** A foreign service is often called "Counselling": its organization tells it apart. */
function namesOf(service: HsdsService, own: OwnAttributes): Pick<Place, 'name' | 'names' | 'organization'> {
  const name = oneLine(service.name ?? '');
  const organization = service.organization?.name === undefined ? undefined : oneLine(service.organization.name);
  const names = { name, names: own.names };
  if (own.id !== undefined) return organization === undefined || own.no_organization === true ? names : { ...names, organization };
  if (organization === undefined || name.toLowerCase() === organization.toLowerCase()) return names;
  return { name: `${name} — ${organization}`, names: own.names, organization };
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
}

function localityOf(location: HsdsLocation | undefined, record: string, { localityOf: find, report }: ImportContext): string {
  const locality = find(location);
  if (locality === EVERYWHERE) {
    const message = 'It is not known where this is, so it is offered to people everywhere. Set its locality.';
    report.add({ severity: 'warning', code: 'locality.unknown', message, record, field: 'locality' });
  }
  return locality;
}

/** Numbers of the service first; those of the organization only where there is no other. */
function phonesOf(service: HsdsService, site: HsdsServiceAtLocation | null, context: Context): string[] {
  const phones = readPhones([...(site?.phones ?? []), ...service.phones, ...(site?.location?.phones ?? [])], context);
  return phones.length > 0 ? phones : readPhones(service.organization?.phones ?? [], context);
}

/** The most exact schedules there are. */
function schedulesOf(service: HsdsService, site: HsdsServiceAtLocation | null): HsdsService['schedules'] {
  const lists = [site?.schedules ?? [], service.schedules, site?.location?.schedules ?? []];
  return lists.find((schedules) => schedules.length > 0) ?? [];
}

function languagesOf(service: HsdsService, location: HsdsLocation | undefined, report: Report): string[] {
  const languages = [...service.languages, ...(location?.languages ?? [])].flatMap((language) => {
    const tags = readLanguages(language);
    if (tags.length === 0) {
      const message = 'This language is not known by its code or name and is left out. Write its ISO 639 code.';
      report.count({ severity: 'warning', code: 'language.unknown', message, field: language.code ?? language.name ?? '' }, language.id);
    }
    return tags;
  });
  return [...new Set(languages)];
}

function flagsOf(service: HsdsService, own: OwnAttributes) {
  const papers = service.required_documents.some(({ document }) => document !== undefined && namesPapers(document));
  const costs = service.cost_options.some(({ amount }) => amount !== undefined && amount > 0);
  return {
    asks_for_papers: own.asks_for_papers ?? (papers ? 'yes' : 'unknown'),
    shares_with_authorities: own.shares_with_authorities ?? 'unknown',
    women_only: own.women_only ?? false,
    female_staff: own.female_staff ?? false,
    child_friendly: own.child_friendly ?? false,
    protected_address: own.protected_address ?? false,
    free: own.free ?? !costs,
    confirm_locally: own.confirm_locally ?? true,
  } as const;
}

/** Link, address and coordinates. */
function whereabouts(service: HsdsService, location: HsdsLocation | undefined, context: Context): Partial<Place> {
  const virtual = location?.location_type?.toLowerCase() === 'virtual';
  const url = readUrl([service.url, virtual ? location?.url : undefined, service.organization?.website], context);
  const address = virtual ? undefined : readAddress(location?.addresses ?? [], context);
  const point = virtual ? undefined : coordinatesOf(location, context);
  return { ...(url === undefined ? {} : { url }), ...(address === undefined ? {} : { address }), ...point };
}

function coordinatesOf(
  location: HsdsLocation | undefined,
  { record, report }: Context,
): { latitude: number; longitude: number } | undefined {
  const { latitude, longitude } = location ?? {};
  if (latitude === undefined || longitude === undefined) return undefined;
  const onEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  // Nobody is in the sea off Guinea: two zeros stand for "not known".
  if (onEarth && (latitude !== 0 || longitude !== 0)) return { latitude, longitude };
  const message = 'These coordinates are no point where anybody can be and are left out. Mend them in the source.';
  report.add({ severity: 'warning', code: 'location.coordinates', message, record, field: 'latitude' });
  return undefined;
}
