// A new token for a partner's program: for whom, what it may do, until when. Used by the tokens page, in a dialog.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../api/operation.ts';
import { operations } from '../../api/operations.ts';
import { STAFF_PERMISSIONS, type StaffPermission } from '../../domain/role.ts';
import { useAct, useRead } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { Choices } from '../ui/choice.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Select, TextField } from '../ui/field.tsx';
import { Notice } from '../ui/pieces.tsx';

const DAY = 86_400_000;
const SPANS = ['30', '90', '365', 'never'] as const;

/** What a program may be allowed at all: the permissions of operations that take a token. */
const SCOPES = STAFF_PERMISSIONS.filter((permission) =>
  Object.values<Operation>(operations).some(({ token, permission: needed }) => token === true && [needed].flat().includes(permission)),
);

export function TokenForm({ onMade, onCancel }: { onMade: (token: string) => void; onCancel: () => void }): ReactNode {
  const { t } = useTranslation();
  const desks = useRead('listDesks', []);
  const organisations = (desks.data?.organisations ?? []).filter(({ partner, active }) => partner && active);
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const [scopes, setScopes] = useState<StaffPermission[]>([]);
  const [span, setSpan] = useState<(typeof SPANS)[number]>('365');
  const [wrong, setWrong] = useState(false);
  const make = useAct('makeToken', { changes: ['listTokens'], onSuccess: ({ token }) => onMade(token) });
  const organisationId = chosen ?? organisations[0]?.id ?? '';
  const save = (): void => {
    setWrong(scopes.length === 0);
    const expiresAt = span === 'never' ? null : Date.now() + Number(span) * DAY;
    if (scopes.length > 0) make.mutate([{ body: { name: name.trim(), organisationId, scopes, expiresAt } }]);
  };
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <ErrorNotice error={make.error ?? desks.error} />
      {desks.data && organisations.length === 0 && (
        <Notice tone="warn">
          <p>{t('tokens.no_partner')}</p>
        </Notice>
      )}
      <TextField label={t('tokens.name')} hint={t('tokens.name_hint')} isRequired maxLength={80} value={name} onChange={setName} />
      <Select
        label={t('people.organisation')}
        value={organisationId}
        options={organisations.map((one) => ({ value: one.id, label: one.name }))}
        onChange={setChosen}
      />
      <Choices
        label={t('tokens.scopes')}
        wrong={wrong ? t('tokens.scopes_missing') : null}
        value={scopes}
        options={SCOPES.map((scope) => ({ value: scope, label: t(`permission.${scope.replace('.', '_')}`), explained: scope }))}
        onChange={setScopes}
      />
      <Select
        label={t('tokens.expires')}
        value={span}
        options={SPANS.map((value) => ({
          value,
          label: value === 'never' ? t('tokens.never') : t('tokens.days', { count: Number(value) }),
        }))}
        onChange={setSpan}
      />
      <div className="actions row">
        <Button onPress={onCancel}>{t('ui.cancel')}</Button>
        <Button type="submit" tone="primary" isDisabled={organisationId === ''} isPending={make.isPending}>
          {t('tokens.make')}
        </Button>
      </div>
    </Form>
  );
}
