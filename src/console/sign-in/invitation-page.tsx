// Taking up an invitation: who one will be, then the password. Opened by the link that an administrator hands over.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Outside } from './outside.tsx';

export function InvitationPage(): ReactNode {
  const { t } = useTranslation();
  return <Outside title={t('sign_in.title')}>{null}</Outside>;
}
