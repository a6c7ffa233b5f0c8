// Names of an entry's fields in the language of the console: `reviewed_by` → `Reviewed by`. Used where versions are compared.
// A field that is a language's tag is called as the language; one without a word of its own by its own name, spaces for underscores.
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format.ts';

/** Tags of three letters are left out: `sms` is one. */
const TAG = /^[a-z]{2}(-[A-Za-z0-9]{2,8})*$/;

/** Names a field, or a way to one: `hours.0.opens_at` → `Hours › 1 › Opens`. Empty for the entry itself. */
export function useFieldName(): (path: string) => string {
  const { t, i18n } = useTranslation('content');
  const format = useFormat();
  const nameOf = (part: string): string => {
    if (/^\d+$/.test(part)) return String(Number(part) + 1);
    const key = `part.${part}`;
    if (i18n.exists(key, { ns: 'content' })) return t(key);
    return TAG.test(part) ? format.language(part) : part.replaceAll('_', ' ');
  };
  return (path) =>
    path
      .split(/[.[\]/]+/)
      .filter((part) => part !== '')
      .map(nameOf)
      .join(' › ');
}
