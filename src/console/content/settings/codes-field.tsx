// Several of a list: those chosen as buttons to take away, the others in a picker to add. Used for topics, places and languages.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import type { Option } from './code-options.ts';
import './settings.css';

export interface CodesFieldProps {
  label: string;
  hint?: string;
  /** What the picker says while nothing is picked: `Add a topic`. */
  addLabel: string;
  value: readonly string[];
  options: readonly Option[];
  onChange: (value: string[]) => void;
  /** What is wrong, as a sentence. */
  wrong?: string | null;
  isReadOnly?: boolean;
}

export function CodesField({ label, hint, addLabel, value, options, onChange, wrong, isReadOnly = false }: CodesFieldProps): ReactNode {
  const { t } = useTranslation('answers');
  const nameOf = (code: string): string => options.find((option) => option.value === code)?.label ?? code;
  const others = options.filter((option) => !value.includes(option.value));
  return (
    <div className="field" role="group" aria-label={label}>
      <span className="label">{label}</span>
      {hint !== undefined && <span className="hint">{hint}</span>}
      <div className="chosen">
        {value.map((code) =>
          isReadOnly ? (
            <span key={code} className="badge">
              {nameOf(code)}
            </span>
          ) : (
            <Button
              key={code}
              aria-label={t('codes.remove', { name: nameOf(code) })}
              onPress={() => onChange(value.filter((other) => other !== code))}
            >
              {nameOf(code)}
              <Icon name="close" size={16} />
            </Button>
          ),
        )}
      </div>
      {!isReadOnly && others.length > 0 && (
        <Select
          label={addLabel}
          quietLabel
          value=""
          options={[{ value: '', label: addLabel }, ...others]}
          onChange={(code) => code !== '' && onChange([...value, code])}
        />
      )}
      {wrong != null && <span className="wrong">{wrong}</span>}
    </div>
  );
}
