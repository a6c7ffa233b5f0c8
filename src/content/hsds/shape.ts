// The records of Open Referral HSDS 3.1 as they are read: leniently, so that one odd value never stops an import.
// Every field of the standard is named, also those that have no place here, so that fields of nobody's standard can be told.
// Called by services-of-files.ts; @see https://docs.openreferral.org/en/3.1/hsds/schema_reference.html
import { z } from 'zod';

/** Longer texts are cut: nothing of ours is as long. */
const MOST_LETTERS = 5000;

/** A text or a number as text, without blanks around it; anything else, and the empty text, is nothing. */
const Text = z
  .transform((value: unknown): string | undefined => {
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    return typeof value === 'string' ? value.trim().slice(0, MOST_LETTERS).toWellFormed() || undefined : undefined;
  })
  .optional();

/** A number, also written as text; anything else is nothing. */
const Numeral = z
  .transform((value: unknown): number | undefined => {
    const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
  })
  .optional();

/** What has no place here; only whether it is there is asked, so that nothing of it goes further. */
const Unread = z.transform((value: unknown): true | undefined => (value === undefined || value === null ? undefined : true)).optional();

/** A record of which nothing but its id is read. */
export interface Thing {
  id?: string | undefined;
}

type Read<S extends z.ZodRawShape> = z.output<z.ZodObject<S>> & {
  /** Names of fields that the standard does not know. */
  unknown: string[];
};

function reader<S extends z.ZodRawShape>(shape: S): (raw: object) => Read<S> {
  const schema = z.object(shape);
  return (raw) => ({ ...schema.parse(raw), unknown: Object.keys(raw).filter((key) => !Object.hasOwn(shape, key)) });
}

/** The objects of a list; one object counts as a list of one. */
export function objectsOf(value: unknown): object[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((item): item is object => typeof item === 'object' && item !== null && !Array.isArray(item));
}

const listOf = <T>(read: (raw: object) => T) => z.transform((value: unknown): T[] => objectsOf(value).map(read)).default([]);

const oneOf = <T>(read: (raw: object) => T) => z.transform((value: unknown): T | undefined => objectsOf(value).map(read)[0]).optional();

const Things = listOf((raw): Thing => ({ id: z.object({ id: Text }).parse(raw).id }));

/** In tables, what a record belongs to. */
const links = { organization_id: Unread, service_id: Unread, location_id: Unread, service_at_location_id: Unread };

const readTaxonomy = reader({ id: Text, name: Text, description: Unread, uri: Text, version: Unread, metadata: Things });

const readTerm = reader({
  id: Text,
  code: Text,
  name: Text,
  description: Unread,
  parent_id: Unread,
  taxonomy: Text,
  taxonomy_detail: oneOf(readTaxonomy),
  language: Unread,
  taxonomy_id: Unread,
  term_uri: Text,
  metadata: Things,
});

const readAttribute = reader({
  id: Text,
  link_id: Unread,
  taxonomy_term_id: Unread,
  link_type: Text,
  link_entity: Unread,
  value: Text,
  taxonomy_term: oneOf(readTerm),
  metadata: Things,
  label: Text,
});
const common = { attributes: listOf(readAttribute), metadata: Things };

const readLanguage = reader({ id: Text, ...links, phone_id: Unread, name: Text, code: Text, note: Text, ...common });

const readPhone = reader({
  id: Text,
  ...links,
  contact_id: Unread,
  number: Text,
  extension: Text,
  type: Text,
  description: Unread,
  languages: listOf(readLanguage),
  ...common,
});

const readSchedule = reader({
  id: Text,
  ...links,
  valid_from: Text,
  valid_to: Text,
  dtstart: Text,
  timezone: Text,
  until: Text,
  count: Text,
  wkst: Unread,
  freq: Text,
  interval: Text,
  byday: Text,
  byweekno: Text,
  bymonth: Text,
  bymonthday: Text,
  byyearday: Text,
  bysetpos: Text,
  description: Unread,
  opens_at: Text,
  closes_at: Text,
  schedule_link: Unread,
  attending_type: Unread,
  notes: Unread,
  ...common,
});

