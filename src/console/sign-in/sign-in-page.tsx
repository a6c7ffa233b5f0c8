// The way in, as a page. Shown by app.tsx at every address while nobody is signed in, so that the address is kept for afterwards.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session.tsx';
import { Outside } from './outside.tsx';
import { SignInForm } from './sign-in-form.tsx';

export function SignInPage(): ReactNode {
  const { t } = useTranslation();
  const { enter } = useSession();
  return (
    <Outside title={t('sign_in.title')}>
      <SignInForm onSignedIn={(me) => void enter(me)} />
      <p className="quiet small">{t('sign_in.help')}</p>
    </Outside>
  );
}
