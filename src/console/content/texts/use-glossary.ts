// The glossary of a release or a draft: the words that translators agreed on. Used by the page of texts and its dialog.
import type { ApiError } from '../../../api/client.ts';
import { GlossaryTerm } from '../../../domain/content.ts';
import { addressOf } from '../../../release/entry.ts';
import { useRead } from '../../api.ts';

export const GLOSSARY_FILE = 'locales/glossary.yaml';

export interface Glossary {
  /** In the order of the file. */
  terms: readonly GlossaryTerm[];
  isPending: boolean;
  error: ApiError | null;
  retry(): void;
  /** Which revision to give back when the term is changed; 0 for one that never was. */
  revisionOf(id: string): number;
}

export function useGlossary(place: string): Glossary {
  const read = useRead('readEntries', [{ params: { source: place }, query: { kinds: 'term' } }]);
  const entries = read.data?.entries ?? [];
  return {
    terms: entries.flatMap(({ value }) => GlossaryTerm.safeParse(value).data ?? []),
    isPending: read.isPending,
    error: read.error,
    retry: () => void read.refetch(),
    revisionOf: (id) => entries.find(({ address }) => address === addressOf(GLOSSARY_FILE, id))?.revision ?? 0,
  };
}

/** What a term is called: its first word in the source language. */
export function nameOfTerm({ id, words }: GlossaryTerm, sourceLanguage: string): string {
  return words[sourceLanguage]?.[0] ?? id;
}
