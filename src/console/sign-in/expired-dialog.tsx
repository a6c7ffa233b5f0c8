// A session that ended while somebody works: sign in over the page, so that nothing written is lost. Shown by app.tsx.
// Somebody else who signs in here must not find the first one's page: then everything is loaded afresh.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../api/staff-operations.ts';
import { useMe, useSession } from '../session.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SignInForm } from './sign-in-form.tsx';

export function ExpiredDialog(): ReactNode {
  const { t } = useTranslation();
  const before = useMe();
  const { enter } = useSession();
  const come = (me: Me): void => {
    if (me.id === before.id) void enter(me);
    else window.location.assign('/console/');
  };
  return (
    <Dialog title={t('sign_in.again')} isOpen mustAnswer onClose={() => undefined}>
      <p>{t('sign_in.again_help')}</p>
      <SignInForm onSignedIn={come} email={before.email} />
    </Dialog>
  );
}
