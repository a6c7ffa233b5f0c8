// Rows as the single strings that translation tools know: a list of strings becomes one unit an item, `key[0]`, `key[1]` …, and back.
// Called by po.ts and xliff.ts. No key of a text ends in square brackets.
import type { TextState } from '../../api/content-shapes.ts';
import type { ExchangeProblem, ReadRow } from './read-result.ts';
import type { TextRow } from './text-row.ts';

/** One string to translate. */
export interface Unit extends Omit<TextRow, 'source' | 'target'> {
  source: string | null;
  /** Null where there is none yet. */
  target: string | null;
}

/** One string as it came back. */
export interface ReadUnit extends Omit<ReadRow, 'source' | 'target'> {
  source: string | null;
  target: string | null;
  line: number;
}

const LIST_NOTE = 'One of a list of what people may write or say. The lists of two languages need not match, nor be of one length.';

/** The strings of a row. Languages need not have as many strings in a list: what one has more of stands alone. */
export function unitsOf(row: TextRow): Unit[] {
  const { source, target } = row;
  if (!Array.isArray(source) && !Array.isArray(target)) return [{ ...row, source, target: target === '' ? null : target }];
  const sources = asList(source);
  const targets = asList(target).filter((item) => item !== '');
  return Array.from({ length: Math.max(sources.length, targets.length) }, (_, index) => ({
    ...row,
    key: `${row.key}[${index}]`,
    source: sources[index] ?? null,
    target: targets[index] ?? null,
    state: targets[index] === undefined ? 'missing' : row.state,
    note: row.note === undefined ? LIST_NOTE : `${row.note}\n${LIST_NOTE}`,
  }));
}

function asList(words: string | string[] | null): string[] {
  if (words === null) return [];
  return typeof words === 'string' ? [words] : words;
}

interface Group {
  key: string;
  /** Index in the list; null for a text. */
  parts: { index: number | null; unit: ReadUnit }[];
}

/** Rows of strings that came back, in their order. A key that stands twice with different words is left out and told. */
export function rowsOf(units: readonly ReadUnit[]): { rows: ReadRow[]; problems: ExchangeProblem[] } {
  const problems: ExchangeProblem[] = [];
  const seen = new Map<string, ReadUnit>();
  const groups = new Map<string, Group>();
  const refused = new Set<string>();
  for (const unit of units) {
    const item = /^(.*)\[(\d{1,6})\]$/s.exec(unit.key);
    const key = item?.[1] ?? unit.key;
    const index = item === null ? null : Number(item[2]);
    const id = index === null ? key : `${key}[${index}]`;
    const before = seen.get(id);
    if (before !== undefined) {
      problems.push(twice(id, before, unit));
      if (before.target !== unit.target) refused.add(key);
      continue;
    }
    seen.set(id, unit);
    const group = groups.get(key) ?? { key, parts: [] };
    group.parts.push({ index, unit });
    groups.set(key, group);
  }
  for (const group of groups.values()) {
    if (!refused.has(group.key) && group.parts.some((part) => (part.index === null) !== (group.parts[0]?.index === null))) {
      refused.add(group.key);
      problems.push(bothKinds(group));
    }
  }
  return { rows: [...groups.values()].filter((group) => !refused.has(group.key)).map(rowOf), problems };
}

function twice(key: string, before: ReadUnit, unit: ReadUnit): ExchangeProblem {
  const place = { code: 'exchange.duplicate_key', line: unit.line, key };
  if (before.target === unit.target)
    return { ...place, severity: 'warning', message: `"${key}" stands twice, with the same words (line ${before.line}).` };
  const message = `"${key}" stands twice with different words (line ${before.line} too), so neither is taken; keep one of them.`;
  return { ...place, severity: 'error', message };
}

function bothKinds({ key, parts }: Group): ExchangeProblem {
  const message = `"${key}" stands here both as a text and as a list, so neither is taken; keep one of them.`;
  return { severity: 'error', code: 'exchange.duplicate_key', message, key, line: parts[0]?.unit.line ?? 1 };
}

function rowOf({ key, parts }: Group): ReadRow {
  const [first] = parts;
  const units = parts.toSorted((a, b) => (a.index ?? 0) - (b.index ?? 0)).map((part) => part.unit);
  const row = { key, state: worstState(units), sourceHash: units.find((unit) => unit.sourceHash !== null)?.sourceHash ?? null };
  if (first?.index == null) return { ...row, target: first?.unit.target || null, source: first?.unit.source ?? null };
  const targets = units.map((unit) => unit.target ?? '').filter((item) => item !== '');
  const sources = units.map((unit) => unit.source).filter((item) => item !== null);
  return { ...row, target: targets.length === 0 ? null : targets, source: sources.length === 0 ? null : sources };
}

const FROM_WORST: readonly TextState[] = ['stale', 'machine-drafted', 'drafted', 'reviewed'];

/** A list is in the state of its item that needs most work; items without words do not count. */
function worstState(units: readonly ReadUnit[]): TextState | null {
  const written = units.filter((unit) => (unit.target ?? '') !== '').map((unit) => unit.state);
  if (written.length === 0) return 'missing';
  return FROM_WORST.find((state) => written.includes(state)) ?? null;
}
