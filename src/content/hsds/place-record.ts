// A place as a service of Open Referral HSDS 3.1 with all that hangs on it. Called by write-hsds.ts and directory-tables.ts.
// A protected address does not leave: such a place has no location, no address, no coordinates and no link here, only its phone.
import type { Place } from '../../domain/content.ts';
import { idOf } from './name-id.ts';
import { meaningOf, nameCode, TAXONOMY } from './own-attributes.ts';
import type { OwnField } from './own-attributes.ts';
import { nameOf } from './read-language.ts';

/** What an export is told about the hotline. */
export interface HsdsContext {
  /** Names of topics by their code, in the language of the export; a topic without one is named by its code. */
  topicNames: Record<string, string>;
}

const TAXONOMY_RECORD = {
  id: idOf('taxonomy', TAXONOMY),
  name: TAXONOMY,
  description: 'Topics of requests, and what a hotline for migrants needs to know of a place',
};

const FLAGS = ['women_only', 'female_staff', 'child_friendly', 'protected_address', 'free', 'confirm_locally'] as const;
const TEXTS = ['id', 'locality', 'asks_for_papers', 'shares_with_authorities', 'source', 'verify_by'] as const;

export type ServiceRecord = ReturnType<typeof serviceOf>;

/** The service record of a place. Equal places give equal records, identifiers included. */
export function serviceOf(place: Place, context: HsdsContext) {
  const id = idOf('service', place.id);
  return {
    id,
    name: place.name,
    ...(place.url === undefined || place.protected_address ? {} : { url: place.url }),
    status: 'active',
    ...(place.organization === undefined ? {} : { organization: organizationOf(place.organization) }),
    phones: place.phones.map((number, index) => ({ id: idOf('phone', `${place.id}/${index}`), number, type: 'voice' })),
    schedules: place.hours.map((hours, index) => ({
      id: idOf('schedule', `${place.id}/${index}`),
      freq: 'WEEKLY',
      interval: 1,
      byday: hours.byday.join(','),
      opens_at: hours.opens_at,
      closes_at: hours.closes_at,
    })),
    languages: place.languages.map((code) => ({ id: idOf('language', `${place.id}/${code}`), name: nameOf(code, 'en') ?? code, code })),
    service_at_locations: siteOf(place),
    attributes: attributesOf(place, context),
  };
}

/** An organization by its name. The standard wants it described; we know no more of it than the name. */
export function organizationOf(name: string): { id: string; name: string; description: string } {
  return { id: idOf('organization', name), name, description: name };
}

/** The location, for a place that has an address or coordinates that may be known. */
function siteOf(place: Place) {
  const hasPoint = place.latitude !== undefined && place.longitude !== undefined;
  if (place.protected_address || (place.address === undefined && !hasPoint)) return [];
  const location = {
    id: idOf('location', place.id),
    location_type: 'physical',
    name: place.name,
    ...(hasPoint ? { latitude: place.latitude, longitude: place.longitude } : {}),
    addresses: place.address === undefined ? [] : [addressOf(place, place.address)],
  };
  return [{ id: idOf('service_at_location', place.id), location }];
}

/** Our address is one line: what the standard wants in columns is empty rather than guessed. */
function addressOf(place: Place, line: string) {
  return {
    id: idOf('address', place.id),
    address_1: line,
    city: '',
    state_province: '',
    postal_code: '',
    country: place.locality === '*' ? '' : place.locality.slice(0, 2),
    address_type: 'physical',
  };
}

function attributesOf(place: Place, { topicNames }: HsdsContext) {
  const yesOrNo = (flag: boolean): string => (flag ? 'yes' : 'no');
  const field = (code: OwnField, value: string) => attributeOf(place, 'place', code, meaningOf(code), value);
  return [
    ...place.topics.map((code) => attributeOf(place, 'topic', code, topicNames[code] ?? code)),
    ...TEXTS.map((code) => field(code, place[code])),
    ...FLAGS.map((code) => field(code, yesOrNo(place[code]))),
    ...(place.timezone === undefined ? [] : [field('timezone', place.timezone)]),
    ...(place.organization === undefined ? [field('no_organization', 'yes')] : []),
    ...Object.entries(place.names).map(([language, name]) =>
      attributeOf(place, 'name', nameCode(language), `Name in ${nameOf(language, 'en') ?? language}`, name),
    ),
  ];
}

function attributeOf(place: Place, kind: string, code: string, meaning: string, value?: string) {
  return {
    id: idOf('attribute', `${place.id}/${code}`),
    link_type: kind,
    ...(value === undefined ? {} : { value }),
    label: meaning,
    taxonomy_term: {
      id: idOf('term', code),
      code,
      name: meaning,
      description: meaning,
      taxonomy: TAXONOMY,
      taxonomy_detail: TAXONOMY_RECORD,
      // Topics are named in the language of the export, which nobody says here.
      ...(kind === 'topic' ? {} : { language: 'en' }),
    },
  };
}
