// Tokens of partners' programs: which there are, a new one (shown once), ending one. Opened by /tokens.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../../api/operation.ts';
import type { Operations } from '../../api/operations.ts';
import { useAct, useRead } from '../api.ts';
import { useFormat } from '../format.ts';
import { Page } from '../layout/page.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Badge, EmptyState, Skeleton } from '../ui/pieces.tsx';
import { ShownOnce } from '../ui/shown-once.tsx';
import { Table } from '../ui/table.tsx';
import { TokenForm } from './token-form.tsx';

type Token = AnswerOf<Operations['listTokens']>['tokens'][number];
type Open = { kind: 'make' } | { kind: 'made'; token: string } | { kind: 'end'; token: Token };

export function TokensPage(): ReactNode {
  const { t } = useTranslation();
  const read = useRead('listTokens', []);
  const [open, setOpen] = useState<Open | null>(null);
  const close = (): void => setOpen(null);
  const tokens = read.data?.tokens;
  return (
    <Page
      title={t('nav.tokens')}
      intro={t('tokens.intro')}
      actions={
        <Button tone="primary" icon="plus" onPress={() => setOpen({ kind: 'make' })}>
          {t('tokens.make')}
        </Button>
      }
    >
      <ErrorNotice error={read.error} retry={() => void read.refetch()} />
      {read.isPending && <Skeleton />}
      {tokens?.length === 0 && (
        <EmptyState icon="key" title={t('tokens.empty')}>
          <p>{t('tokens.empty_help')}</p>
        </EmptyState>
      )}
      {tokens && tokens.length > 0 && <TokenTable tokens={tokens} onEnd={(token) => setOpen({ kind: 'end', token })} />}
      <Dialog title={t('tokens.make')} isOpen={open?.kind === 'make'} onClose={close}>
        <TokenForm onMade={(token) => setOpen({ kind: 'made', token })} onCancel={close} />
      </Dialog>
      <Dialog title={t('tokens.made')} isOpen={open?.kind === 'made'} onClose={close}>
        {open?.kind === 'made' && (
          <>
            <p>{t('tokens.made_help')}</p>
            <ShownOnce label={t('tokens.token')} lines={[open.token]} />
          </>
        )}
      </Dialog>
      <Dialog title={t('tokens.end_title')} isOpen={open?.kind === 'end'} onClose={close}>
        {open?.kind === 'end' && <EndToken token={open.token} onDone={close} />}
      </Dialog>
    </Page>
  );
}

function TokenTable({ tokens, onEnd }: { tokens: readonly Token[]; onEnd: (token: Token) => void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const desks = useRead('listDesks', []);
  const organisation = (id: string): string => desks.data?.organisations.find((one) => one.id === id)?.name ?? '';
  return (
    <Table
      label={t('nav.tokens')}
      rows={tokens}
      keyOf={({ id }) => id}
      columns={[
        {
          key: 'name',
          label: t('tokens.name'),
          cell: ({ name, revoked, expiresAt }) => (
            <span className="row">
              <bdi>{name}</bdi>
              {revoked ? (
                <Badge tone="bad">{t('tokens.ended')}</Badge>
              ) : (
                expiresAt !== null && expiresAt < Date.now() && <Badge tone="bad">{t('tokens.expired')}</Badge>
              )}
            </span>
          ),
        },
        { key: 'organisation', label: t('people.organisation'), cell: ({ organisationId }) => <bdi>{organisation(organisationId)}</bdi> },
        { key: 'scopes', label: t('tokens.scopes'), cell: ({ scopes }) => scopes.map((scope) => <Scope key={scope} name={scope} />) },
        {
          key: 'expires',
          label: t('tokens.expires'),
          cell: ({ expiresAt }) => (expiresAt === null ? t('tokens.never') : format.day(expiresAt)),
        },
        {
          key: 'used',
          label: t('tokens.used'),
          cell: ({ lastUsedAt }) => (lastUsedAt === null ? t('tokens.not_used') : format.relative(lastUsedAt)),
        },
        {
          key: 'end',
          label: '',
          end: true,
          cell: (token) =>
            token.revoked ? null : (
              <Button tone="danger" aria-label={t('tokens.end_named', { name: token.name })} onPress={() => onEnd(token)}>
                {t('tokens.end')}
              </Button>
            ),
        },
      ]}
    />
  );
}

function Scope({ name }: { name: string }): ReactNode {
  return (
    <div>
      <code>{name}</code>
    </div>
  );
}

/** Asked once more, because a token that has ended does not come back. */
function EndToken({ token, onDone }: { token: Token; onDone: () => void }): ReactNode {
  const { t } = useTranslation();
  const end = useAct('revokeToken', { changes: ['listTokens'], onSuccess: onDone });
  return (
    <>
      <p>{t('tokens.end_help', { name: token.name })}</p>
      <ErrorNotice error={end.error} />
      <div className="actions">
        <Button onPress={onDone}>{t('ui.cancel')}</Button>
        <Button tone="danger" isPending={end.isPending} onPress={() => end.mutate([{ params: { id: token.id } }])}>
          {t('tokens.end')}
        </Button>
      </div>
    </>
  );
}
