// The authenticator and its recovery codes: set up again on another phone, or new codes. Used in the settings.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api.ts';
import { useSession } from '../session.tsx';
import { SecondFactorSetUp } from '../sign-in/second-factor-set-up.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { TextField } from '../ui/field.tsx';
import { ShownOnce } from '../ui/shown-once.tsx';
import { useToasts } from '../ui/toast.tsx';

export function SecondFactor(): ReactNode {
  const { t } = useTranslation();
  const { enter } = useSession();
  const { tell } = useToasts();
  const [open, setOpen] = useState<'authenticator' | 'codes' | null>(null);
  const close = (): void => setOpen(null);
  return (
    <>
      <p>{t('second_factor.settings')}</p>
      <div className="row">
        <Button icon="key" onPress={() => setOpen('authenticator')}>
          {t('second_factor.again')}
        </Button>
        <Button icon="lock" onPress={() => setOpen('codes')}>
          {t('second_factor.new_codes')}
        </Button>
      </div>
      <Dialog title={t('second_factor.again')} isOpen={open === 'authenticator'} onClose={close}>
        <SecondFactorSetUp
          onDone={(me) => {
            void enter(me);
            close();
            tell(t('second_factor.done'));
          }}
        />
      </Dialog>
      <Dialog title={t('second_factor.new_codes')} isOpen={open === 'codes'} onClose={close}>
        <NewCodes onDone={close} />
      </Dialog>
    </>
  );
}

function NewCodes({ onDone }: { onDone: () => void }): ReactNode {
  const { t } = useTranslation();
  const [password, setPassword] = useState('');
  const renew = useAct('renewRecoveryCodes');
  if (renew.data)
    return (
      <>
        <p>{t('second_factor.keep_help')}</p>
        <ShownOnce label={t('second_factor.codes')} lines={renew.data.recoveryCodes} file="ventanilla-recovery-codes.txt" />
        <div className="actions">
          <Button tone="primary" onPress={onDone}>
            {t('second_factor.kept')}
          </Button>
        </div>
      </>
    );
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        renew.mutate([{ body: { password } }]);
      }}
    >
      <p>{t('second_factor.new_codes_help')}</p>
      <ErrorNotice error={renew.error} />
      <TextField
        label={t('sign_in.password')}
        type="password"
        autoComplete="current-password"
        ltr
        isRequired
        value={password}
        onChange={setPassword}
      />
      <div className="actions">
        <Button type="submit" tone="primary" isPending={renew.isPending}>
          {t('second_factor.new_codes')}
        </Button>
      </div>
    </Form>
  );
}
