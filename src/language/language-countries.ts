// In which countries a language is much spoken: whose telephone number writes makes some languages likelier. Called by guess.ts.
// @see https://www.unicode.org/cldr/charts/latest/supplemental/territory_language_information.html

/** ISO 3166 codes by BCP 47 tag. */
const COUNTRIES: Readonly<Record<string, string>> = {
  en: 'US GB IE CA AU NZ ZA NG GH KE UG JM TT IN PK PH SG',
  es: 'ES MX GT SV HN NI CR PA CU DO PR CO VE EC PE BO CL PY AR UY US GQ',
  fr: 'FR BE CH CA LU SN CI CM ML BF NE GN CD CG GA TG BJ MG HT DZ MA TN',
  pt: 'PT BR AO MZ CV GW ST TL',
  ar: 'SA AE QA KW BH OM YE IQ SY JO LB PS EG SD LY TN DZ MA MR',
  ht: 'HT',
  uk: 'UA',
  ru: 'RU BY KZ KG UA MD',
  fa: 'IR AF TJ',
  ps: 'AF PK',
  ti: 'ER ET',
  am: 'ET',
  so: 'SO DJ ET KE',
  sw: 'TZ KE UG CD RW BI',
  tr: 'TR CY',
  ro: 'RO MD',
  bn: 'BD IN',
  ur: 'PK IN',
  hi: 'IN',
  zh: 'CN TW HK MO SG MY',
  vi: 'VN',
  th: 'TH',
  my: 'MM',
  km: 'KH',
  tl: 'PH',
  id: 'ID',
  ne: 'NP',
};

const byLanguage = new Map(Object.entries(COUNTRIES).map(([tag, codes]) => [tag, new Set(codes.split(' '))]));

/** Whether many people of the country speak the language. */
export function likelyIn(country: string, tag: string): boolean {
  return byLanguage.get(tag)?.has(country) === true;
}
