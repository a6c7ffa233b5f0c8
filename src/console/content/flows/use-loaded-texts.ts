// Texts of some namespaces in one language, as entries of the content that is looked at. Used by the list of flows and by the editor.
// Also reads a flow's texts in every language at once, for what copies, renames or removes them all.
import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ApiError } from '../../../api/client.ts';
import type { EntryView } from '../../../api/content-shapes.ts';
import { PLURAL_CATEGORIES } from '../../../rendering/plural-categories.ts';
import { call, keyOf, queryClient } from '../../api.ts';
import type { JsonValue } from './json-path.ts';
import { addressOfText, baseOfKey, partsOfKey } from './step-texts.ts';

export interface LoadedTexts {
  language: string;
  /** A text by its full key; of a counted text one of its forms. Undefined where there is none, or where its namespace is not read. */
  get(full: string): string | undefined;
  /** Whatever stands at an address: a text or a list of words. */
  valueAt(address: string): JsonValue | undefined;
  /** With which revision it was read. */
  revisionAt(address: string): number;
  /** Keys of a namespace. */
  keysOf(namespace: string): ReadonlySet<string>;
  /** Whether the namespace was read, and has the text in some form. Takes what was not read for present. */
  has(full: string): boolean;
  /** Nothing of it was read yet. */
  isPending: boolean;
  error: ApiError | null;
}

const given = (source: string, language: string, namespace: string) => ({
  params: { source },
  query: { file: `locales/${language}/${namespace}.json` },
});

export function useLoadedTexts(source: string, language: string, namespaces: readonly string[], enabled = true): LoadedTexts {
  const { entries, isPending, error } = useQueries({
    queries: namespaces.map((namespace) => ({
      queryKey: keyOf('readEntries', given(source, language, namespace)),
      queryFn: () => call('readEntries', given(source, language, namespace)),
      enabled,
    })),
    combine: (reads) => ({
      entries: reads.map(({ data }) => data?.entries ?? null),
      isPending: reads.some((read) => read.isPending),
      error: (reads.find((read) => read.error !== null)?.error ?? null) as ApiError | null,
    }),
  });
  const named = namespaces.join();
  return useMemo(() => toTexts(language, named.split(','), entries, isPending, error), [language, named, entries, isPending, error]);
}

function toTexts(
  language: string,
  namespaces: readonly string[],
  read: readonly (readonly EntryView[] | null)[],
  isPending: boolean,
  error: ApiError | null,
): LoadedTexts {
  const byAddress = new Map(read.flatMap((entries) => entries ?? []).map((entry) => [entry.address, entry]));
  const keys = new Map<string, Set<string>>();
  const bases = new Map<string, Set<string>>();
  for (const [index, namespace] of namespaces.entries()) {
    const entries = read[index];
    if (!entries) continue;
    const there = entries.filter(({ value }) => value !== undefined).map(({ address }) => address.slice(address.indexOf('#') + 1));
    keys.set(namespace, new Set(there));
    bases.set(namespace, new Set(there.map(baseOfKey)));
  }
  const valueAt = (address: string): JsonValue | undefined => byAddress.get(address)?.value;
  const textAt = (full: string): string | undefined => {
    const value = valueAt(addressOfText(full, language));
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  return {
    language,
    get: (full) => textAt(full) ?? PLURAL_CATEGORIES.map((category) => textAt(`${full}_${category}`)).find((text) => text !== undefined),
    valueAt,
    revisionAt: (address) => byAddress.get(address)?.revision ?? 0,
    keysOf: (namespace) => keys.get(namespace) ?? new Set(),
    has(full) {
      const { namespace, key } = partsOfKey(full);
      const known = keys.get(namespace);
      return known === undefined || known.has(key) || (bases.get(namespace)?.has(key) ?? false);
    },
    isPending,
    error,
  };
}

/** A text with the revision with which it was read. */
export interface ReadText {
  value: JsonValue;
  revision: number;
}

/**
 * A namespace in every language, by address.
 * @throws ApiError what the server refused
 */
export async function readAllTexts(source: string, namespace: string, languages: readonly string[]): Promise<Map<string, ReadText>> {
  const read = await Promise.all(
    languages.map((language) =>
      queryClient.fetchQuery({
        queryKey: keyOf('readEntries', given(source, language, namespace)),
        queryFn: () => call('readEntries', given(source, language, namespace)),
      }),
    ),
  );
  const found = new Map<string, ReadText>();
  for (const { address, value, revision } of read.flatMap(({ entries }) => entries)) {
    if (value !== undefined) found.set(address, { value, revision });
  }
  return found;
}
