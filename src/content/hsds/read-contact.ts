// How a place is reached: phone numbers, a link and an address on one line. Called by place-of-service.ts.
// Names of people, and what reaches one person only, are not read.
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js';
import { z } from 'zod';
import { isPhoneNumber } from '../../release/phone-number.ts';
import type { Report } from './report.ts';
import type { HsdsAddress, HsdsPhone } from './shape.ts';

const WebAddress = z.url({ protocol: /^https?$/ });

/** Where and in which country a value was found, for the report. */
export interface Context {
  record: string;
  /** ISO 3166 code of two letters; null where it is not known. */
  country: string | null;
  report: Report;
}

/** Numbers to call, each once: E.164 where that can be told, else as written. Fax numbers are left out. */
export function readPhones(phones: HsdsPhone[], context: Context): string[] {
  const { report } = context;
  const numbers: string[] = [];
  for (const { id, number, type, extension } of phones) {
    if (number === undefined) continue;
    if (/fax|pager/i.test(type ?? '')) {
      report.count({ severity: 'info', code: 'phone.fax', message: 'Fax and pager numbers are left out: nobody calls them.' }, id);
      continue;
    }
    if (extension !== undefined) noteExtension(id, report);
    const read = readPhone(number, context);
    if (!numbers.includes(read)) numbers.push(read);
  }
  return numbers;
}

function readPhone(number: string, { country, record, report }: Context): string {
  // The standard's own example has quotes within the number.
  const written = number
    .replaceAll(/["'“”]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
  const plain = written.replaceAll(' ', '');
  if (/^\d{3,6}$/.test(plain) || (plain === written && isPhoneNumber(plain))) return plain;
  const parsed = parsePhoneNumberFromString(written.replace(/^00/, '+'), countryCode(country));
  if (parsed?.isValid() === true) return parsed.number;
  const message = 'This is no number that can be called as it is written. Write it in international form (+34931234567).';
  report.add({ severity: 'warning', code: 'phone.unclear', message, record, field: 'phone' });
  return written;
}

function countryCode(country: string | null): CountryCode | undefined {
  return country === null ? undefined : (country as CountryCode);
}

function noteExtension(id: string | undefined, report: Report): void {
  const message = 'Extensions of phone numbers are not represented. Where the number alone does not reach the place, write one that does.';
  report.count({ severity: 'info', code: 'phone.extension', message }, id);
}

/** The first of several links that leads to a page; `www.` alone gets https before it. */
export function readUrl(links: (string | undefined)[], { record, report }: Omit<Context, 'country'>): string | undefined {
  for (const link of links) {
    if (link === undefined) continue;
    const url = /^www\./i.test(link) ? `https://${link}` : link;
    if (WebAddress.safeParse(url).success) return url;
    const message = 'This is no link to a page on the web and is left out. Write it with https:// in front.';
    report.add({ severity: 'warning', code: 'url.unclear', message, record, field: 'url' });
  }
  return undefined;
}

/** The address to go to, on one line; the country only where it is another than that of the locality. */
export function readAddress(addresses: HsdsAddress[], { country, record, report }: Context): string | undefined {
  const visited = addresses.filter(({ address_type: type }) => type?.toLowerCase() !== 'virtual');
  const chosen = visited.find(({ address_type: type }) => type?.toLowerCase() !== 'postal') ?? visited[0];
  if (chosen === undefined) return undefined;
  const line = joinParts([
    chosen.address_1,
    chosen.address_2,
    [chosen.postal_code, chosen.city].filter((part) => part !== undefined).join(' '),
    chosen.region,
    chosen.state_province,
    chosen.country?.toUpperCase() === country ? undefined : chosen.country,
  ]);
  if (line === '') return undefined;
  if (chosen.address_type?.toLowerCase() === 'postal') {
    const message = 'This address is for letters. Make sure that people can go there, or remove it.';
    report.add({ severity: 'warning', code: 'address.postal', message, record, field: 'address' });
  }
  return line;
}

/** Parts after one another; what a part before it already says is not said again. */
function joinParts(parts: (string | undefined)[]): string {
  return parts.reduce<string>((line, part) => {
    const text = part?.replaceAll(/\s+/g, ' ').trim() ?? '';
    if (text === '' || says(line, text)) return line;
    return line === '' ? text : `${line}, ${text}`;
  }, '');
}

/** Short parts, such as the number of a door, may stand twice with another meaning. */
function says(line: string, part: string): boolean {
  const words = (text: string): string => ` ${text.toLowerCase().replaceAll(/[\s,]+/g, ' ')} `;
  return part.length > 3 && words(line).includes(words(part));
}
