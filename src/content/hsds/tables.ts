// The tables of a tabular data package that are read, by the names that files have been seen to have.
// Called by services-of-files.ts and json-services.ts.

/** Every table of the standard, each with the name that the standard gives its file. */
const TABLES = {
  organizations: ['organizations', 'organization'],
  organization_identifiers: ['organization_identifiers', 'organization_identifier'],
  services: ['services', 'service'],
  locations: ['locations', 'location'],
  service_at_location: ['service_at_location', 'service_at_locations', 'services_at_location', 'services_at_locations'],
  addresses: ['addresses', 'address'],
  postal_addresses: ['postal_addresses', 'postal_address'],
  phones: ['phones', 'phone'],
  contacts: ['contacts', 'contact'],
  schedules: ['schedules', 'schedule'],
  languages: ['languages', 'language'],
  attributes: ['attributes', 'attribute'],
  taxonomies: ['taxonomies', 'taxonomy'],
  taxonomy_terms: ['taxonomy_terms', 'taxonomy_term', 'terms'],
  required_documents: ['required_documents', 'required_document'],
  cost_options: ['cost_options', 'cost_option'],
  service_areas: ['service_areas', 'service_area'],
  service_capacity: ['service_capacity', 'service_capacities'],
  programs: ['programs', 'program'],
  funding: ['funding', 'fundings'],
  accessibility: ['accessibility', 'accessibility_for_disabilities'],
  units: ['units', 'unit'],
  url: ['url', 'urls'],
  metadata: ['metadata'],
  meta_table_descriptions: ['meta_table_descriptions', 'meta_table_description'],
} satisfies Record<string, string[]>;

export type TableName = keyof typeof TABLES;

/** Longest first: `service_at_location` ends as `location` does. */
const ENDINGS = (Object.keys(TABLES) as TableName[])
  .flatMap((table) => TABLES[table].map((ending) => ({ table, ending })))
  .toSorted((a, b) => b.ending.length - a.ending.length);

/**
 * The table that a file holds, by its name; null when it holds none.
 * @example tableOf('export/barcelona-physical_addresses.csv') === 'addresses'
 */
export function tableOf(fileName: string): TableName | null {
  const name = baseName(fileName)
    .replace(/\.(csv|tsv|txt)$/, '')
    .replaceAll(/[^a-z0-9]+/g, '_');
  return ENDINGS.find(({ ending }) => name === ending || name.endsWith(`_${ending}`))?.table ?? null;
}

/** A file's name without its folders, in small letters. */
export function baseName(fileName: string): string {
  return (/[^/\\]*$/.exec(fileName)?.[0] ?? '').trim().toLowerCase();
}
