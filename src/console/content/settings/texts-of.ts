// All texts of some keys in every language that is offered, whole, not page by page. Used where an answer, a topic, a place or the
// crisis message is written.
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ApiError } from '../../../api/client.ts';
import type { TextCell, TextRowView, TextsView } from '../../../api/content-shapes.ts';
import { addressOf } from '../../../release/entry.ts';
import { call } from '../../api.ts';

export interface TextsOf {
  rows: readonly TextRowView[];
  languages: TextsView['languages'];
  sourceLanguage: string;
}

export interface Wanted {
  namespace: string;
  /** Only texts in which this stands, or whose key has it. */
  q?: string;
  languages: readonly string[];
}

/** Its key begins with `readTexts`, so that it is read again after an edit. */
export function useTextsOf(source: string, { namespace, q, languages }: Wanted): UseQueryResult<TextsOf, ApiError> {
  const query = { namespace, ...(q === undefined ? {} : { q }), languages: languages.join(',') };
  return useQuery<TextsOf, ApiError>({ queryKey: ['readTexts', 'whole', source, query], queryFn: () => readWhole(source, query) });
}

async function readWhole(source: string, query: { namespace: string; q?: string; languages: string }): Promise<TextsOf> {
  const rows: TextRowView[] = [];
  let after: string | null = null;
  for (;;) {
    const page: TextsView = await call('readTexts', { params: { source }, query: { ...query, ...(after === null ? {} : { after }) } });
    rows.push(...page.rows);
    after = page.next;
    if (after === null) return { rows, languages: page.languages, sourceLanguage: page.sourceLanguage };
  }
}

/** The cell of a text in a language; an empty one where it has never been written. `key` is `namespace:name`. */
export function cellOf({ rows }: Pick<TextsOf, 'rows'>, key: string, language: string): TextCell {
  const [namespace = '', ...name] = key.split(':');
  const written = rows.find((row) => row.key === key)?.cells[language];
  return (
    written ?? {
      address: addressOf(`locales/${language}/${namespace}.json`, name.join(':')),
      value: null,
      state: 'missing',
      reviewedBy: null,
      reviewedOn: null,
      changed: false,
      revision: 0,
    }
  );
}
