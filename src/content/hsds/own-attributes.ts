// What the standard has no field for, as attributes of a taxonomy of our own, so that a directory that goes out comes back whole.
// Written by place-record.ts and read by place-of-service.ts. Anybody's directory may use the same attributes.
import { z } from 'zod';
import { IsoDate, LocalityCode, Place, TopicCode } from '../../domain/content.ts';
import { isTimeZone } from '../../release/time-zone.ts';
import type { Report } from './report.ts';
import type { HsdsAttribute } from './shape.ts';

/** Name of our taxonomy. Its terms are the codes of topics and the fields below. */
export const TAXONOMY = 'ventanilla';

const YES = /^(yes|true|1)$/i;
const NO = /^(no|false|0)$/i;
const Flag = z
  .string()
  .refine((value) => YES.test(value) || NO.test(value))
  .transform((value) => YES.test(value));
const Known = z.preprocess((value) => (typeof value === 'string' ? value.toLowerCase() : value), Place.shape.asks_for_papers);

/** Fields of a place that are attributes, each with what its value must be and what it says to whoever meets it elsewhere. */
const FIELDS = {
  id: [Place.shape.id, 'Identifier of the place in the directory it came from'],
  no_organization: [Flag, 'Whether the place is named without an organization'],
  locality: [LocalityCode, 'Locality: ISO 3166 country, region, city; * is everywhere'],
  timezone: [z.string().refine(isTimeZone), 'IANA time zone of the hours'],
  asks_for_papers: [Known, 'Whether papers are asked for'],
  shares_with_authorities: [Known, 'Whether what people say is shared with the authorities'],
  women_only: [Flag, 'Whether it is for women only'],
  female_staff: [Flag, 'Whether women work there'],
  child_friendly: [Flag, 'Whether children are welcome'],
  protected_address: [Flag, 'Whether the address is protected and must not be published'],
  free: [Flag, 'Whether it is free of charge'],
  confirm_locally: [Flag, 'Whether the details are still to be confirmed on the spot'],
  source: [Place.shape.source, 'Where the details were found'],
  verify_by: [IsoDate, 'Date by which the details are to be verified again'],
} as const satisfies Record<string, [z.ZodType, string]>;

export type OwnField = keyof typeof FIELDS;

/** What of our own attributes a record has. */
export type OwnAttributes = { [F in OwnField]?: z.output<(typeof FIELDS)[F][0]> } & {
  topics: string[];
  /** Names in other languages. */
  names: Record<string, string>;
};

/** Code of the term for a name in another language. */
const NAME = /^name:([A-Za-z0-9-]{2,35})$/;

/** The code under which the name in a language is written. */
export function nameCode(language: string): string {
  return `name:${language}`;
}

/** What a field of ours means, in words for other people's directories. */
export function meaningOf(field: OwnField): string {
  return FIELDS[field][1];
}

/** Whether an attribute is of our taxonomy. */
export function isOwn({ taxonomy_term: term }: HsdsAttribute): boolean {
  return [term?.taxonomy, term?.taxonomy_detail?.name].some((name) => name?.toLowerCase() === TAXONOMY);
}

/** Reads our attributes; what is not as it must be is told and left out. Of two values of one field the first counts. */
export function readOwnAttributes(attributes: HsdsAttribute[], record: string, report: Report): OwnAttributes {
  const own: OwnAttributes & Record<string, unknown> = { topics: [], names: {} };
  for (const { taxonomy_term: term, value } of attributes.filter(isOwn)) {
    const code = term?.code ?? term?.name ?? '';
    const language = NAME.exec(code)?.[1];
    if (TopicCode.safeParse(code).success) own.topics.push(code);
    else if (language !== undefined && value !== undefined) own.names[language] = value;
    else if (!Object.hasOwn(FIELDS, code)) noteUnusable(code, record, report);
    else {
      const read = FIELDS[code as OwnField][0].safeParse(value);
      if (read.success) own[code] ??= read.data;
      else noteUnusable(code, record, report);
    }
  }
  return { ...own, topics: [...new Set(own.topics)] };
}

function noteUnusable(field: string, record: string, report: Report): void {
  const message =
    'This attribute of the taxonomy "ventanilla" is unknown or its value cannot be used. Mend it in the file, or set it by hand.';
  report.add({ severity: 'warning', code: 'attribute.unusable', message, record, field });
}
