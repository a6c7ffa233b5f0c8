// Setting up the second factor, before anything else can be done. Shown by app.tsx while it is due.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api.ts';
import { useSession } from '../session.tsx';
import { Button } from '../ui/button.tsx';
import { Outside } from './outside.tsx';
import { SecondFactorSetUp } from './second-factor-set-up.tsx';

export function SetUpPage(): ReactNode {
  const { t } = useTranslation();
  const { enter, leave } = useSession();
  return (
    <Outside title={t('second_factor.title')} wide>
      <p>{t('second_factor.why')}</p>
      <SecondFactorSetUp onDone={(me) => void enter(me)} />
      <Button tone="plain" icon="sign_out" onPress={() => void call('signOut').then(leave, leave)}>
        {t('nav.sign_out')}
      </Button>
    </Outside>
  );
}
