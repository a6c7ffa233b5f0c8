// Where a place is and how it is reached; and the protection of an address that must never be told. A part of place-form.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isPhoneNumber } from '../../../release/phone-number.ts';
import { Checkbox } from '../../ui/choice.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { Notice } from '../../ui/pieces.tsx';
import { localityOptions, withValue } from '../settings/code-options.ts';
import { LinesField } from '../settings/lines-field.tsx';
import { CoordinatesFields } from '../settings/coordinates-fields.tsx';
import type { PlacePartProps } from './place-fields.ts';
import { isolated } from '../isolated.ts';

export function PlaceReach({ fields, change, isWrong, hotline }: PlacePartProps): ReactNode {
  const { t } = useTranslation('answers');
  const { phones = [] } = fields;
  const wrongPhone = phones.find((phone) => !isPhoneNumber(phone));
  const isProtected = fields.protected_address === true;
  return (
    <section className="place-part">
      <h2>{t('places.part_where')}</h2>
      <Select
        label={t('answers.place')}
        hint={t('places.locality_hint')}
        value={fields.locality}
        options={withValue(localityOptions(hotline), fields.locality)}
        onChange={(locality) => change({ locality })}
      />
      <LinesField
        label={t('places.phones')}
        hint={t('places.phones_hint')}
        ltr
        wrong={wrongPhone === undefined ? null : t('places.phone_wrong', { phone: isolated(wrongPhone) })}
        value={phones}
        onChange={(next) => change({ phones: next.length === 0 ? undefined : next })}
      />
      <TextField
        label={t('places.url')}
        hint={t('places.url_hint')}
        type="url"
        ltr
        wrong={isWrong('url') ? t('places.url_wrong') : null}
        value={fields.url ?? ''}
        onChange={(url) => change({ url: url.trim() === '' ? undefined : url.trim() })}
      />
      <TextField
        label={t('places.address')}
        hint={t(isProtected ? 'places.address_protected_hint' : 'places.address_hint')}
        value={fields.address ?? ''}
        onChange={(address) => change({ address: address.trim() === '' ? undefined : address })}
      />
      <Checkbox
        label={t('places.protected')}
        explained={t('places.protected_help')}
        isSelected={isProtected}
        onChange={(next) => change({ protected_address: next ? true : undefined })}
      />
      {isProtected && (
        <Notice tone="plain" title={t('places.protected_title')}>
          <p>{t('places.protected_what')}</p>
        </Notice>
      )}
      <CoordinatesFields hint={t('places.coordinates_hint')} value={fields} onChange={change} />
    </section>
  );
}
