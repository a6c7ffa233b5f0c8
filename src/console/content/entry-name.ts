// What an entry is called in the language of the console, from its address alone: `Text “age” of “school”, Arabic`. Used by changes, conflicts, comments.
import { useTranslation } from 'react-i18next';
import { stemOf } from '../../release/diff.ts';
import { kindOf, partsOf, type EntryAddress } from '../../release/entry.ts';
import { useFormat } from '../format.ts';
import { isolated } from './isolated.ts';
import { languageOf } from './link-to.ts';

/** Names the entry at an address; the address itself where nothing can stand. */
export function useEntryName(): (address: EntryAddress) => string {
  const { t } = useTranslation('content');
  const format = useFormat();
  return (address) => {
    const kind = kindOf(address);
    if (kind === null) return address;
    const tag = languageOf(address);
    const said = t(`entry.${kind}`, { name: isolated(nameOf(kind, address)), flow: isolated(stemOf(address)) });
    return tag === null ? said : t('entry.in_language', { entry: said, language: format.language(tag) });
  };
}

function nameOf(kind: string, address: EntryAddress): string {
  const { key } = partsOf(address);
  if (kind === 'text') return `${stemOf(address)}:${key}`;
  if (kind === 'transcript') return stemOf(address);
  return key.replace(/^(steps|head|texts)\//, '');
}
