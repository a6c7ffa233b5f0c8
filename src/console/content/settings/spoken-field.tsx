// A field for words of one language, written in that language's direction, under a label in the language of the console.
// Used where new words are typed: a question, a phrasing, a name. What stands in a draft already is text-field.tsx's.
import type { ReactNode } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField } from 'react-aria-components/TextField';
import '../../ui/field.css';
import { tagDirection } from '../tag-direction.ts';

export interface SpokenFieldProps {
  label: string;
  hint?: string | undefined;
  wrong?: string | null;
  rows?: number;
  maxLength?: number;
  isRequired?: boolean;
  autoFocus?: boolean;
  language: string;
  value: string;
  onChange: (value: string) => void;
}

export function SpokenField({ label, hint, wrong = null, rows, language, ...props }: SpokenFieldProps): ReactNode {
  const spoken = { className: 'input', lang: language, dir: tagDirection(language) };
  return (
    <TextField {...props} className="field" isInvalid={wrong !== null}>
      <Label>{label}</Label>
      {rows === undefined ? <Input {...spoken} /> : <TextArea {...spoken} rows={rows} />}
      {hint !== undefined && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="wrong">{wrong}</FieldError>
    </TextField>
  );
}
