// Complaints: the list and one of them. Opened by /complaints and /complaints/:number.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../layout/page.tsx';

export function ComplaintsPage(): ReactNode {
  const { t } = useTranslation('referrals');
  return <Page title={t('complaints')}>{null}</Page>;
}
