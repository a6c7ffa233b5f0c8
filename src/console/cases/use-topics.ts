// Names of topics in the language of the console, from the texts that the hotline itself uses. Used by lists and the side panel.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';

type Names = Record<string, string>;
const files: Record<string, () => Promise<{ default: Names }>> = {
  ar: () => import('../../../locales/ar/topics.json', { with: { type: 'json' } }),
  en: () => import('../../../locales/en/topics.json', { with: { type: 'json' } }),
  es: () => import('../../../locales/es/topics.json', { with: { type: 'json' } }),
  fr: () => import('../../../locales/fr/topics.json', { with: { type: 'json' } }),
};

export interface Topics {
  /** `HEA.PRI` → its name; the code where it has none. */
  nameOf(code: string): string;
  /** First-level codes. */
  areas: string[];
}

export function useTopics(): Topics {
  const { i18n } = useTranslation();
  const { data = {} } = useQuery({
    queryKey: ['topics', i18n.language],
    queryFn: async () => (await (files[i18n.language] ?? files['en'])?.())?.default ?? {},
    staleTime: Number.POSITIVE_INFINITY,
  });
  return { nameOf: (code) => data[code] ?? code, areas: Object.keys(data).filter((code) => /^[A-Z]+$/.test(code)) };
}
