// Single days, such as holidays: each can be taken away, and one added. Used by desks and by the settings of the hotline.
import { useState, type ReactNode } from 'react';
import { useFormat } from '../format.ts';
import { Button } from './button.tsx';
import { TextField } from './field.tsx';
import { Icon } from './icon.tsx';

export interface DaysFieldProps {
  label: string;
  hint?: string;
  /** `YYYY-MM-DD`, sorted. */
  days: readonly string[];
  dayLabel: string;
  addLabel: string;
  removeLabel: (day: string) => string;
  isReadOnly?: boolean;
  onChange: (days: string[]) => void;
}

export function DaysField({ label, hint, days, dayLabel, addLabel, removeLabel, isReadOnly = false, onChange }: DaysFieldProps): ReactNode {
  const format = useFormat();
  const [next, setNext] = useState('');
  const name = (day: string): string => format.day(Date.parse(`${day}T12:00`));
  return (
    <fieldset className="stack tight">
      <legend>
        <strong>{label}</strong>
      </legend>
      {hint !== undefined && <p className="quiet small">{hint}</p>}
      <div className="row">
        {days.map((day) =>
          isReadOnly ? (
            <span key={day} className="badge">
              {name(day)}
            </span>
          ) : (
            <Button key={day} aria-label={removeLabel(name(day))} onPress={() => onChange(days.filter((one) => one !== day))}>
              {name(day)}
              <Icon name="close" size={16} />
            </Button>
          ),
        )}
      </div>
      {!isReadOnly && (
        <div className="row">
          <TextField label={dayLabel} type="date" ltr value={next} onChange={setNext} />
          <Button
            icon="plus"
            isDisabled={next === '' || days.includes(next)}
            onPress={() => {
              onChange([...days, next].sort());
              setNext('');
            }}
          >
            {addLabel}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
