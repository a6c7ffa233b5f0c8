// Writes content for others: texts for translators, the directory for other directories. Called in the workshop and by `ventanilla export`.
import { writeI18next } from '../../content/exchange/i18next-json.ts';
import { writePo } from '../../content/exchange/po.ts';
import { sourceHashOf, type TextExchange, type Words } from '../../content/exchange/text-row.ts';
import { writeXliff } from '../../content/exchange/xliff.ts';
import { writeHsdsCsv, writeHsdsJson } from '../../content/hsds/write-hsds.ts';
import { GlossaryTerm, Place } from '../../domain/content.ts';
import { AppError } from '../../domain/errors.ts';
import type { TextState } from '../../api/content-shapes.ts';
import type { Entries } from '../../release/entry.ts';
import { findTerms } from '../../release/find-terms.ts';
import { sourceLanguage } from './plan-edits.ts';
import { reviewAddress, textAddress, textOf } from './open-content.ts';

export const EXPORT_FORMATS = ['po', 'xliff', 'i18next', 'hsds_json', 'hsds_csv'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export interface WrittenFile {
  name: string;
  /** Media type. */
  type: string;
  text: string;
}

/**
 * The files of an export.
 * @throws content.invalid where texts are wanted and no language is named
 */
export function exportContent(entries: Entries, release: number, format: ExportFormat, language: string | null): WrittenFile[] {
  if (format === 'hsds_json')
    return [{ name: 'directory.json', type: 'application/json', text: writeHsdsJson(places(entries), names(entries)) }];
  if (format === 'hsds_csv')
    return writeHsdsCsv(places(entries), names(entries)).map(({ name, text }) => ({
      name,
      type: name.endsWith('.json') ? 'application/json' : 'text/csv',
      text,
    }));
  if (language === null) throw new AppError('content.invalid', 'Say in which language the texts are wanted.');
  const exchange = textExchange(entries, release, language);
  const name = `ventanilla-${release}-${language}`;
  if (format === 'po') return [{ name: `${name}.po`, type: 'text/x-gettext-translation', text: writePo(exchange) }];
  if (format === 'xliff') return [{ name: `${name}.xlf`, type: 'application/xliff+xml', text: writeXliff(exchange) }];
  return [{ name: `${name}.json`, type: 'application/json', text: writeI18next(exchange, { states: true }) }];
}

/** Texts of a language beside their sources: every key that either has. */
export function textExchange(entries: Entries, release: number, language: string): TextExchange {
  const source = sourceLanguage(entries);
  const standard = (entries.get(`locales/${language}/review.json#default`)?.value ?? 'machine-drafted') as TextState;
  const keys = new Set<string>();
  for (const [address, { kind }] of entries) {
    if (kind !== 'text') continue;
    const text = textOf(address);
    if (text.language === source || text.language === language) keys.add(text.key);
  }
  const terms = language === source ? [] : termsIn(entries, language);
  const wordsAt = (tag: string, key: string): Words => (entries.get(textAddress(tag, key))?.value ?? null) as Words;
  return {
    release,
    sourceLanguage: source,
    language,
    rows: [...keys].map((key) => {
      const target = wordsAt(language, key);
      const review = entries.get(reviewAddress(language, key))?.value as { state?: TextState } | undefined;
      const state = target === null ? 'missing' : (review?.state ?? standard);
      const words = wordsAt(source, key);
      const note = typeof words === 'string' ? noteOf(words, source, language, terms) : null;
      return { key, source: words, target, state, sourceHash: sourceHashOf(words), ...(note !== null && { note }) };
    }),
  };
}

/** The terms of the glossary that have agreed words in a language. */
function termsIn(entries: Entries, language: string): GlossaryTerm[] {
  const terms = [...entries.values()].flatMap(({ kind, value }) => (kind === 'term' ? (GlossaryTerm.safeParse(value).data ?? []) : []));
  return terms.filter(({ words }) => words[language] !== undefined);
}

/** The agreed words for what a source text says: `Glossary: asylum = asile`, a line each; null where it has no term. */
function noteOf(text: string, source: string, language: string, terms: readonly GlossaryTerm[]): string | null {
  const lines = findTerms(text, source, terms).map(({ words }) => `Glossary: ${words[source]?.[0]} = ${words[language]?.[0]}`);
  return lines.length === 0 ? null : lines.join('\n');
}

function places(entries: Entries): Place[] {
  return [...entries.values()].flatMap(({ kind, value }) => (kind === 'place' ? (Place.safeParse(value).data ?? []) : []));
}

function names(entries: Entries): { topicNames: Record<string, string> } {
  const source = sourceLanguage(entries);
  const prefix = `locales/${source}/topics.json#`;
  const named = [...entries].flatMap(([address, { value }]) =>
    address.startsWith(prefix) && typeof value === 'string' ? [[address.slice(prefix.length), value] as const] : [],
  );
  return { topicNames: Object.fromEntries(named) };
}
