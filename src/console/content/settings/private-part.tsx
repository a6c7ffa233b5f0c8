// In which languages the private lane is served, who signed for it, and signing in one's own name. A part of the settings page.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useMe } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Badge } from '../../ui/pieces.tsx';
import { Table } from '../../ui/table.tsx';
import { noonOf } from './noon-of.ts';
import { CONTENT_READS } from '../use-edits.ts';
import type { SettingsPartProps } from './use-setting.ts';
import { isolated } from '../isolated.ts';

export function PrivatePart({ hotline, place }: SettingsPartProps): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const me = useMe();
  const act = useAct('signPrivateLane', { changes: CONTENT_READS });
  const signed = hotline.settings.private_lane_signed ?? {};
  const { draftId } = place;
  const maySign = (tag: string): boolean => place.canEdit && me.permissions.includes('content.review') && me.languages.includes(tag);
  return (
    <>
      <p>{t('private.what_happens')}</p>
      <ErrorNotice error={act.error} />
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
          {
            key: 'sign',
            label: t('private.sign'),
            cell: ({ tag }) =>
              maySign(tag) &&
              draftId !== null && (
                <Button
                  isPending={act.isPending}
                  onPress={() => act.mutate([{ params: { id: draftId }, body: { language: tag, signed: signed[tag] === undefined } }])}
                >
                  {t(signed[tag] === undefined ? 'private.open' : 'private.close', { language: format.language(tag) })}
                </Button>
              ),
          },
        ]}
      />
      <p className="quiet">{t('private.how')}</p>
    </>
  );
}
