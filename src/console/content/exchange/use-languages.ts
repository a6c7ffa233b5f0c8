// Languages of the content that is looked at, the source language first. Used by the exchange of files.
import type { TextsView } from '../../../api/content-shapes.ts';
import type { ApiError } from '../../../api/client.ts';
import { useRead } from '../../api.ts';

export interface ContentLanguages {
  all: TextsView['languages'];
  source: string | null;
  error: ApiError | null;
}

export function useLanguages(place: string): ContentLanguages {
  const read = useRead('readTexts', [{ params: { source: place }, query: {} }]);
  return { all: read.data?.languages ?? [], source: read.data?.sourceLanguage ?? null, error: read.error };
}
