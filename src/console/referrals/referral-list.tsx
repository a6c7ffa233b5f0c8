// The two boxes: what the own desk has sent, what others have sent to the own organisation. Rendered by referrals-page.tsx.
// A list shows no words of people: those stand in the referral, and opening it is recorded.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ReferralView } from '../../api/referral-operations.ts';
import { REFERRAL_STATES, type ReferralState } from '../../domain/referral.ts';
import { useRead } from '../api.ts';
import { useFormat } from '../format.ts';
import { useMay } from '../session.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Select } from '../ui/field.tsx';
import { EmptyState, Skeleton } from '../ui/pieces.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { ReferralBadges } from './referral-badges.tsx';

type Box = 'sent' | 'received';

export function ReferralLists({ open }: { open: string | null }): ReactNode {
  const { t } = useTranslation('referrals');
  const may = useMay();
  const boxes: Box[] = [...(may('case.read') ? (['sent'] as const) : []), ...(may('referral.answer') ? (['received'] as const) : [])];
  const [only = 'received'] = boxes;
  return (
    <div className="box-list">
      <div className="box-head">
        <h1>{t('referral.title')}</h1>
        <p className="quiet">{t(may('case.read') ? 'referral.intro' : 'referral.intro_partner')}</p>
      </div>
      {boxes.length > 1 ? (
        <Tabs
          label={t('referral.boxes')}
          tabs={boxes.map((box) => ({ id: box, label: t(`referral.box.${box}`), content: () => <ReferralBox box={box} open={open} /> }))}
        />
      ) : (
        <ReferralBox box={only} open={open} />
      )}
    </div>
  );
}

function ReferralBox({ box, open }: { box: Box; open: string | null }): ReactNode {
  const { t } = useTranslation('referrals');
  const [state, setState] = useState<ReferralState | ''>('');
  const [after, setAfter] = useState<string | undefined>(undefined);
  const read = useRead('listReferrals', [
    { query: { box, ...(state === '' ? {} : { state }), ...(after === undefined ? {} : { after }) } },
  ]);
  const states = box === 'sent' ? REFERRAL_STATES : REFERRAL_STATES.slice(REFERRAL_STATES.indexOf('sent'));
  return (
    <>
      <div className="box-head">
        <Select
          label={t('filter_state')}
          value={state}
          options={[
            { value: '' as const, label: t('all_states') },
            ...states.map((value) => ({ value, label: t(`referral.state.${value}`) })),
          ]}
          onChange={(value) => {
            setState(value);
            setAfter(undefined);
          }}
        />
      </div>
      <ErrorNotice error={read.error} retry={() => void read.refetch()} />
      {read.isPending && <Skeleton />}
      {read.data?.referrals.length === 0 && (
        <EmptyState icon="refer" title={t(`referral.empty.${box}`)}>
          <p>{t(`referral.empty_help.${box}`)}</p>
        </EmptyState>
      )}
      {read.data && read.data.referrals.length > 0 && (
        <ul aria-label={t(`referral.box.${box}`)}>
          {read.data.referrals.map((referral) => (
            <li key={referral.id}>
              <ReferralLine referral={referral} box={box} isOpen={referral.id === open} />
            </li>
          ))}
        </ul>
      )}
      <div className="row box-foot">
        {after !== undefined && <Button onPress={() => setAfter(undefined)}>{t('first_page')}</Button>}
        {read.data?.next != null && <Button onPress={() => setAfter(read.data?.next ?? undefined)}>{t('more')}</Button>}
      </div>
    </>
  );
}

function ReferralLine({ referral, box, isOpen }: { referral: ReferralView; box: Box; isOpen: boolean }): ReactNode {
  const { t } = useTranslation('referrals');
  const format = useFormat();
  const other = box === 'sent' ? referral.to.organisation : referral.from.organisation;
  return (
    <Link href={`/referrals/${encodeURIComponent(referral.id)}`} className="box-line" aria-current={isOpen ? 'page' : undefined}>
      <span className="first">
        <strong className="code">{referral.number}</strong>
        <time className="quiet small" dateTime={new Date(referral.createdAt).toISOString()}>
          {format.day(referral.sentAt ?? referral.createdAt)}
        </time>
      </span>
      <span>
        <bdi>{other}</bdi>
      </span>
      <span className="row">
        <ReferralBadges referral={referral} />
      </span>
      {referral.dueAt !== null && <span className="quiet small">{t('due', { when: format.relative(referral.dueAt) })}</span>}
    </Link>
  );
}
