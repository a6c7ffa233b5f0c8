// What a file does not say itself: its language, where its places are and what they are for; and whether reviewed texts may be replaced.
// Used by upload-part.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useTopics } from '../../cases/use-topics.ts';
import { useRead } from '../../api.ts';
import { Checkbox } from '../../ui/choice.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Select } from '../../ui/field.tsx';
import type { ImportFormat } from './import-format.ts';
import { LanguageSelect } from './language-select.tsx';
import { useLanguages } from './use-languages.ts';

export interface Options {
  language: string | null;
  overwriteReviewed: boolean;
  locality: string | null;
  topic: string | null;
}

export interface ImportOptionsProps {
  /** The draft. */
  place: string;
  kind: ImportFormat;
  options: Options;
  onChange: (options: Options) => void;
}

export function ImportOptions({ place, kind, options, onChange }: ImportOptionsProps): ReactNode {
  const { t } = useTranslation('content');
  const languages = useLanguages(place);
  if (kind === 'hsds') return <PlaceOptions place={place} options={options} onChange={onChange} />;
  return (
    <>
      <ErrorNotice error={languages.error} />
      <LanguageSelect
        label={t('import.language')}
        hint={t('import.language_hint')}
        value={options.language ?? ''}
        tags={languages.all.map(({ tag }) => tag)}
        none={t('import.as_file_says')}
        onChange={(tag) => onChange({ ...options, language: tag === '' ? null : tag })}
      />
      {kind !== 'rapidpro' && (
        <Checkbox
          label={t('import.overwrite')}
          explained={t('import.overwrite_help')}
          isSelected={options.overwriteReviewed}
          onChange={(overwriteReviewed) => onChange({ ...options, overwriteReviewed })}
        />
      )}
    </>
  );
}

function PlaceOptions({ place, options, onChange }: Omit<ImportOptionsProps, 'kind'>): ReactNode {
  const { t } = useTranslation('content');
  const topics = useTopics();
  const read = useRead('readEntries', [{ params: { source: place }, query: { kinds: 'topic,locality' } }]);
  const codesOf = (kind: string): string[] =>
    read.data?.entries
      .filter((entry) => entry.kind === kind && entry.value !== undefined)
      .map(({ address }) => address.slice(address.indexOf('#') + 1)) ?? [];
  const none = { value: '', label: t('import.as_file_says') };
  return (
    <>
      <ErrorNotice error={read.error} retry={() => void read.refetch()} />
      <Select
        label={t('import.locality')}
        hint={t('import.locality_hint')}
        value={options.locality ?? ''}
        options={[none, ...codesOf('locality').map((value) => ({ value, label: value === '*' ? t('import.everywhere') : value }))]}
        onChange={(code) => onChange({ ...options, locality: code === '' ? null : code })}
      />
      <Select
        label={t('import.topic')}
        hint={t('import.topic_hint')}
        value={options.topic ?? ''}
        options={[none, ...codesOf('topic').map((value) => ({ value, label: topics.nameOf(value) }))]}
        onChange={(code) => onChange({ ...options, topic: code === '' ? null : code })}
      />
    </>
  );
}
