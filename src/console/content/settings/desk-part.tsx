// When people are answered by a person: hours, holidays, and how soon. A part of the settings page.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HoursField } from '../places/hours-field.tsx';
import { DaysField } from '../../ui/days-field.tsx';
import { KeptForm } from './kept-form.tsx';
import { NumberField } from './number-field.tsx';
import { useSetting, type SettingsPartProps } from './use-setting.ts';

const USUAL_MINUTES = 20;

export function DeskPart(props: SettingsPartProps): ReactNode {
  const { hotline, isReadOnly } = props;
  const { t } = useTranslation('answers');
  const desk = useSetting('desk', props, {});
  const change = (fields: Partial<typeof desk.value>): void => desk.set({ ...desk.value, ...fields });
  return (
    <KeptForm label={t('settings.part_desk')} kept={desk} isReadOnly={isReadOnly}>
      <HoursField
        label={t('desk.hours')}
        hint={t('desk.hours_hint', { zone: hotline.timezone })}
        noneText={t('desk.no_hours')}
        hours={desk.value.hours ?? []}
        isReadOnly={isReadOnly}
        onChange={(hours) => change({ hours })}
      />
      <DaysField
        label={t('desk.holidays')}
        hint={t('desk.holidays_hint')}
        days={desk.value.holidays ?? []}
        dayLabel={t('desk.holiday')}
        addLabel={t('desk.add_holiday')}
        removeLabel={(name) => t('codes.remove', { name })}
        isReadOnly={isReadOnly}
        onChange={(holidays) => change({ holidays })}
      />
      <NumberField
        label={t('desk.minutes')}
        hint={t('desk.minutes_hint')}
        min={1}
        max={10_080}
        value={desk.value.minutes_to_answer ?? USUAL_MINUTES}
        onChange={(minutes) => change({ minutes_to_answer: minutes })}
      />
    </KeptForm>
  );
}
