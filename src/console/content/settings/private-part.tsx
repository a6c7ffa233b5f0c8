// In which languages the private lane is served, and who signed for it: to look at. A part of the settings page.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format.ts';
import { Badge } from '../../ui/pieces.tsx';
import { Table } from '../../ui/table.tsx';
import { noonOf } from './noon-of.ts';
import type { SettingsPartProps } from './use-setting.ts';
import { isolated } from '../isolated.ts';

export function PrivatePart({ hotline }: SettingsPartProps): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const signed = hotline.settings.private_lane_signed ?? {};
  return (
    <>
      <p>{t('private.what_happens')}</p>
      <Table
        label={t('settings.part_private')}
        rows={hotline.languages}
        keyOf={({ tag }) => tag}
        columns={[
          { key: 'language', label: t('private.language'), cell: ({ tag }) => format.language(tag) },
          {
            key: 'served',
            label: t('private.served'),
            cell: ({ tag }) =>
              signed[tag] === undefined ? (
                <Badge tone="warn">{t('private.not_served')}</Badge>
              ) : (
                <Badge tone="good" icon="check">
                  {t('private.is_served')}
                </Badge>
              ),
          },
          {
            key: 'signed',
            label: t('private.signed'),
            cell: ({ tag }) => {
              const one = signed[tag];
              return one && t('emergency.signed_by', { name: isolated(one.by), day: format.day(noonOf(one.on)) });
            },
          },
        ]}
      />
      <p className="quiet">{t('private.how')}</p>
    </>
  );
}
