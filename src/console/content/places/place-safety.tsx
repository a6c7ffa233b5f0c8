// Whether a place is safe for people without papers, for women and for children. A part of place-form.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox, OneOf } from '../../ui/choice.tsx';
import { Notice } from '../../ui/pieces.tsx';
import type { PlacePartProps } from './place-fields.ts';

const YES_NO = ['no', 'yes', 'unknown'] as const;

export function PlaceSafety({ fields, change }: PlacePartProps): ReactNode {
  const { t } = useTranslation('answers');
  return (
    <section className="place-part">
      <h2>{t('places.part_safe')}</h2>
      <OneOf
        label={t('places.papers')}
        hint={t('places.papers_hint')}
        value={fields.asks_for_papers}
        options={YES_NO.map((value) => ({ value, label: t(`places.papers_${value}`) }))}
        onChange={(asks_for_papers) => change({ asks_for_papers })}
      />
      <OneOf
        label={t('places.shares')}
        hint={t('places.shares_hint')}
        value={fields.shares_with_authorities}
        options={YES_NO.map((value) => ({ value, label: t(`places.shares_${value}`) }))}
        onChange={(shares_with_authorities) => change({ shares_with_authorities })}
      />
      {fields.shares_with_authorities !== 'no' && (
        <Notice tone="warn" title={t('places.shares_title')}>
          <p>{t(fields.shares_with_authorities === 'yes' ? 'places.shares_help' : 'places.shares_unknown_help')}</p>
        </Notice>
      )}
      <div role="group" aria-label={t('places.for_whom')}>
        <strong>{t('places.for_whom')}</strong>
        <Checkbox
          label={t('places.women_only')}
          isSelected={fields.women_only === true}
          onChange={(women_only) => change({ women_only: women_only ? true : undefined })}
        />
        <Checkbox
          label={t('places.female_staff')}
          isSelected={fields.female_staff === true}
          onChange={(female_staff) => change({ female_staff: female_staff ? true : undefined })}
        />
        <Checkbox
          label={t('places.child_friendly')}
          isSelected={fields.child_friendly === true}
          onChange={(child_friendly) => change({ child_friendly: child_friendly ? true : undefined })}
        />
        <Checkbox
          label={t('places.free')}
          isSelected={fields.free !== false}
          onChange={(free) => change({ free: free ? undefined : false })}
        />
      </div>
    </section>
  );
}
