// Plans what a translator's file changes in the texts of a language, and says of every other row why it changes nothing.
// Called for import, after po.ts, xliff.ts or i18next-json.ts have read the file. It writes nothing; nothing of it is `reviewed`.
import { parseForm } from '../../rendering/text-forms.ts';
import type { ReadRow, ReadTexts } from './read-result.ts';
import { sameValues } from './same-values.ts';
import type { TextExchange, TextRow, Words } from './text-row.ts';

/** What a row changes. */
export interface TextChange {
  key: string;
  target: string | string[];
  /** A person's words, unless the file says that a machine wrote them. */
  state: 'drafted' | 'machine-drafted';
}

/** Why a row changes nothing. */
export interface SkippedRow {
  key: string;
  why:
    /** The words are the same. */
    | 'unchanged'
    /** The file has no words for it. */
    | 'empty'
    /** There is no such text, or it is a list where the file has a text, or the other way round. */
    | 'unknown_key'
    /** A reviewed text, and nobody said that reviewed texts may be overwritten. */
    | 'reviewed'
    /** It translates a source that has changed since. */
    | 'source_changed'
    /** Its {{values}} differ from those of the source. */
    | 'placeholders'
    /** The file is in another language altogether. */
    | 'other_language';
  /** The words as they stand, where they would have changed. */
  was?: Words;
  /** The words of the file. */
  wanted?: Words;
}

export interface ImportPlan {
  changes: TextChange[];
  /** Texts with the same words that a person has looked at in the file, and that were a machine's or stale until now. */
  confirmed: { key: string; state: 'drafted' }[];
  /** Every row that is no change; confirmed ones are here as unchanged. */
  skipped: SkippedRow[];
}

/** What a file that was read would change in the texts as they stand. */
export function planImport(current: TextExchange, read: ReadTexts, options: { overwriteReviewed: boolean }): ImportPlan {
  const plan: ImportPlan = { changes: [], confirmed: [], skipped: [] };
  const rows = new Map(current.rows.map((row) => [row.key, row]));
  const families = Map.groupBy(current.rows, (row) => parseForm(row.key).base);
  const foreign = read.language !== null && mainLanguage(read.language) !== mainLanguage(current.language);
  for (const row of read.rows) {
    const now = rows.get(row.key);
    const why = foreign ? 'other_language' : reason(row, now, options.overwriteReviewed, families);
    if (why === null && row.target !== null) {
      plan.changes.push({ key: row.key, target: row.target, state: row.state === 'machine-drafted' ? 'machine-drafted' : 'drafted' });
      continue;
    }
    if (why === 'unchanged' && isConfirmed(row, now)) plan.confirmed.push({ key: row.key, state: 'drafted' });
    plan.skipped.push({
      key: row.key,
      why: why ?? 'empty',
      ...(why === 'unchanged' ? {} : { was: now?.target ?? null, wanted: row.target }),
    });
  }
  return plan;
}

/** Why a row changes nothing; null where it does. */
function reason(
  row: ReadRow,
  now: TextRow | undefined,
  overwriteReviewed: boolean,
  families: ReadonlyMap<string, readonly TextRow[]>,
): SkippedRow['why'] | null {
  if (now === undefined) return 'unknown_key';
  if (isEmpty(row.target)) return 'empty';
  if ((Array.isArray(now.source) || Array.isArray(now.target)) !== Array.isArray(row.target)) return 'unknown_key';
  if (isSame(row.target, now.target)) return 'unchanged';
  if (isOutdated(row, now)) return 'source_changed';
  const family = families.get(parseForm(row.key).base) ?? [];
  const plural = isPlural(row.key, family);
  const sources = sourcesOf(now, plural, family);
  if (sources.length > 0 && !sameValues(sources, row.target, plural)) return 'placeholders';
  return now.state === 'reviewed' && !overwriteReviewed ? 'reviewed' : null;
}

/** A plural form has a sibling with another one: a text may just happen to end in `_other`. */
function isPlural(key: string, family: readonly TextRow[]): boolean {
  const { plural } = parseForm(key);
  if (plural === null) return false;
  return family.map((row) => parseForm(row.key).plural).some((other) => other !== null && other !== plural);
}

/** A text's source. A plural form, or a form that the source language has not, is measured by all forms of the source. */
function sourcesOf(now: TextRow, plural: boolean, family: readonly TextRow[]): Words[] {
  if (now.source !== null && !plural) return [now.source];
  const { channel } = parseForm(now.key);
  const written = family.filter((row) => row.source !== null);
  const alike = written.filter((row) => parseForm(row.key).channel === channel);
  const general = written.filter((row) => parseForm(row.key).channel === null);
  return (alike.length > 0 ? alike : general).map((row) => row.source);
}

function isOutdated(row: ReadRow, now: TextRow): boolean {
  if (row.sourceHash !== null) return row.sourceHash !== now.sourceHash;
  return row.source !== null && !isSame(row.source, now.source);
}

/** The words are the same and stand for the same source, and the file no longer says that they need a look. */
function isConfirmed(row: ReadRow, now: TextRow | undefined): boolean {
  if (now === undefined || isOutdated(row, now)) return false;
  return (now.state === 'machine-drafted' || now.state === 'stale') && (row.state === 'drafted' || row.state === 'reviewed');
}

function isEmpty(words: Words): boolean {
  return (Array.isArray(words) ? words : [words ?? '']).every((text) => text.trim() === '');
}

/** Empty strings of a list do not count: no format brings them back. */
function isSame(a: Words, b: Words): boolean {
  const plain = (words: Words): string => JSON.stringify(Array.isArray(words) ? words.filter((item) => item !== '') : words);
  return plain(a) === plain(b);
}

/** `pt-BR` and `pt` are one: whoever exports to a tool cannot always choose which of both it writes. */
function mainLanguage(tag: string): string {
  return tag.toLowerCase().split('-', 1)[0] ?? tag;
}
