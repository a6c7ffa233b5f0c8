// Referrals: the list and one of them. Opened by /referrals and /referrals/:id.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../layout/page.tsx';

export function ReferralsPage(): ReactNode {
  const { t } = useTranslation('referrals');
  return <Page title={t('referrals')}>{null}</Page>;
}
