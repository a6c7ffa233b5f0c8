// Days on which nobody is there, each to take away, and a day to add. Used by the hotline's hours.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { noonOf } from './noon-of.ts';

export interface HolidaysFieldProps {
  days: readonly string[];
  isReadOnly: boolean;
  onChange: (days: string[]) => void;
}

export function HolidaysField({ days, isReadOnly, onChange }: HolidaysFieldProps): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const [next, setNext] = useState('');
  return (
    <fieldset className="stack tight">
      <legend>
        <strong>{t('desk.holidays')}</strong>
      </legend>
      <p className="quiet small">{t('desk.holidays_hint')}</p>
      <div className="chosen">
        {days.map((day) =>
          isReadOnly ? (
            <span key={day} className="badge">
              {format.day(noonOf(day))}
            </span>
          ) : (
            <Button
              key={day}
              aria-label={t('codes.remove', { name: format.day(noonOf(day)) })}
              onPress={() => onChange(days.filter((one) => one !== day))}
            >
              {format.day(noonOf(day))}
              <Icon name="close" size={16} />
            </Button>
          ),
        )}
      </div>
      {!isReadOnly && (
        <div className="row">
          <TextField label={t('desk.holiday')} type="date" ltr value={next} onChange={setNext} />
          <Button
            icon="plus"
            isDisabled={next === '' || days.includes(next)}
            onPress={() => {
              onChange([...days, next].sort());
              setNext('');
            }}
          >
            {t('desk.add_holiday')}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
