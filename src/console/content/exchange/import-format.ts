// Which format a file has, as far as its name tells. Used by the upload of content; one may always say otherwise.

export const IMPORT_FORMATS = ['po', 'xliff', 'i18next', 'hsds', 'rapidpro'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** The endings that a format's files have, for the browser's picker. */
export const ENDINGS: Record<ImportFormat, readonly string[]> = {
  po: ['.po', '.pot'],
  xliff: ['.xlf', '.xliff'],
  i18next: ['.json'],
  hsds: ['.json', '.csv'],
  rapidpro: ['.json'],
};

/** Null where the name does not tell. */
export function formatOf(names: readonly string[]): ImportFormat | null {
  const all = (pattern: RegExp): boolean => names.length > 0 && names.every((name) => pattern.test(name));
  if (all(/\.pot?$/i)) return 'po';
  if (all(/\.(xlf|xliff)$/i)) return 'xliff';
  if (all(/\.csv$/i)) return 'hsds';
  return null;
}