const readAddress = reader({
  id: Text,
  location_id: Unread,
  attention: Text,
  address_1: Text,
  address_2: Text,
  city: Text,
  region: Text,
  state_province: Text,
  postal_code: Text,
  country: Text,
  address_type: Text,
  ...common,
});

const readLocation = reader({
  id: Text,
  location_type: Text,
  url: Text,
  organization_id: Unread,
  name: Text,
  alternate_name: Text,
  description: Text,
  transportation: Text,
  latitude: Numeral,
  longitude: Numeral,
  external_identifier: Unread,
  external_identifier_type: Unread,
  languages: listOf(readLanguage),
  addresses: listOf(readAddress),
  contacts: Things,
  accessibility: Things,
  phones: listOf(readPhone),
  schedules: listOf(readSchedule),
  ...common,
});

const readServiceAtLocation = reader({
  id: Text,
  service_id: Unread,
  location_id: Text,
  description: Text,
  service_areas: Things,
  contacts: Things,
  phones: listOf(readPhone),
  schedules: listOf(readSchedule),
  location: oneOf(readLocation),
  service: Unread,
  ...common,
});

const readOrganization = reader({
  id: Text,
  name: Text,
  alternate_name: Text,
  description: Text,
  email: Text,
  website: Text,
  additional_websites: Things,
  tax_status: Text,
  tax_id: Text,
  year_incorporated: Text,
  legal_status: Text,
  logo: Text,
  uri: Text,
  parent_organization_id: Text,
  funding: Things,
  contacts: Things,
  phones: listOf(readPhone),
  locations: Unread,
  programs: Things,
  organization_identifiers: Things,
  services: Unread,
  ...common,
});

const readCostOption = reader({
  id: Text,
  service_id: Unread,
  valid_from: Unread,
  valid_to: Unread,
  option: Unread,
  currency: Unread,
  amount: Numeral,
  amount_description: Unread,
  ...common,
});

const readRequiredDocument = reader({ id: Text, service_id: Unread, document: Text, uri: Unread, ...common });

/** A service with everything that hangs on it. Never fails: what cannot be read is left out. */
export const readService = reader({
  id: Text,
  organization_id: Text,
  program_id: Unread,
  name: Text,
  alternate_name: Text,
  description: Text,
  url: Text,
  additional_urls: Things,
  email: Text,
  status: Text,
  interpretation_services: Text,
  application_process: Text,
  fees_description: Text,
  wait_time: Text,
  fees: Text,
  accreditations: Text,
  eligibility_description: Text,
  minimum_age: Text,
  maximum_age: Text,
  assured_date: Unread,
  assurer_email: Unread,
  licenses: Text,
  alert: Text,
  last_modified: Unread,
  phones: listOf(readPhone),
  schedules: listOf(readSchedule),
  service_areas: Things,
  service_at_locations: listOf(readServiceAtLocation),
  languages: listOf(readLanguage),
  organization: oneOf(readOrganization),
  funding: Things,
  cost_options: listOf(readCostOption),
  program: Things,
  required_documents: listOf(readRequiredDocument),
  contacts: Things,
  capacities: Things,
  ...common,
});

export type HsdsAttribute = ReturnType<typeof readAttribute>;
export type HsdsLanguage = ReturnType<typeof readLanguage>;
export type HsdsPhone = ReturnType<typeof readPhone>;
export type HsdsSchedule = ReturnType<typeof readSchedule>;
export type HsdsAddress = ReturnType<typeof readAddress>;
export type HsdsLocation = ReturnType<typeof readLocation>;
export type HsdsServiceAtLocation = ReturnType<typeof readServiceAtLocation>;
export type HsdsService = ReturnType<typeof readService>;
