// A number within its limits. What is typed stays as it is until it is a number. Used by the form of a step.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TextField } from '../../ui/field.tsx';
import type { JsonValue, Path } from './json-path.ts';
import { useStepForm } from './step-form-context.ts';

export interface NumberFieldProps {
  path: Path;
  label: string;
  hint?: string | undefined;
  isRequired: boolean;
  usual?: JsonValue | undefined;
  min: number | null;
  max: number | null;
  isWhole: boolean;
}

export function NumberField({ path, label, hint, isRequired, usual, min, max, isWhole }: NumberFieldProps): ReactNode {
  const { t } = useTranslation('flows');
  const { get, set, wrongAt, isReadOnly } = useStepForm();
  const value = get(path);
  const written = typeof value === 'number' ? String(value) : '';
  const [typed, setTyped] = useState(written);
  // Somebody may be at `1.` or `-`: only another number takes its place.
  const shown = typed.trim() !== '' && Number(typed) === value ? typed : written === '' && Number.isNaN(Number(typed)) ? typed : written;
  const range = min !== null && max !== null ? t('field_range', { min, max }) : undefined;
  return (
    <TextField
      label={label}
      hint={hint ?? range}
      inputMode={isWhole ? 'numeric' : 'decimal'}
      ltr
      {...(typeof usual === 'number' ? { placeholder: String(usual) } : {})}
      value={shown}
      wrong={wrongAt(path)}
      isDisabled={isReadOnly}
      onChange={(next) => {
        setTyped(next);
        const number = Number(next.replace(',', '.'));
        if (next.trim() === '') set(path, isRequired ? '' : undefined);
        else if (Number.isFinite(number)) set(path, number);
      }}
    />
  );
}
