// What of the texts is shown: it stands in the address, so that a link leads to it and the browser's way back works. Used by the page of texts.
import { useSearchParams } from 'wouter';
import { TEXT_STATES, type TextState } from '../../../api/content-shapes.ts';

export interface TextsFilter {
  /** Beside the source language; null where nobody chose yet. */
  languages: readonly string[] | null;
  /** Empty: all. */
  namespace: string;
  state: TextState | '';
  /** Only what the draft changes. */
  changed: boolean;
  q: string;
}

export interface FilterInUse {
  filter: TextsFilter;
  set(change: Partial<TextsFilter>): void;
  clear(): void;
}

export function useTextsFilter(): FilterInUse {
  const [params, setParams] = useSearchParams();
  const state = TEXT_STATES.find((one) => one === params.get('state')) ?? '';
  const languages = params.get('languages');
  const filter: TextsFilter = {
    languages: languages === null ? null : languages.split(',').filter((tag) => tag !== ''),
    namespace: params.get('namespace') ?? '',
    state,
    changed: params.get('changed') === 'true',
    q: params.get('q') ?? '',
  };
  const put = (next: TextsFilter): void => setParams(written(next), { replace: true });
  return {
    filter,
    set: (change) => put({ ...filter, ...change }),
    clear: () => put({ languages: filter.languages, namespace: '', state: '', changed: false, q: '' }),
  };
}

/** Whether anything is left out. */
export function isFiltered({ namespace, state, changed, q }: TextsFilter): boolean {
  return namespace !== '' || state !== '' || changed || q !== '';
}

function written({ languages, namespace, state, changed, q }: TextsFilter): Record<string, string> {
  return {
    ...(languages && { languages: languages.join(',') }),
    ...(namespace && { namespace }),
    ...(state && { state }),
    ...(changed && { changed: 'true' }),
    ...(q && { q }),
  };
}
