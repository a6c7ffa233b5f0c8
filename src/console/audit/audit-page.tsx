// Who read and changed what: filtered, newest first, with the state of the chain that shows whether somebody altered it. Opened by /audit.
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '../../api/client.ts';
import type { AnswerOf } from '../../api/operation.ts';
import type { Operations } from '../../api/operations.ts';
import { call, keyOf, useRead } from '../api.ts';
import { useFormat } from '../format.ts';
import { Page } from '../layout/page.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Select, TextField } from '../ui/field.tsx';
import { EmptyState, Notice, Skeleton } from '../ui/pieces.tsx';
import { Table } from '../ui/table.tsx';

type AuditPart = AnswerOf<Operations['listAudit']>;
type Entry = AuditPart['entries'][number];
interface Filter {
  actor: string;
  action: string;
  target: string;
}
const ALL: Filter = { actor: '', action: '', target: '' };

export function AuditPage(): ReactNode {
  const { t } = useTranslation();
  const [filter, setFilter] = useState(ALL);
  const read = useAuditLog(filter);
  const parts = read.data?.pages ?? [];
  const entries = parts.flatMap((part) => part.entries);
  return (
    <Page title={t('nav.audit')} intro={t('audit.intro')}>
      {parts[0] && <ChainState part={parts[0]} />}
      <FilterForm onFilter={setFilter} />
      <ErrorNotice error={read.error} retry={() => void read.refetch()} />
      {read.isPending && <Skeleton />}
      {read.data && entries.length === 0 && (
        <EmptyState icon="log" title={t('audit.empty')}>
          <p>{t('audit.empty_help')}</p>
        </EmptyState>
      )}
      {entries.length > 0 && <Entries entries={entries} />}
      {read.hasNextPage && (
        <div className="row">
          <Button isPending={read.isFetchingNextPage} onPress={() => void read.fetchNextPage()}>
            {t('audit.older')}
          </Button>
        </div>
      )}
    </Page>
  );
}

function useAuditLog({ actor, action, target }: Filter) {
  const query = { ...(actor && { actor }), ...(action && { action }), ...(target && { target }) };
  return useInfiniteQuery<AuditPart, ApiError, { pages: AuditPart[] }, readonly unknown[], number | null>({
    queryKey: keyOf('listAudit', { query }),
    queryFn: ({ pageParam }) => call('listAudit', { query: { ...query, ...(pageParam === null ? {} : { before: pageParam }) } }),
    initialPageParam: null,
    getNextPageParam: ({ entries }) => {
      const last = entries.at(-1);
      return last === undefined || last.seq <= 1 ? undefined : last.seq;
    },
  });
}

function ChainState({ part }: { part: AuditPart }): ReactNode {
  const { t } = useTranslation();
  return part.intact ? (
    <Notice tone="good" title={t('audit.intact')}>
      <p>
        {t('audit.head')} <code>{part.head.slice(0, 24)}</code>
      </p>
    </Notice>
  ) : (
    <Notice tone="bad" title={t('audit.broken')}>
      <p>{t('audit.broken_help')}</p>
    </Notice>
  );
}

function FilterForm({ onFilter }: { onFilter: (filter: Filter) => void }): ReactNode {
  const { t } = useTranslation();
  const staff = useRead('listStaff', []);
  const [filter, setFilter] = useState(ALL);
  const set = (change: Partial<Filter>): void => setFilter((current) => ({ ...current, ...change }));
  return (
    <Form
      className="stack"
      aria-label={t('audit.filter')}
      onSubmit={(event) => {
        event.preventDefault();
        onFilter({ ...filter, action: filter.action.trim(), target: filter.target.trim() });
      }}
    >
      <div className="form">
        <div className="two">
          <Select
            label={t('audit.actor')}
            value={filter.actor}
            options={[
              { value: '', label: t('audit.anybody') },
              ...(staff.data?.staff ?? []).map(({ id, alias }) => ({ value: id, label: alias })),
            ]}
            onChange={(actor) => set({ actor })}
          />
          <TextField label={t('audit.action')} ltr value={filter.action} onChange={(action) => set({ action })} />
          <TextField label={t('audit.target')} ltr value={filter.target} onChange={(target) => set({ target })} />
        </div>
      </div>
      <div className="row">
        <Button type="submit" icon="search">
          {t('audit.filter')}
        </Button>
        <Button
          tone="plain"
          onPress={() => {
            setFilter(ALL);
            onFilter(ALL);
          }}
        >
          {t('audit.all')}
        </Button>
      </div>
    </Form>
  );
}

function Entries({ entries }: { entries: readonly Entry[] }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const staff = useRead('listStaff', []);
  const nameOf = (id: string): ReactNode => <bdi>{staff.data?.staff.find((one) => one.id === id)?.alias ?? id}</bdi>;
  return (
    <Table
      label={t('nav.audit')}
      rows={entries}
      keyOf={({ seq }) => String(seq)}
      columns={[
        { key: 'seq', label: t('audit.number'), cell: ({ seq }) => <bdi>{seq}</bdi> },
        { key: 'at', label: t('audit.when'), cell: ({ at }) => format.dateTime(at) },
        { key: 'actor', label: t('audit.actor'), cell: ({ actor }) => nameOf(actor) },
        { key: 'action', label: t('audit.action'), cell: ({ action }) => <code>{action}</code> },
        { key: 'target', label: t('audit.target'), cell: ({ target }) => (target === null ? '' : <code>{target}</code>) },
        { key: 'detail', label: t('audit.detail'), cell: ({ detail }) => <Detail detail={detail} /> },
      ]}
    />
  );
}

function Detail({ detail }: { detail: Entry['detail'] }): ReactNode {
  return Object.entries(detail).map(([key, value]) => (
    <div key={key}>
      <code>
        {key}: {String(value)}
      </code>
    </div>
  ));
}
