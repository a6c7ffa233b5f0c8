// Where people begin and how they may write: the first flow, the menu, the numbers on the public page, WhatsApp's templates.
// A part of the settings page.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isPhoneNumber } from '../../../release/phone-number.ts';
import { useFormat } from '../../format.ts';
import { Checkbox } from '../../ui/choice.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { tagDirection } from '../tag-direction.ts';
import { withValue } from './code-options.ts';
import { KeptForm } from './kept-form.tsx';
import { useFlowOptions } from './use-flow-options.ts';
import type { Hotline } from './use-hotline.ts';
import { useSetting, type SettingsPartProps } from './use-setting.ts';

const CHANNELS = ['sms', 'whatsapp'] as const;

export function WaysPart(props: SettingsPartProps): ReactNode {
  const { place, hotline, isReadOnly } = props;
  const { t } = useTranslation('answers');
  const flows = useFlowOptions(place.source, hotline);
  const first = useSetting('entry_flow', props, hotline.settings.entry_flow ?? 'welcome');
  const menu = useSetting('menu_flow', props, hotline.settings.menu_flow ?? 'menu');
  const numbers = useSetting('public_numbers', props, {});
  const demonstration = useSetting('demonstration', props, hotline.settings.demonstration ?? true);
  return (
    <>
      <KeptForm label={t('settings.part_ways')} kept={[first, menu, numbers, demonstration]} isReadOnly={isReadOnly}>
        <Select
          label={t('ways.first')}
          hint={t('ways.first_hint')}
          value={first.value}
          options={withValue(flows, first.value)}
          onChange={first.set}
        />
        <Select
          label={t('ways.menu')}
          hint={t('ways.menu_hint')}
          value={menu.value}
          options={withValue(flows, menu.value)}
          onChange={menu.set}
        />
        {CHANNELS.map((channel) => {
          const number = numbers.value[channel] ?? '';
          return (
            <TextField
              key={channel}
              label={t(`ways.number_${channel}`)}
              hint={t('ways.number_hint')}
              type="tel"
              ltr
              wrong={number !== '' && !isPhoneNumber(number) ? t('emergency.number_wrong') : null}
              value={number}
              onChange={(next) => numbers.set({ ...numbers.value, [channel]: next.trim() === '' ? undefined : next })}
            />
          );
        })}
        <Checkbox
          label={t('ways.demonstration')}
          explained={t('ways.demonstration_help')}
          isSelected={demonstration.value}
          onChange={demonstration.set}
        />
      </KeptForm>
      <Templates hotline={hotline} />
    </>
  );
}

/** To look at: WhatsApp approves them, and gives the codes. */
function Templates({ hotline }: { hotline: Hotline }): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const templates = hotline.settings.whatsapp_templates ?? [];
  return (
    <>
      <h3>{t('ways.templates')}</h3>
      <p className="quiet">{t(templates.length === 0 ? 'ways.no_templates' : 'ways.templates_help')}</p>
      <ul className="card-list">
        {templates.map((template) => (
          <li key={template.id} className="content-card">
            <code>{template.id}</code>
            {Object.entries(template.languages).map(([tag, { text }]) => (
              <div key={tag}>
                <span className="quiet small">{format.language(tag)}</span>
                <p className="content-said" lang={tag} dir={tagDirection(tag)}>
                  {text}
                </p>
              </div>
            ))}
          </li>
        ))}
      </ul>
    </>
  );
}
