// Password, then the authenticator or a recovery code; or a passkey alone. Used by the sign-in page and by the dialog over a page.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import type { Me } from '../../api/staff-operations.ts';
import { ApiError } from '../../api/client.ts';
import { call } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { useFaultText } from '../ui/error-notice.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice } from '../ui/pieces.tsx';
import { hasPasskeys, signInWithPasskey } from './passkey.ts';

export interface SignInFormProps {
  onSignedIn: (me: Me) => void;
  /** Whose session it was, where one ended. */
  email?: string;
}

type Step = 'password' | 'totp' | 'recovery';

export function SignInForm({ onSignedIn, email: known = '' }: SignInFormProps): ReactNode {
  const { t } = useTranslation();
  const [step, setStep] = useState<Step>('password');
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const { wrong, busy, run, forget } = useTry();
  const goTo = (next: Step): void => {
    forget();
    setCode('');
    setStep(next);
  };
  const enter = async (): Promise<void> => {
    if (step === 'password') {
      const { next } = await call('signIn', { body: { email: email.trim(), password } });
      if (next === 'second_factor') return goTo('totp');
      return onSignedIn(await call('readMe'));
    }
    onSignedIn(await call('confirmSecondFactor', { body: { code: code.trim(), kind: step } }));
  };
  const passkey = async (): Promise<void> => {
    await signInWithPasskey();
    onSignedIn(await call('readMe'));
  };
  return (
    <div className="stack">
      {wrong !== null && (
        <Notice tone="bad">
          <p>{wrong}</p>
        </Notice>
      )}
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          run(enter);
        }}
      >
        {step === 'password' ? (
          <>
            <TextField label={t('sign_in.email')} type="email" autoComplete="username" ltr isRequired value={email} onChange={setEmail} />
            <TextField
              label={t('sign_in.password')}
              type="password"
              autoComplete="current-password"
              ltr
              isRequired
              value={password}
              onChange={setPassword}
            />
          </>
        ) : (
          <CodeField step={step} value={code} onChange={setCode} />
        )}
        <Button type="submit" tone="primary" isPending={busy}>
          {step === 'password' ? t('sign_in.title') : t('sign_in.continue')}
        </Button>
      </Form>
      {step === 'password' ? (
        hasPasskeys() && (
          <Button icon="key" isDisabled={busy} onPress={() => run(passkey, t('sign_in.passkey_failed'))}>
            {t('sign_in.passkey')}
          </Button>
        )
      ) : (
        <div className="row">
          <Button tone="plain" onPress={() => goTo(step === 'totp' ? 'recovery' : 'totp')}>
            {step === 'totp' ? t('sign_in.use_recovery') : t('sign_in.use_authenticator')}
          </Button>
          <Button tone="plain" onPress={() => goTo('password')}>
            {t('sign_in.start_over')}
          </Button>
        </div>
      )}
    </div>
  );
}

function CodeField({ step, value, onChange }: { step: 'totp' | 'recovery'; value: string; onChange: (code: string) => void }): ReactNode {
  const { t } = useTranslation();
  return step === 'totp' ? (
    <TextField
      key="totp"
      label={t('sign_in.code')}
      hint={t('sign_in.code_hint')}
      inputMode="numeric"
      autoComplete="one-time-code"
      autoFocus
      ltr
      isRequired
      value={value}
      onChange={onChange}
    />
  ) : (
    <TextField
      key="recovery"
      label={t('sign_in.recovery')}
      hint={t('sign_in.recovery_hint')}
      autoComplete="off"
      autoFocus
      ltr
      isRequired
      value={value}
      onChange={onChange}
    />
  );
}

/** One try at a time, and what went wrong with it. */
function useTry(): {
  wrong: string | null;
  busy: boolean;
  run: (work: () => Promise<void>, otherwise?: string) => void;
  forget: () => void;
} {
  const { t } = useTranslation();
  const faultText = useFaultText();
  const [wrong, setWrong] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const run = (work: () => Promise<void>, otherwise = t('sign_in.wrong')): void => {
    setWrong(null);
    setBusy(true);
    work()
      .catch((error: unknown) => {
        const known = error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500);
        setWrong(known ? faultText(error) : otherwise);
      })
      .finally(() => setBusy(false));
  };
  return { wrong, busy, run, forget: () => setWrong(null) };
}
