// Reads the texts that the filter wants, page by page, in the source language and those beside it. Used by texts-page.tsx.
// Where nobody chose languages, it shows those that one may translate.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { ApiError } from '../../../api/client.ts';
import type { TextCell, TextRowView, TextsView } from '../../../api/content-shapes.ts';
import { call, keyOf, queryClient, useRead } from '../../api.ts';
import { useMe } from '../../session.tsx';
import { rowWith, withHeld, type HeldRow } from './held-rows.ts';
import type { TextsFilter } from './texts-filter.ts';

/** So many languages stand beside the source. */
export const MOST_BESIDE = 2;

type Language = TextsView['languages'][number];
type Pages = { pages: TextsView[] };

export interface Texts {
  /** Of the hotline, the source first; null until it was read. */
  languages: readonly Language[] | null;
  source: Language | null;
  /** Shown beside the source. */
  beside: readonly Language[];
  namespaces: readonly string[];
  counts: TextsView['counts'];
  rows: readonly TextRowView[];
  total: number;
  isPending: boolean;
  error: ApiError | null;
  retry(): void;
  hasMore: boolean;
  isLoadingMore: boolean;
  more(): void;
  /** The text as it was read last, whatever shows by now. */
  latest(address: string): TextCell | undefined;
  /** Keeps a row in its place from now on, as it is. */
  keep(row: TextRowView): void;
  /** Shows what was written into a row that is kept. */
  put(row: TextRowView, tag: string, value: TextCell['value'], address: string): void;
}

export function useTexts(place: string, filter: TextsFilter, most: number): Texts {
  const me = useMe();
  const first = useRead('readTexts', [{ params: { source: place }, query: {} }], { enabled: filter.languages === null });
  const tags = (filter.languages ?? (first.data ? usualLanguages(first.data, me.languages) : null))?.slice(0, most) ?? null;
  const query = {
    ...(tags && tags.length > 0 && { languages: tags.join(',') }),
    ...(filter.namespace && { namespace: filter.namespace }),
    ...(filter.state && { state: filter.state }),
    ...(filter.changed && { changed: 'true' as const }),
    ...(filter.q && { q: filter.q }),
  };
  const key = [...keyOf('readTexts', { params: { source: place }, query }), 'pages'];
  const read = useInfiniteQuery<TextsView, ApiError, Pages, readonly unknown[], string | null>({
    queryKey: key,
    queryFn: ({ pageParam }) =>
      call('readTexts', { params: { source: place }, query: { ...query, ...(pageParam === null ? {} : { after: pageParam }) } }),
    initialPageParam: null,
    getNextPageParam: ({ next }) => next,
    enabled: tags !== null,
    placeholderData: keepPreviousData,
  });
  const { held, hold } = useHeld(JSON.stringify(key));
  const head = read.data?.pages[0] ?? first.data ?? null;
  const fresh = read.data?.pages.flatMap(({ rows }) => rows) ?? [];
  const rows = withHeld(fresh, held);
  return {
    languages: head?.languages ?? null,
    source: head?.languages.find(({ tag }) => tag === head.sourceLanguage) ?? null,
    beside: head?.languages.filter(({ tag }) => tag !== head.sourceLanguage && tags?.includes(tag)) ?? [],
    namespaces: head?.namespaces ?? [],
    counts: read.data?.pages[0]?.counts ?? {},
    rows,
    total: read.data?.pages[0]?.total ?? 0,
    isPending: read.isPending,
    error: read.error ?? first.error,
    retry: () => void (tags === null ? first.refetch() : read.refetch()),
    hasMore: read.hasNextPage,
    isLoadingMore: read.isFetchingNextPage,
    more: () => void read.fetchNextPage(),
    latest: (address) => findCell(queryClient.getQueryData<Pages>(key)?.pages ?? [], address),
    keep(row) {
      if (!held.has(row.key)) hold(placed(rows, row));
    },
    put(row, tag, value, address) {
      const { row: shown, index } = placed(rows, row);
      hold({ row: rowWith(shown, tag, value, address), index });
    },
  };
}

/** The row as it shows now, and where. */
function placed(rows: readonly TextRowView[], row: TextRowView): HeldRow {
  const index = rows.findIndex(({ key }) => key === row.key);
  return { row: rows[index] ?? row, index: Math.max(0, index) };
}

/** Rows that were changed since the filter was set. */
function useHeld(filterKey: string): { held: ReadonlyMap<string, HeldRow>; hold: (row: HeldRow) => void } {
  const [, setCount] = useState(0);
  const kept = useRef({ filterKey, rows: new Map<string, HeldRow>() });
  if (kept.current.filterKey !== filterKey) kept.current = { filterKey, rows: new Map() };
  return {
    held: kept.current.rows,
    hold(row) {
      kept.current.rows.set(row.row.key, row);
      setCount((count) => count + 1);
    },
  };
}

/** Those that this person speaks and may change, then others that they may; where there are none, the first that is not the source. */
export function usualLanguages(
  { languages, sourceLanguage }: Pick<TextsView, 'languages' | 'sourceLanguage'>,
  spoken: readonly string[],
): string[] {
  const others = languages.filter(({ tag }) => tag !== sourceLanguage);
  const mine = others.filter((language) => language.mine || spoken.includes(language.tag));
  const own = mine.filter(({ tag }) => spoken.includes(tag));
  const best = own.length > 0 ? own : mine.length > 0 ? mine : others.slice(0, 1);
  return best.slice(0, MOST_BESIDE).map(({ tag }) => tag);
}

function findCell(pages: readonly TextsView[], address: string): TextCell | undefined {
  for (const { rows } of pages) {
    for (const { cells } of rows) {
      const found = Object.values(cells).find((cell) => cell.address === address);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
