// What a text message costs, for the preview and the reports. A part of the settings page.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { formatLocale } from '../../i18n.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Select } from '../../ui/field.tsx';
import { ConflictDialog } from '../conflict-dialog.tsx';
import { useEdits } from '../use-edits.ts';
import { withValue } from './code-options.ts';
import { KeptForm } from './kept-form.tsx';
import { NumberField } from './number-field.tsx';
import { useSetting, type SettingsPartProps } from './use-setting.ts';

const USUAL = { currency: 'EUR', sms_segment: 0 };

export function PricesPart(props: SettingsPartProps): ReactNode {
  const { place, hotline, isReadOnly } = props;
  const { t, i18n } = useTranslation('answers');
  const prices = useSetting('prices', props, USUAL);
  const removal = useEdits(place.draftId);
  const entry = hotline.entryOf('prices');
  const names = new Intl.DisplayNames(formatLocale(i18n.language), { type: 'currency' });
  const currencies = Intl.supportedValuesOf('currency')
    .map((code) => ({ value: code, label: `${names.of(code) ?? code} (${code})` }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <>
      {entry === undefined && prices.state === 'kept' && <p>{t('prices.not_set')}</p>}
      <KeptForm label={t('settings.part_prices')} kept={prices} isReadOnly={isReadOnly}>
        <Select
          label={t('prices.currency')}
          value={prices.value.currency}
          options={withValue(currencies, prices.value.currency)}
          onChange={(currency) => prices.set({ ...prices.value, currency })}
        />
        <NumberField
          label={t('prices.segment')}
          hint={t('prices.segment_hint')}
          min={0}
          max={100_000}
          decimals={5}
          value={prices.value.sms_segment}
          onChange={(price) => price !== undefined && prices.set({ ...prices.value, sms_segment: price })}
        />
      </KeptForm>
      {entry !== undefined && !isReadOnly && (
        <div className="row">
          <Button
            tone="plain"
            icon="close"
            isPending={removal.isPending}
            onPress={() => void removal.save([{ address: entry.address, value: undefined, expects: entry.revision }])}
          >
            {t('prices.remove')}
          </Button>
        </div>
      )}
      <ErrorNotice error={removal.error} />
      <ConflictDialog edits={removal} />
    </>
  );
}
