// A number as it is typed, also half typed: what is no number is told below and changes nothing yet. Used by forms of places and settings.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../ui/field.tsx';

export interface NumberFieldProps {
  label: string;
  hint?: string;
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  /** May be left empty. */
  isOptional?: boolean;
  min?: number;
  max?: number;
  /** Digits after the point; 0 for whole numbers. */
  decimals?: number;
}

export function NumberField({ label, hint, value, onChange, isOptional = false, min, max, decimals = 0 }: NumberFieldProps): ReactNode {
  const { t } = useTranslation('answers');
  const [text, setText] = useState(value === undefined ? '' : String(value));
  const read = readNumber(text, { min, max, decimals });
  const isEmpty = text.trim() === '';
  const isWrong = isEmpty ? !isOptional : read === undefined;
  const isOwn = isWrong || (isEmpty ? value === undefined : read === value);
  const shown = isOwn ? text : value === undefined ? '' : String(value);
  const limits = min !== undefined && max !== undefined ? t('number.between', { min, max }) : t('number.wrong');
  return (
    <TextField
      label={label}
      hint={hint}
      wrong={isWrong ? limits : null}
      inputMode={decimals === 0 ? 'numeric' : 'decimal'}
      ltr
      value={shown}
      onChange={(typed) => {
        setText(typed);
        const next = readNumber(typed, { min, max, decimals });
        if (next !== undefined) onChange(next);
        else if (isOptional && typed.trim() === '') onChange(undefined);
      }}
    />
  );
}

interface Limits {
  min?: number | undefined;
  max?: number | undefined;
  decimals: number;
}

function readNumber(text: string, { min, max, decimals }: Limits): number | undefined {
  // Many write a comma before the decimals.
  const plain = text.trim().replace(',', '.');
  const shape = decimals === 0 ? /^-?\d+$/ : new RegExp(String.raw`^-?\d+(\.\d{1,${decimals}})?$`);
  if (!shape.test(plain)) return undefined;
  const value = Number(plain);
  return value < (min ?? -Infinity) || value > (max ?? Infinity) ? undefined : value;
}
