// How long what people wrote is kept, class by class. A part of the settings page.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HotlineSettings } from '../../../domain/content.ts';
import { Notice } from '../../ui/pieces.tsx';
import { KeptForm } from './kept-form.tsx';
import { NumberField } from './number-field.tsx';
import { useSetting, type SettingsPartProps } from './use-setting.ts';

/** The most that each may be: longer would not be needed by anybody. */
const CLASSES = [
  { key: 'messages_days', max: 365 },
  { key: 'session_hours', max: 24 },
  { key: 'case_months', max: 120 },
  { key: 'private_case_months', max: 120 },
  { key: 'complaint_months', max: 120 },
  { key: 'request_log_months', max: 120 },
  { key: 'backup_days', max: 3650 },
] as const;

const USUAL = HotlineSettings.shape.retention.parse({});

export function KeepingPart(props: SettingsPartProps): ReactNode {
  const { isReadOnly } = props;
  const { t } = useTranslation('answers');
  const kept = useSetting('retention', props, USUAL);
  const messages = props.hotline.settings.retention?.messages_days ?? USUAL.messages_days;
  const isChanged = kept.value.messages_days !== undefined && kept.value.messages_days !== messages;
  return (
    <KeptForm label={t('settings.part_keeping')} kept={kept} isReadOnly={isReadOnly}>
      <Notice title={t('keeping.consent')}>
        <p>{t('keeping.consent_help', { count: messages })}</p>
      </Notice>
      {isChanged && <Notice tone="warn" title={t('keeping.consent_change')} />}
      {CLASSES.map(({ key, max }) => (
        <NumberField
          key={key}
          label={t(`keeping.${key}`)}
          hint={t(`keeping.${key}_hint`)}
          min={1}
          max={max}
          value={kept.value[key] ?? USUAL[key]}
          onChange={(value) => kept.set({ ...kept.value, [key]: value })}
        />
      ))}
    </KeptForm>
  );
}
