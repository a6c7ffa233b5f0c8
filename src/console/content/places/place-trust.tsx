// How it is known that a place is as it is told, and until when that counts. A part of place-form.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox } from '../../ui/choice.tsx';
import { TextField } from '../../ui/field.tsx';
import type { PlacePartProps } from './place-fields.ts';

export function PlaceTrust({ fields, change, isWrong }: PlacePartProps): ReactNode {
  const { t } = useTranslation('answers');
  return (
    <section className="place-part">
      <h2>{t('places.part_known')}</h2>
      <TextField
        label={t('places.source')}
        hint={t('places.source_hint')}
        rows={2}
        wrong={isWrong('source') ? t('facts.source_missing') : null}
        value={fields.source}
        onChange={(source) => change({ source })}
      />
      <TextField
        label={t('places.verify_by')}
        hint={t('places.verify_by_hint')}
        type="date"
        ltr
        wrong={isWrong('verify_by') ? t('facts.no_day') : null}
        value={fields.verify_by}
        onChange={(verify_by) => change({ verify_by })}
      />
      <Checkbox
        label={t('places.confirm')}
        explained={t('places.confirm_help')}
        isSelected={fields.confirm_locally}
        onChange={(confirm_locally) => change({ confirm_locally })}
      />
    </section>
  );
}
