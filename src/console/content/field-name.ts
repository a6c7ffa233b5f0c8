// Names of an entry's fields in the language of the console: `reviewed_by` → `Reviewed by`. Used where versions are compared.
// A field without a word of its own is shown by its own name, spaces for underscores.
import { useTranslation } from 'react-i18next';

/** Names a field, or a way to one: `hours.0.opens_at` → `Hours › 1 › Opens`. Empty for the entry itself. */
export function useFieldName(): (path: string) => string {
  const { t, i18n } = useTranslation('content');
  const nameOf = (part: string): string => {
    if (/^\d+$/.test(part)) return String(Number(part) + 1);
    const key = `part.${part}`;
    return i18n.exists(key, { ns: 'content' }) ? t(key) : part.replaceAll('_', ' ');
  };
  return (path) =>
    path
      .split(/[.[\]/]+/)
      .filter((part) => part !== '')
      .map(nameOf)
      .join(' › ');
}
