// Taking up an invitation: who one will be, then the password. Opened by the link that an administrator hands over.
// The token stands behind the # of the link, so that it never reaches a server's log; it leaves the address bar at once.
import { useEffect, useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useAct } from '../api.ts';
import { RoleList } from '../people/role-list.tsx';
import { useSession } from '../session.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice, Skeleton } from '../ui/pieces.tsx';
import { Outside } from './outside.tsx';

const MIN_PASSWORD = 12;

export function InvitationPage(): ReactNode {
  const { t } = useTranslation();
  const token = useToken();
  const read = useAct('readInvitation');
  const { mutate } = read;
  useEffect(() => {
    if (token !== '') mutate([{ body: { token } }]);
  }, [token, mutate]);
  const dead = token === '' || (read.error !== null && read.error.status >= 400 && read.error.status < 500 && read.error.status !== 429);
  return (
    <Outside title={t('invitation.title')}>
      {dead ? (
        <Notice tone="bad" title={t('invitation.dead')}>
          <p>{t('invitation.dead_help')}</p>
        </Notice>
      ) : read.error ? (
        <ErrorNotice error={read.error} retry={() => mutate([{ body: { token } }])} />
      ) : read.data ? (
        <>
          <div className="stack tight">
            <p>{t('invitation.intro')}</p>
            <RoleList roles={read.data.roles} />
          </div>
          <Accept token={token} invitedAs={read.data.alias ?? ''} />
        </>
      ) : (
        <Skeleton />
      )}
    </Outside>
  );
}

function Accept({ token, invitedAs }: { token: string; invitedAs: string }): ReactNode {
  const { t } = useTranslation();
  const { enter } = useSession();
  const [, go] = useLocation();
  const [alias, setAlias] = useState(invitedAs);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const accept = useAct('acceptInvitation', {
    async onSuccess(me) {
      await enter(me);
      go('/', { replace: true });
    },
  });
  const short = password.length > 0 && password.length < MIN_PASSWORD;
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (password.length >= MIN_PASSWORD) accept.mutate([{ body: { token, email: email.trim(), alias: alias.trim(), password } }]);
      }}
    >
      <ErrorNotice error={accept.error} />
      <TextField
        label={t('invitation.alias')}
        hint={t('invitation.alias_hint')}
        isRequired
        maxLength={40}
        value={alias}
        onChange={setAlias}
      />
      <TextField
        label={t('sign_in.email')}
        hint={t('invitation.email_hint')}
        type="email"
        autoComplete="username"
        ltr
        isRequired
        value={email}
        onChange={setEmail}
      />
      <TextField
        label={t('invitation.password')}
        hint={t('invitation.password_hint')}
        wrong={short ? t('invitation.password_short', { count: MIN_PASSWORD - password.length }) : null}
        type="password"
        autoComplete="new-password"
        ltr
        isRequired
        value={password}
        onChange={setPassword}
      />
      <Button type="submit" tone="primary" isPending={accept.isPending}>
        {t('invitation.accept')}
      </Button>
    </Form>
  );
}

/** What stands behind the #; taken out of the address bar once it was read. */
function useToken(): string {
  const [token, setToken] = useState(readHash);
  useEffect(() => {
    const take = (): void => {
      const found = readHash();
      if (found === '') return;
      setToken(found);
      window.history.replaceState(null, '', window.location.pathname);
    };
    take();
    window.addEventListener('hashchange', take);
    return () => window.removeEventListener('hashchange', take);
  }, []);
  return token;
}

function readHash(): string {
  return window.location.hash.slice(1);
}
