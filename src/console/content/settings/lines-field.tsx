// A list of short texts, one a line: telephone numbers, synonyms. An empty line at the end stays while somebody types.
// Used by forms of places and settings.
import { useState, type ReactNode } from 'react';
import { TextField } from '../../ui/field.tsx';
import { listOf, shownText } from './lines.ts';

export interface LinesFieldProps {
  label: string;
  hint?: string;
  wrong?: string | null;
  value: readonly string[];
  onChange: (value: string[]) => void;
  ltr?: boolean;
  isReadOnly?: boolean;
}

export function LinesField({ label, hint, wrong, value, onChange, ltr = false, isReadOnly = false }: LinesFieldProps): ReactNode {
  const [text, setText] = useState(shownText(value));
  const shown = JSON.stringify(listOf(text)) === JSON.stringify(value) ? text : shownText(value);
  return (
    <TextField
      label={label}
      hint={hint}
      wrong={wrong}
      rows={2}
      ltr={ltr}
      isReadOnly={isReadOnly}
      value={shown}
      onChange={(typed) => {
        setText(typed);
        onChange(listOf(typed));
      }}
    />
  );
}
