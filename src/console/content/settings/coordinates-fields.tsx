// Latitude and longitude in degrees, both optional. Used by places and by the tree of places.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NumberField } from './number-field.tsx';

interface Coordinates {
  latitude?: number | undefined;
  longitude?: number | undefined;
}

export interface CoordinatesFieldsProps {
  hint: string;
  value: Coordinates;
  onChange: (change: Coordinates) => void;
}

export function CoordinatesFields({ hint, value, onChange }: CoordinatesFieldsProps): ReactNode {
  const { t } = useTranslation('answers');
  return (
    <div className="two">
      <NumberField
        label={t('places.latitude')}
        hint={hint}
        isOptional
        min={-90}
        max={90}
        decimals={6}
        value={value.latitude}
        onChange={(latitude) => onChange({ latitude })}
      />
      <NumberField
        label={t('places.longitude')}
        isOptional
        min={-180}
        max={180}
        decimals={6}
        value={value.longitude}
        onChange={(longitude) => onChange({ longitude })}
      />
    </div>
  );
}
