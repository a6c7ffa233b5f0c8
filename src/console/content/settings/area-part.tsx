// The places that the hotline serves, and its clock. A part of the settings page.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '../../ui/field.tsx';
import { localityOptions, withValue } from './code-options.ts';
import { CodesField } from './codes-field.tsx';
import { KeptForm } from './kept-form.tsx';
import { useSetting, type SettingsPartProps } from './use-setting.ts';

export function AreaPart(props: SettingsPartProps): ReactNode {
  const { hotline, isReadOnly } = props;
  const { t } = useTranslation('answers');
  const served = useSetting('localities', props, ['*']);
  const zone = useSetting('timezone', props, 'UTC');
  const zones = Intl.supportedValuesOf('timeZone').map((value) => ({ value, label: value }));
  return (
    <KeptForm label={t('settings.part_area')} kept={[served, zone]} isReadOnly={isReadOnly}>
      <CodesField
        label={t('area.served')}
        hint={t('area.served_hint')}
        addLabel={t('area.add')}
        value={served.value}
        options={localityOptions(hotline)}
        isReadOnly={isReadOnly}
        onChange={served.set}
      />
      <Select
        label={t('area.timezone')}
        hint={t('area.timezone_hint')}
        value={zone.value}
        options={withValue(zones, zone.value)}
        onChange={zone.set}
      />
    </KeptForm>
  );
}
