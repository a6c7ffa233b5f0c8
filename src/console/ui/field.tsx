// Text fields and pickers with label, hint and what is wrong. A picker is the browser's own: it works on every phone. Used by forms.
import { useId, type ReactNode } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField, type TextFieldProps as AriaTextFieldProps } from 'react-aria-components/TextField';
import './field.css';
import { Icon } from './icon.tsx';

export interface TextFieldProps extends Omit<AriaTextFieldProps, 'className' | 'style' | 'children'> {
  label: string;
  hint?: string | undefined;
  /** What is wrong, as a sentence that says what to do. */
  wrong?: string | null | undefined;
  /** Rows of a text of several lines. */
  rows?: number;
  placeholder?: string;
  /** For codes, addresses and hours: written from left to right in every language. */
  ltr?: boolean;
}

export function TextField({ label, hint, wrong, rows, placeholder, ltr = false, ...props }: TextFieldProps): ReactNode {
  const shared = { className: 'input', ...(placeholder === undefined ? {} : { placeholder }), ...(ltr ? { dir: 'ltr' } : {}) };
  return (
    <AriaTextField {...props} className="field" isInvalid={wrong != null}>
      <Label>{label}</Label>
      {rows === undefined ? <Input {...shared} /> : <TextArea {...shared} rows={rows} />}
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="wrong">{wrong}</FieldError>
    </AriaTextField>
  );
}

export interface SelectProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: string }[];
  onChange: (value: T) => void;
  hint?: string;
  isDisabled?: boolean;
  /** The label is heard, not seen: for filters whose meaning is plain from what they show. */
  quietLabel?: boolean;
}

export function Select<T extends string>({ label, value, options, onChange, hint, isDisabled, quietLabel }: SelectProps<T>): ReactNode {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id} className={quietLabel ? 'only-heard' : undefined}>
        {label}
      </label>
      <span className="picker">
        <select
          id={id}
          className="input"
          value={value}
          disabled={isDisabled}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          onChange={(event) => onChange(event.target.value as T)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="down" size={18} />
      </span>
      {hint !== undefined && (
        <span id={`${id}-hint`} className="hint">
          {hint}
        </span>
      )}
    </div>
  );
}
