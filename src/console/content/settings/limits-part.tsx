// How much may be sent, and how soon complaints are answered. A part of the settings page.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HotlineSettings } from '../../../domain/content.ts';
import { KeptForm } from './kept-form.tsx';
import { NumberField } from './number-field.tsx';
import { useSetting, type SettingsPartProps } from './use-setting.ts';

const USUAL = HotlineSettings.shape.limits.parse({});
const CHANNELS = ['sms', 'whatsapp'] as const;
const LIMITS = [
  { key: 'messages_per_contact_day', min: 1, max: 10_000 },
  { key: 'loop_messages', min: 1, max: 1000 },
  { key: 'waiting_messages', min: 5, max: 1000 },
] as const;

export function LimitsPart(props: SettingsPartProps): ReactNode {
  const { isReadOnly } = props;
  const { t } = useTranslation('answers');
  const limits = useSetting('limits', props, USUAL);
  const complaints = useSetting('complaint_answer_days', props, 15);
  const sensitive = useSetting('sensitive_complaint_hours', props, 72);
  const channels = limits.value.channel_daily_segments ?? {};
  const setChannel = (channel: string, segments: number | undefined): void => {
    const { [channel]: _, ...others } = channels;
    limits.set({ ...limits.value, channel_daily_segments: segments === undefined ? others : { ...others, [channel]: segments } });
  };
  return (
    <KeptForm label={t('settings.part_limits')} kept={[limits, complaints, sensitive]} isReadOnly={isReadOnly}>
      {LIMITS.map(({ key, min, max }) => (
        <NumberField
          key={key}
          label={t(`limits.${key}`)}
          hint={t(`limits.${key}_hint`)}
          min={min}
          max={max}
          value={limits.value[key] ?? USUAL[key]}
          onChange={(value) => limits.set({ ...limits.value, [key]: value })}
        />
      ))}
      {CHANNELS.map((channel) => (
        <NumberField
          key={channel}
          label={t(`limits.segments_${channel}`)}
          hint={t('limits.segments_hint')}
          isOptional
          min={1}
          max={10_000_000}
          value={channels[channel]}
          onChange={(segments) => setChannel(channel, segments)}
        />
      ))}
      <NumberField
        label={t('limits.complaint_days')}
        hint={t('limits.complaint_days_hint')}
        min={1}
        max={365}
        value={complaints.value}
        onChange={(days) => days !== undefined && complaints.set(days)}
      />
      <NumberField
        label={t('limits.sensitive_hours')}
        hint={t('limits.sensitive_hours_hint')}
        min={1}
        max={2000}
        value={sensitive.value}
        onChange={(hours) => hours !== undefined && sensitive.set(hours)}
      />
    </KeptForm>
  );
}
