// Cases: the inbox and a conversation. Opened by /cases and /cases/:id.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../layout/page.tsx';

export function CasesPage(): ReactNode {
  const { t } = useTranslation('cases');
  return <Page title={t('title')}>{null}</Page>;
}
