// Where one is signed in, with a way to end each session that is not this one. Used in the settings.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useRead } from '../api.ts';
import { useFormat } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Badge, Skeleton } from '../ui/pieces.tsx';
import { Table } from '../ui/table.tsx';
import { useToasts } from '../ui/toast.tsx';

export function Sessions(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { tell } = useToasts();
  const read = useRead('listSessions', []);
  const end = useAct('revokeSession', { changes: ['listSessions'], onSuccess: () => tell(t('sessions.ended')) });
  return (
    <>
      <p>{t('sessions.intro')}</p>
      <ErrorNotice error={read.error ?? end.error} retry={() => void read.refetch()} />
      {read.isPending && <Skeleton lines={3} />}
      {read.data && (
        <Table
          label={t('sessions.title')}
          rows={read.data.sessions}
          keyOf={({ id }) => id}
          columns={[
            {
              key: 'device',
              label: t('sessions.device'),
              cell: ({ device, current }) => (
                <span className="row">
                  <bdi>{device}</bdi>
                  {current && <Badge tone="good">{t('sessions.this')}</Badge>}
                </span>
              ),
            },
            { key: 'began', label: t('sessions.began'), cell: ({ createdAt }) => format.dateTime(createdAt) },
            { key: 'seen', label: t('sessions.seen'), cell: ({ lastSeenAt }) => format.relative(lastSeenAt) },
            {
              key: 'end',
              label: '',
              end: true,
              cell: ({ id, current, device }) =>
                current ? null : (
                  <Button aria-label={t('sessions.end_named', { device })} onPress={() => end.mutate([{ params: { id } }])}>
                    {t('sessions.end')}
                  </Button>
                ),
            },
          ]}
        />
      )}
    </>
  );
}
