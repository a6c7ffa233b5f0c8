// Changing the password; other sessions end. Used in the settings.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import { useAct } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { TextField } from '../ui/field.tsx';
import { useToasts } from '../ui/toast.tsx';

const MIN_PASSWORD = 12;

export function PasswordForm(): ReactNode {
  const { t } = useTranslation();
  const { tell } = useToasts();
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useAct('changePassword', {
    onSuccess() {
      setCurrent('');
      setNext('');
      tell(t('password.changed'));
    },
    changes: ['listSessions'],
  });
  const short = next.length > 0 && next.length < MIN_PASSWORD;
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        if (next.length >= MIN_PASSWORD) change.mutate([{ body: { current, next } }]);
      }}
    >
      <ErrorNotice error={change.error} />
      <TextField
        label={t('password.current')}
        type="password"
        autoComplete="current-password"
        ltr
        isRequired
        value={current}
        onChange={setCurrent}
      />
      <TextField
        label={t('password.next')}
        hint={t('invitation.password_hint')}
        wrong={short ? t('invitation.password_short', { count: MIN_PASSWORD - next.length }) : null}
        type="password"
        autoComplete="new-password"
        ltr
        isRequired
        value={next}
        onChange={setNext}
      />
      <div className="row">
        <Button type="submit" isPending={change.isPending}>
          {t('password.change')}
        </Button>
      </div>
    </Form>
  );
}
