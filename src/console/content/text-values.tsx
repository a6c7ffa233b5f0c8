// The values of a text beside those of its source: which are missing, to be put in by a press, and which nobody fills in. Used by text-field.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { isolated } from './isolated.ts';
import { valuesIn } from './whole-values.ts';

export interface TextValuesProps {
  id: string;
  text: string;
  /** Absent in the source language itself, whose values are what it says. */
  source: string | undefined;
  onInsert: (value: string) => void;
}

export function TextValues({ id, text, source, onInsert }: TextValuesProps): ReactNode {
  const { t } = useTranslation('content');
  const format = useFormat();
  const expected = source === undefined ? [] : valuesIn(source);
  const present = valuesIn(text);
  const missing = expected.filter((value) => !present.includes(value));
  const unknown = source === undefined ? [] : present.filter((value) => !expected.includes(value));
  const isPlain = missing.length === 0 && unknown.length === 0;
  return (
    <div id={id} className={isPlain ? undefined : 'text-values'}>
      {missing.length > 0 && text.trim() !== '' && (
        <span className="wrong">{t('field.missing_values', { count: missing.length, values: namesOf(missing, format.list) })}</span>
      )}
      {missing.map((value) => (
        <Button key={value} aria-label={t('field.insert', { value: value.slice(2, -2) })} onPress={() => onInsert(value)}>
          <Icon name="plus" size={14} />
          <code>{value.slice(2, -2)}</code>
        </Button>
      ))}
      {unknown.length > 0 && (
        <span className="wrong">{t('field.unknown_values', { count: unknown.length, values: namesOf(unknown, format.list) })}</span>
      )}
    </div>
  );
}

function namesOf(values: readonly string[], list: (parts: readonly string[]) => string): string {
  return list(values.map((value) => isolated(value.slice(2, -2))));
}
