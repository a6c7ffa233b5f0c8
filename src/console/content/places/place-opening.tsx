// When a place is open, in which time zone, and which languages are spoken there. A part of place-form.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format.ts';
import { LanguagesField } from '../../people/languages-field.tsx';
import { Select } from '../../ui/field.tsx';
import { withValue } from '../settings/code-options.ts';
import { HoursField } from './hours-field.tsx';
import type { PlacePartProps } from './place-fields.ts';

export function PlaceOpening({ fields, change, isWrong, hotline }: PlacePartProps): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const zones = Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone }));
  return (
    <section className="place-part">
      <h2>{t('places.part_when')}</h2>
      <HoursField
        label={t('places.hours')}
        hint={t('places.hours_hint')}
        noneText={t('places.no_hours')}
        hours={fields.hours ?? []}
        isReadOnly={false}
        onChange={(hours) => change({ hours: hours.length === 0 ? undefined : hours })}
      />
      {isWrong('hours') && <p className="wrong">{t('hours.wrong')}</p>}
      <Select
        label={t('places.timezone')}
        value={fields.timezone ?? ''}
        options={[
          { value: '', label: t('places.timezone_usual', { zone: hotline.timezone }) },
          ...withValue(zones, fields.timezone ?? 'UTC').filter(({ value }) => value !== ''),
        ]}
        onChange={(zone) => change({ timezone: zone === '' ? undefined : zone })}
      />
      <LanguagesField
        label={t('places.languages')}
        hint={t('places.languages_hint', { languages: format.list(hotline.languages.map(({ tag }) => format.language(tag))) })}
        value={fields.languages ?? []}
        onChange={(languages) => change({ languages: languages.length === 0 ? undefined : languages })}
      />
    </section>
  );
}
