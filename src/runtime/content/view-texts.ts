// The grid of texts: keys by languages, with their states, filtered and in pages. Called in the workshop for the console.
import type { TextCell, TextsView, TextState } from '../../api/content-shapes.ts';
import type { Entries, Json } from '../../release/entry.ts';
import { toLanguageInfo, LanguageEntry } from '../../rendering/language-info.ts';
import { languagesOf, sourceLanguage } from './plan-edits.ts';
import { reviewAddress, textAddress, textOf, type OpenContent } from './open-content.ts';
import { createTextUses } from './text-uses.ts';

export interface TextsQuery {
  languages?: string | undefined;
  namespace?: string | undefined;
  state?: TextState | undefined;
  changed?: 'true' | undefined;
  q?: string | undefined;
  after?: string | undefined;
}

/** What the draft's edits say of an entry. */
export type Revisions = ReadonlyMap<string, number>;

const PAGE = 60;

type Row = { key: string; cells: Record<string, TextCell> };

/** One page of rows; counts are over all rows that the filter of words and namespace leaves. */
export function viewTexts(content: OpenContent, query: TextsQuery, revisions: Revisions, mine: (tag: string) => boolean): TextsView {
  const { entries } = content;
  const source = sourceLanguage(entries);
  const all = languagesOf(entries);
  const shown = [source, ...(query.languages ?? '').split(',').filter((tag) => tag !== source && all.includes(tag))];
  const keys = textKeys(entries);
  const namespaces = [...new Set(keys.map((key) => key.slice(0, key.indexOf(':'))))].toSorted();
  const wanted = keys.filter((key) => query.namespace === undefined || key.startsWith(`${query.namespace}:`));
  const states = defaultStates(entries, shown);
  const rows = wanted
    .map((key): Row => ({ key, cells: Object.fromEntries(shown.map((tag) => [tag, cellOf(content, tag, key, states, revisions)])) }))
    .filter((row) => matches(row, query.q));
  const counts = Object.fromEntries(shown.map((tag) => [tag, countStates(rows, tag)]));
  const left = rows.filter(({ cells }) => passes(Object.values(cells), query));
  const first = query.after === undefined ? 0 : left.findIndex(({ key }) => key === query.after) + 1;
  const page = left.slice(first, first + PAGE);
  const usesOf = createTextUses(entries);
  return {
    sourceLanguage: source,
    languages: all.map((tag) => describe(entries, tag, mine)),
    namespaces,
    counts,
    rows: page.map((row) => ({ ...row, usedBy: usesOf(row.key) })),
    next: first + PAGE < left.length ? (page.at(-1)?.key ?? null) : null,
    total: left.length,
  };
}

/** Every key that some language has, by namespace and then as its first language has them. */
function textKeys(entries: Entries): string[] {
  const keys = new Set<string>();
  for (const [address, { kind }] of entries) if (kind === 'text') keys.add(textOf(address).key);
  return [...keys].toSorted((a, b) => {
    const [left, right] = [a.slice(0, a.indexOf(':')), b.slice(0, b.indexOf(':'))];
    return left === right ? 0 : left < right ? -1 : 1;
  });
}

function cellOf(content: OpenContent, tag: string, key: string, states: Record<string, TextState>, revisions: Revisions): TextCell {
  const address = textAddress(tag, key);
  const value = content.entries.get(address)?.value ?? null;
  const review = content.entries.get(reviewAddress(tag, key))?.value as { state?: TextState; by?: string; on?: string } | undefined;
  return {
    address,
    value: value as TextCell['value'],
    state: value === null ? 'missing' : (review?.state ?? states[tag] ?? 'machine-drafted'),
    reviewedBy: review?.by ?? null,
    reviewedOn: review?.on ?? null,
    changed: content.base.get(address)?.value !== content.entries.get(address)?.value,
    revision: revisions.get(address) ?? 0,
  };
}

function defaultStates(entries: Entries, tags: readonly string[]): Record<string, TextState> {
  const stateOf = (tag: string): Json => entries.get(`locales/${tag}/review.json#default`)?.value ?? 'machine-drafted';
  return Object.fromEntries(tags.map((tag) => [tag, stateOf(tag) as TextState]));
}

function matches({ key, cells }: Row, words: string | undefined): boolean {
  const wanted = words?.trim().toLocaleLowerCase() ?? '';
  if (wanted === '') return true;
  return [key, ...Object.values(cells).flatMap(({ value }) => value ?? [])].some((text) => text.toLocaleLowerCase().includes(wanted));
}

function passes(cells: readonly TextCell[], { state, changed }: TextsQuery): boolean {
  return (
    (state === undefined || cells.some((cell) => cell.state === state)) && (changed === undefined || cells.some((cell) => cell.changed))
  );
}

function countStates(rows: readonly Row[], tag: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { cells } of rows) {
    const state = cells[tag]?.state ?? 'missing';
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

function describe(entries: Entries, tag: string, mine: (tag: string) => boolean): TextsView['languages'][number] {
  const parsed = LanguageEntry.safeParse(entries.get(`locales/languages.yaml#${tag}`)?.value);
  const info = parsed.success ? toLanguageInfo(parsed.data) : null;
  const required = entries.get('flows/settings/hotline.yaml#required_languages')?.value;
  return {
    tag,
    name: info?.name ?? tag,
    rtl: info?.direction === 'rtl',
    required: Array.isArray(required) && required.includes(tag),
    mine: mine(tag),
  };
}
