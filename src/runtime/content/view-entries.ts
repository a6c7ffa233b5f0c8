// Entries of a release or a draft as the console reads them, and where words stand in them. Called in the workshop.
import type { ProblemView } from '../../api/content-shapes.ts';
import { addressOf, kindOf, type Entries, type Entry, type EntryKind, type Json } from '../../release/entry.ts';
import type { Problem } from '../../release/problem.ts';
import type { ReleaseSource } from '../../release/source.ts';
import { sameJson } from '../../release/same-json.ts';
import { isJsonList, isJsonObject } from '../../release/same-json.ts';
import { textOf, type OpenContent } from './open-content.ts';
import { conceal, isSeen, type Sight } from './sight.ts';
import { createTextUses, type TextUse } from './text-uses.ts';

/** An entry with what the draft changes in it; who did is known to the database. */
export interface SeenEntry {
  address: string;
  kind: EntryKind;
  value?: Json;
  before?: Json;
  change: 'added' | 'changed' | 'removed' | null;
}

export interface EntriesQuery {
  kinds?: string | undefined;
  file?: string | undefined;
  changed?: 'true' | undefined;
  /** Of these only. */
  addresses?: readonly string[] | undefined;
}

/** Entries that fit, in the order of files; what the draft takes away is among them. */
export function viewEntries({ base, entries }: OpenContent, { kinds, file, changed, addresses }: EntriesQuery, sight: Sight): SeenEntry[] {
  const wanted = kinds === undefined ? null : new Set(kinds.split(','));
  const named = addresses === undefined ? null : new Set(addresses);
  const fits = (address: string, entry: Entry): boolean =>
    (wanted === null || wanted.has(entry.kind)) && (file === undefined || entry.file === file) && (named === null || named.has(address));
  const seen: SeenEntry[] = [];
  for (const [address, entry] of entries) if (fits(address, entry)) seen.push(seeEntry(base, address, entry));
  for (const [address, entry] of base)
    if (!entries.has(address) && fits(address, entry)) seen.push({ address, kind: entry.kind, before: entry.value, change: 'removed' });
  return seen
    .filter(({ kind, value, before, change }) => (changed === undefined || change !== null) && isSeen(kind, [value, before], sight))
    .map(({ value, before, ...rest }) => ({
      ...rest,
      ...(value === undefined ? {} : { value: conceal(rest.kind, value, sight) }),
      ...(before === undefined ? {} : { before: conceal(rest.kind, before, sight) }),
    }));
}

function seeEntry(base: Entries, address: string, { kind, value }: Entry): SeenEntry {
  const before = base.get(address)?.value;
  if (before === undefined) return { address, kind, value, change: 'added' };
  return sameJson(before, value) ? { address, kind, value, change: null } : { address, kind, value, before, change: 'changed' };
}

export interface SearchHit {
  address: string;
  kind: EntryKind;
  language: string | null;
  excerpt: string;
  usedBy: TextUse[];
}

const MAX_HITS = 100;
const AROUND = 40;

/** Where words stand: in texts first, then in everything else; states of review are left out. */
export function searchEntries({ entries }: OpenContent, words: string, sight: Sight): SearchHit[] {
  const wanted = words.toLocaleLowerCase();
  const usesOf = createTextUses(entries);
  const hits: SearchHit[] = [];
  for (const [address, { kind, key, value }] of entries) {
    if (kind === 'review' || kind === 'words' || !isSeen(kind, [value], sight)) continue;
    const found = [key, ...stringsOf(conceal(kind, value, sight))].find((text) => text.toLocaleLowerCase().includes(wanted));
    if (found === undefined) continue;
    const text = kind === 'text' ? textOf(address) : null;
    hits.push({
      address,
      kind,
      language: text?.language ?? null,
      excerpt: excerptOf(found, wanted),
      usedBy: text === null ? [] : usesOf(text.key),
    });
    if (hits.length >= MAX_HITS * 4) break;
  }
  return hits.toSorted((a, b) => Number(b.kind === 'text') - Number(a.kind === 'text')).slice(0, MAX_HITS);
}

function stringsOf(value: Json): string[] {
  if (typeof value === 'string') return [value];
  if (isJsonList(value)) return value.flatMap(stringsOf);
  return isJsonObject(value) ? Object.values(value).flatMap(stringsOf) : [];
}

function excerptOf(text: string, wanted: string): string {
  const at = text.toLocaleLowerCase().indexOf(wanted);
  const from = Math.max(0, at - AROUND);
  const to = Math.min(text.length, at + wanted.length + AROUND);
  return `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
}

/** Problems with the entry to open for each, as far as their place names one. */
export function viewProblems(problems: readonly Problem[], entries: Entries, source: ReleaseSource): ProblemView[] {
  return problems.map(({ severity, code, message, file, line, column }) => ({
    severity,
    code,
    message,
    file,
    line,
    column,
    address: entryNamed(entries, file, message) ?? entryAt(entries, source, { file, line }) ?? firstEntry(entries, file),
  }));
}

/** A text whose key the message names in quotes. */
function entryNamed(entries: Entries, file: string, message: string): string | null {
  if (!file.startsWith('locales/')) return null;
  const named = [...message.matchAll(/"([^"]{1,80})"/g)].map((match) => match[1] ?? '');
  return named.map((name) => addressOf(file, name)).find((address) => entries.has(address) || kindOf(address) === 'text') ?? null;
}

/** The step, answer or place whose lines a problem stands in: the last that begins before it. */
function entryAt(entries: Entries, source: ReleaseSource, { file, line }: { file: string; line: number }): string | null {
  const flow = source.flows.find((one) => one.file.path === file);
  const read =
    flow?.file ??
    [...source.answers, ...source.places, source.topics, source.localities, source.glossary].find((one) => one?.path === file);
  if (!read) return null;
  const before = flow === undefined ? [] : ['steps'];
  const keys = [...entries.values()].flatMap((entry) =>
    entry.file === file && (flow === undefined || entry.kind === 'flow_step') ? [entry.key] : [],
  );
  const found = keys.findLastIndex((_, index) => read.at([...before, index]).line <= line);
  return found < 0 ? null : addressOf(file, keys[found] ?? '');
}

function firstEntry(entries: Entries, file: string): string | null {
  for (const [address, entry] of entries) if (entry.file === file) return address;
  return null;
}
