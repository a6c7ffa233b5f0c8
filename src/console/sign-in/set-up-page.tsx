// Setting up the second factor, before anything else can be done. Shown by app.tsx while it is due.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../api/staff-operations.ts';
import { call } from '../api.ts';
import { useSession } from '../session.tsx';
import { Button } from '../ui/button.tsx';
import { Outside } from './outside.tsx';
import { SecondFactorSetUp } from './second-factor-set-up.tsx';

export function SetUpPage(): ReactNode {
  const { t, i18n } = useTranslation();
  const { enter, leave } = useSession();
  /** The language that was chosen on the way in is kept with the person. */
  const finish = async (me: Me): Promise<void> => {
    const changed = me.uiLanguage === i18n.language ? me : await call('changeMe', { body: { uiLanguage: i18n.language } }).catch(() => me);
    await enter(changed);
  };
  return (
    <Outside title={t('second_factor.title')} wide>
      <p>{t('second_factor.why')}</p>
      <SecondFactorSetUp onDone={(me) => void finish(me)} />
      <Button tone="plain" icon="sign_out" onPress={() => void call('signOut').then(leave, leave)}>
        {t('nav.sign_out')}
      </Button>
    </Outside>
  );
}
