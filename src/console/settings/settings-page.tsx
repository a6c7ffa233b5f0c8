// My settings: being on duty, how one is called, languages, password, second factor, passkeys, sessions, notifications. Opened by /settings.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page, Section } from '../layout/page.tsx';
import { useMay } from '../session.tsx';
import { DutySwitch } from './duty-switch.tsx';
import { Notifications } from './notifications.tsx';
import { Passkeys } from './passkeys.tsx';
import { PasswordForm } from './password-form.tsx';
import { ProfileForm } from './profile-form.tsx';
import { SecondFactor } from './second-factor.tsx';
import { Sessions } from './sessions.tsx';

export function SettingsPage(): ReactNode {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <Page title={t('nav.settings')}>
      {may('case.act') && (
        <Section title={t('duty.title')}>
          <DutySwitch />
        </Section>
      )}
      <Section title={t('profile.title')}>
        <ProfileForm />
      </Section>
      <Section title={t('notifications.title')}>
        <Notifications />
      </Section>
      <Section title={t('password.title')}>
        <PasswordForm />
      </Section>
      <Section title={t('second_factor.title')}>
        <SecondFactor />
      </Section>
      <Section title={t('passkeys.title')}>
        <Passkeys />
      </Section>
      <Section title={t('sessions.title')}>
        <Sessions />
      </Section>
    </Page>
  );
}
