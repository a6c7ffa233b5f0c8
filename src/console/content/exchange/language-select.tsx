// Picks one of the hotline's languages by its name in the language of the console. Used by the exchange of files.
import type { ReactNode } from 'react';
import { useFormat } from '../../format.ts';
import { Select } from '../../ui/field.tsx';

export interface LanguageSelectProps {
  label: string;
  hint?: string;
  value: string;
  tags: readonly string[];
  /** Offered besides, with an empty value. */
  none?: string;
  onChange: (tag: string) => void;
}

export function LanguageSelect({ tags, none, ...props }: LanguageSelectProps): ReactNode {
  const format = useFormat();
  return (
    <Select
      {...props}
      options={[
        ...(none === undefined ? [] : [{ value: '', label: none }]),
        ...tags.map((value) => ({ value, label: format.language(value) })),
      ]}
    />
  );
}
