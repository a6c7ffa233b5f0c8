// Emergency numbers by place, each with the person who stands for it. A number is told to people only when somebody signed it.
// A part of the settings page; signing is an act of its own, which the service writes down with the name of whoever is signed in.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ancestors } from '../../../release/locality-tree.ts';
import type { HotlineSettings } from '../../../domain/content.ts';
import { useAct } from '../../api.ts';
import { useFormat } from '../../format.ts';
import { useMay } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Badge, Notice } from '../../ui/pieces.tsx';
import { Table } from '../../ui/table.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { CONTENT_READS } from '../use-edits.ts';
import { localityOptions } from './code-options.ts';
import { noonOf } from './noon-of.ts';
import { SignNumber } from './sign-number.tsx';
import type { SettingsPartProps } from './use-setting.ts';
import { isolated } from '../isolated.ts';

type Signed = HotlineSettings['emergency_numbers'][number];

export function EmergencyPart({ place, hotline }: SettingsPartProps): ReactNode {
  const { t } = useTranslation('answers');
  const may = useMay();
  const [signing, setSigning] = useState<{ locality: string; number: string } | null>(null);
  const remove = useRemoveNumber(place.draftId);
  const signed = hotline.settings.emergency_numbers ?? [];
  const served = [...new Set([...(hotline.settings.localities ?? []), ...signed.map(({ locality }) => locality)])];
  const rows = localityOptions(hotline, served);
  const canSign = place.draft?.state === 'open' && (may('settings.manage') || may('content.review'));
  const numberOf = (locality: string): Signed | undefined => signed.find((one) => one.locality === locality);
  const inherited = (locality: string): Signed | undefined =>
    ancestors(locality)
      .slice(1)
      .map(numberOf)
      .find((one) => one !== undefined);
  return (
    <>
      <Notice title={t('emergency.why')}>
        <p>{t('emergency.why_help')}</p>
      </Notice>
      <ErrorNotice error={remove.error} />
      <Table
        label={t('settings.part_emergency')}
        rows={rows}
        keyOf={({ value }) => value}
        columns={[
          { key: 'place', label: t('answers.place'), cell: ({ label }) => label },
          {
            key: 'number',
            label: t('emergency.number'),
            cell: ({ value }) => <NumberCell own={numberOf(value)} inherited={inherited(value)} nameOf={hotline.nameOfLocality} />,
          },
          { key: 'signed', label: t('emergency.signed'), cell: ({ value }) => <SignedBy signed={numberOf(value)} /> },
          {
            key: 'actions',
            label: '',
            end: true,
            cell: ({ value, label }) =>
              canSign && (
                <span className="row">
                  <Button
                    aria-label={t('emergency.sign_for', { place: label })}
                    onPress={() => setSigning({ locality: value, number: numberOf(value)?.number ?? '' })}
                  >
                    {t('emergency.sign')}
                  </Button>
                  {numberOf(value) !== undefined && (
                    <Button tone="danger" aria-label={t('emergency.remove_for', { place: label })} onPress={() => remove.run(value)}>
                      {t('emergency.remove')}
                    </Button>
                  )}
                </span>
              ),
          },
        ]}
      />
      <Dialog title={t('emergency.sign_title')} isOpen={signing !== null} onClose={() => setSigning(null)}>
        {signing && place.draftId !== null && (
          <SignNumber draftId={place.draftId} hotline={hotline} start={signing} onDone={() => setSigning(null)} />
        )}
      </Dialog>
    </>
  );
}

interface NumberCellProps {
  own: Signed | undefined;
  inherited: Signed | undefined;
  nameOf: (code: string) => string;
}

function NumberCell({ own, inherited, nameOf }: NumberCellProps): ReactNode {
  const { t } = useTranslation('answers');
  if (own !== undefined) return <strong className="code">{own.number}</strong>;
  if (inherited !== undefined)
    return (
      <span>
        <bdi dir="ltr">{inherited.number}</bdi> <span className="quiet">{t('emergency.from', { place: nameOf(inherited.locality) })}</span>
      </span>
    );
  return <Badge tone="warn">{t('emergency.none')}</Badge>;
}

function SignedBy({ signed }: { signed: Signed | undefined }): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  if (signed === undefined) return null;
  return t('emergency.signed_by', { name: isolated(signed.signed_by), day: format.day(noonOf(signed.signed_on)) });
}

function useRemoveNumber(draftId: string | null) {
  const { t } = useTranslation('answers');
  const { tell } = useToasts();
  const act = useAct('signEmergencyNumber', { changes: CONTENT_READS });
  return {
    error: act.error,
    run(locality: string): void {
      if (draftId === null) return;
      act.mutate([{ params: { id: draftId }, body: { locality, number: null } }], { onSuccess: () => tell(t('emergency.removed')) });
    },
  };
}
