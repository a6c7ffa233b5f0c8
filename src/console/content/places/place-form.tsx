// Everything that is known about a place, to change, in five parts. What is typed is kept in the draft. Rendered by place-detail.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Place } from '../../../domain/content.ts';
import { KeptForm } from '../settings/kept-form.tsx';
import { useKeptValue } from '../settings/use-kept-value.ts';
import type { Hotline } from '../settings/use-hotline.ts';
import type { ContentPlace } from '../source.ts';
import { useEdits } from '../use-edits.ts';
import type { PlaceEntry, PlaceFields, PlacePartProps } from './place-fields.ts';
import { PlaceIdentity } from './place-identity.tsx';
import { PlaceOpening } from './place-opening.tsx';
import { PlaceReach } from './place-reach.tsx';
import { PlaceSafety } from './place-safety.tsx';
import { PlaceTrust } from './place-trust.tsx';

export function PlaceForm({ source, hotline, shown }: { source: ContentPlace; hotline: Hotline; shown: PlaceEntry }): ReactNode {
  const { t } = useTranslation('answers');
  const edits = useEdits(source.draftId);
  const kept = useKeptValue<PlaceFields>({
    address: shown.entry.address,
    value: shown.written,
    revision: shown.entry.revision,
    schema: Place,
    edits,
    lostText: t('kept.lost'),
  });
  const part: PlacePartProps = {
    fields: kept.value,
    change: (fields) => kept.set({ ...kept.value, ...fields }),
    isWrong: kept.isWrong,
    hotline,
  };
  return (
    <KeptForm label={shown.place.name} kept={kept} isReadOnly={false}>
      <PlaceIdentity {...part} />
      <PlaceReach {...part} />
      <PlaceOpening {...part} />
      <PlaceSafety {...part} />
      <PlaceTrust {...part} />
      <p className="quiet small">
        {t('facts.id')}: <code>{kept.value.id}</code>
      </p>
    </KeptForm>
  );
}
