// Referrals: the boxes and one of them. Opened by /referrals and /referrals/:id.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from 'wouter';
import { Columns } from '../layout/columns.tsx';
import { usePageTitle } from '../layout/page.tsx';
import { EmptyState } from '../ui/pieces.tsx';
import { ReferralDetail } from './referral-detail.tsx';
import { ReferralLists } from './referral-list.tsx';
import './referrals.css';

export function ReferralsPage(): ReactNode {
  const { t } = useTranslation('referrals');
  const [, params] = useRoute('/referrals/:id');
  const id = params?.id ?? null;
  usePageTitle(t('referral.title'));
  return (
    <Columns
      show={id === null ? 'list' : 'detail'}
      listLabel={t('referral.title')}
      list={<ReferralLists open={id} />}
      detailLabel={t('referral.one')}
      detail={
        id === null ? (
          <EmptyState icon="refer" title={t('referral.none_open')}>
            <p>{t('referral.none_open_help')}</p>
          </EmptyState>
        ) : (
          <ReferralDetail key={id} id={id} />
        )
      }
    />
  );
}
