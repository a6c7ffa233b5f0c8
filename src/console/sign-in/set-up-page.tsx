// Setting up the second factor, before anything else can be done. Shown by app.tsx while it is due.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Outside } from './outside.tsx';

export function SetUpPage(): ReactNode {
  const { t } = useTranslation();
  return <Outside title={t('sign_in.second_factor')}>{null}</Outside>;
}
