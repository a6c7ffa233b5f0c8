// One's own passkeys: which there are, a new one on this device, taking one away. Used in the settings.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import { useAct, useRead } from '../api.ts';
import { useFormat } from '../format.ts';
import { addPasskey, hasPasskeys } from '../sign-in/passkey.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { TextField } from '../ui/field.tsx';
import { Notice, Skeleton } from '../ui/pieces.tsx';
import { Table } from '../ui/table.tsx';

export function Passkeys(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const read = useRead('listPasskeys', []);
  const remove = useAct('deletePasskey', { changes: ['listPasskeys'] });
  const passkeys = read.data?.passkeys ?? [];
  return (
    <>
      <p>{t('passkeys.intro')}</p>
      <ErrorNotice error={read.error ?? remove.error} retry={() => void read.refetch()} />
      {read.isPending && <Skeleton lines={2} />}
      {passkeys.length > 0 && (
        <Table
          label={t('passkeys.title')}
          rows={passkeys}
          keyOf={({ id }) => id}
          columns={[
            { key: 'name', label: t('passkeys.name'), cell: ({ name }) => <bdi>{name}</bdi> },
            { key: 'made', label: t('passkeys.made'), cell: ({ createdAt }) => format.day(createdAt) },
            {
              key: 'remove',
              label: '',
              end: true,
              cell: ({ id, name }) => (
                <Button tone="danger" aria-label={t('passkeys.remove', { name })} onPress={() => remove.mutate([{ params: { id } }])}>
                  {t('ui.delete')}
                </Button>
              ),
            },
          ]}
        />
      )}
      {hasPasskeys() ? <AddPasskey onAdded={() => void read.refetch()} /> : <p className="quiet">{t('passkeys.not_here')}</p>}
    </>
  );
}

function AddPasskey({ onAdded }: { onAdded: () => void }): ReactNode {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [state, setState] = useState<'ready' | 'busy' | 'failed'>('ready');
  const add = async (): Promise<void> => {
    setState('busy');
    try {
      await addPasskey(name.trim());
      setName('');
      setState('ready');
      onAdded();
    } catch {
      setState('failed');
    }
  };
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      {state === 'failed' && (
        <Notice tone="bad">
          <p>{t('passkeys.failed')}</p>
        </Notice>
      )}
      <TextField label={t('passkeys.name')} hint={t('passkeys.name_hint')} isRequired maxLength={60} value={name} onChange={setName} />
      <div className="row">
        <Button type="submit" icon="plus" isPending={state === 'busy'}>
          {t('passkeys.add')}
        </Button>
      </div>
    </Form>
  );
}
