// Weekly hours: some days with a time from and to, several lines of them. Used for places and for the hotline's own hours.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import type { Hours } from '../../../domain/content.ts';
import { nameOfDay, WEEKDAYS } from '../../shifts/weekdays.ts';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import '../settings/settings.css';

export type OpeningLine = z.infer<typeof Hours>;

export interface HoursFieldProps {
  label: string;
  hint?: string;
  /** What it means that there are none. */
  noneText: string;
  hours: readonly OpeningLine[];
  isReadOnly: boolean;
  onChange: (hours: OpeningLine[]) => void;
}

const WEEK: OpeningLine = { byday: ['MO', 'TU', 'WE', 'TH', 'FR'], opens_at: '09:00', closes_at: '17:00' };
const SATURDAY: OpeningLine = { byday: ['SA'], opens_at: '10:00', closes_at: '14:00' };

export function HoursField({ label, hint, noneText, hours, isReadOnly, onChange }: HoursFieldProps): ReactNode {
  const { t } = useTranslation('answers');
  return (
    <fieldset className="stack tight">
      <legend>
        <strong>{label}</strong>
      </legend>
      {hint !== undefined && <p className="quiet small">{hint}</p>}
      {hours.length === 0 && <p>{noneText}</p>}
      {hours.map((line, index) => (
        <HoursLine
          key={index}
          number={index + 1}
          line={line}
          isReadOnly={isReadOnly}
          onChange={(changed) => onChange(hours.map((one, other) => (other === index ? changed : one)))}
          onRemove={() => onChange(hours.filter((_, other) => other !== index))}
        />
      ))}
      {!isReadOnly && (
        <div className="row">
          <Button icon="plus" onPress={() => onChange([...hours, hours.length === 0 ? WEEK : SATURDAY])}>
            {t('hours.add')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

interface HoursLineProps {
  number: number;
  line: OpeningLine;
  isReadOnly: boolean;
  onChange: (line: OpeningLine) => void;
  onRemove: () => void;
}

function HoursLine({ number, line, isReadOnly, onChange, onRemove }: HoursLineProps): ReactNode {
  const { t, i18n } = useTranslation('answers');
  // A day's end at 24:00 is what a clock shows as 00:00.
  const closes = line.closes_at === '24:00' ? '00:00' : line.closes_at;
  return (
    <div className="opening-line" role="group" aria-label={t('hours.line', { number })}>
      <Choices
        label={t('hours.days')}
        beside
        value={line.byday}
        options={WEEKDAYS.map((day) => ({ value: day, label: nameOfDay(day, i18n.language), isDisabled: isReadOnly }))}
        onChange={(byday) => onChange({ ...line, byday: WEEKDAYS.filter((day) => byday.includes(day)) })}
        wrong={line.byday.length === 0 ? t('hours.no_days') : null}
      />
      <div className="two">
        <TextField
          label={t('hours.from')}
          type="time"
          ltr
          isReadOnly={isReadOnly}
          value={line.opens_at}
          onChange={(opens_at) => onChange({ ...line, opens_at })}
        />
        <TextField
          label={t('hours.to')}
          hint={closes <= line.opens_at ? t('hours.next_day') : undefined}
          type="time"
          ltr
          isReadOnly={isReadOnly}
          value={closes}
          onChange={(closes_at) => onChange({ ...line, closes_at })}
        />
      </div>
      {!isReadOnly && (
        <div className="row">
          <Button tone="plain" icon="close" onPress={onRemove}>
            {t('hours.remove')}
          </Button>
        </div>
      )}
    </div>
  );
}
