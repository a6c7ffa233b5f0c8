// Desks with their hours, and the organisations they belong to. Opened by /desks, for those who may change settings.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerOf } from '../../api/operation.ts';
import type { Operations } from '../../api/operations.ts';
import type { DeskRecord } from '../../domain/staff.ts';
import { useRead } from '../api.ts';
import { useFormat } from '../format.ts';
import { Page, Section } from '../layout/page.tsx';
import { nameOfDay, WEEKDAYS } from '../shifts/weekdays.ts';
import { span } from '../shifts/week.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Badge, EmptyState, Skeleton } from '../ui/pieces.tsx';
import { Table } from '../ui/table.tsx';
import { DeskForm } from './desk-form.tsx';
import { OrganisationForm, type Organisation } from './organisation-form.tsx';

type Lists = AnswerOf<Operations['listDesks']>;

export function DesksPage(): ReactNode {
  const { t } = useTranslation();
  const read = useRead('listDesks', []);
  const [desk, setDesk] = useState<DeskRecord | null>(null);
  const [organisation, setOrganisation] = useState<Organisation | null>(null);
  const lists = read.data;
  return (
    <Page
      title={t('desks.title')}
      intro={t('desks.intro')}
      actions={
        lists &&
        lists.organisations.length > 0 && (
          <Button tone="primary" icon="plus" onPress={() => setDesk(newDesk(lists.organisations[0]?.id ?? ''))}>
            {t('desks.add')}
          </Button>
        )
      }
    >
      <ErrorNotice error={read.error} retry={() => void read.refetch()} />
      {read.isPending && <Skeleton />}
      {lists && <DeskTable lists={lists} onOpen={setDesk} />}
      {lists && (
        <Section title={t('organisations.title')}>
          <p>{t('organisations.intro')}</p>
          <OrganisationTable lists={lists} onOpen={setOrganisation} />
          <div className="row">
            <Button icon="plus" onPress={() => setOrganisation({ id: crypto.randomUUID(), name: '', partner: true, active: true })}>
              {t('organisations.add')}
            </Button>
          </div>
        </Section>
      )}
      <Dialog size="wide" title={t('desks.desk')} isOpen={desk !== null} onClose={() => setDesk(null)}>
        {desk && lists && <DeskForm desk={desk} organisations={lists.organisations} onDone={() => setDesk(null)} />}
      </Dialog>
      <Dialog title={t('organisations.organisation')} isOpen={organisation !== null} onClose={() => setOrganisation(null)}>
        {organisation && <OrganisationForm organisation={organisation} onDone={() => setOrganisation(null)} />}
      </Dialog>
    </Page>
  );
}

function DeskTable({ lists, onOpen }: { lists: Lists; onOpen: (desk: DeskRecord) => void }): ReactNode {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  if (lists.desks.length === 0)
    return (
      <EmptyState icon="desk" title={t('desks.empty')}>
        <p>{t('desks.empty_help')}</p>
      </EmptyState>
    );
  const hours = ({ hours: all }: DeskRecord): ReactNode =>
    all.length === 0
      ? t('desks.no_hours')
      : all.map(({ byday, opensAt, closesAt }) => (
          <div key={`${byday.join()}-${opensAt}`}>
            {format.list(WEEKDAYS.filter((day) => byday.includes(day)).map((day) => nameOfDay(day, i18n.language, 'short')))}{' '}
            {span(opensAt, closesAt)}
          </div>
        ));
  return (
    <Table
      label={t('desks.title')}
      rows={lists.desks}
      keyOf={({ id }) => id}
      columns={[
        { key: 'name', label: t('desks.name'), cell: ({ name }) => <bdi>{name}</bdi> },
        {
          key: 'organisation',
          label: t('people.organisation'),
          cell: ({ organisationId }) => <bdi>{lists.organisations.find(({ id }) => id === organisationId)?.name}</bdi>,
        },
        { key: 'hours', label: t('desks.hours'), cell: hours },
        { key: 'zone', label: t('desks.timezone'), cell: ({ timezone }) => <bdi dir="ltr">{timezone}</bdi> },
        { key: 'answer', label: t('desks.answer'), cell: ({ minutesToAnswer }) => format.span(minutesToAnswer * 60_000) },
        {
          key: 'change',
          label: '',
          end: true,
          cell: (desk) => (
            <Button aria-label={t('desks.change', { name: desk.name })} icon="edit" onPress={() => onOpen(desk)}>
              {t('ui.edit')}
            </Button>
          ),
        },
      ]}
    />
  );
}

function OrganisationTable({ lists, onOpen }: { lists: Lists; onOpen: (organisation: Organisation) => void }): ReactNode {
  const { t } = useTranslation();
  return (
    <Table
      label={t('organisations.title')}
      rows={lists.organisations}
      keyOf={({ id }) => id}
      columns={[
        {
          key: 'name',
          label: t('organisations.name'),
          cell: ({ name, active }) => (
            <span className="row">
              <bdi>{name}</bdi>
              {!active && <Badge tone="bad">{t('organisations.inactive')}</Badge>}
            </span>
          ),
        },
        { key: 'kind', label: t('organisations.kind'), cell: ({ partner }) => t(partner ? 'organisations.partner' : 'organisations.own') },
        {
          key: 'change',
          label: '',
          end: true,
          cell: (organisation) => (
            <Button aria-label={t('desks.change', { name: organisation.name })} icon="edit" onPress={() => onOpen(organisation)}>
              {t('ui.edit')}
            </Button>
          ),
        },
      ]}
    />
  );
}

function newDesk(organisationId: string): DeskRecord {
  return {
    id: crypto.randomUUID(),
    name: '',
    organisationId,
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    hours: [{ byday: ['MO', 'TU', 'WE', 'TH', 'FR'], opensAt: '09:00', closesAt: '17:00' }],
    holidays: [],
    minutesToAnswer: 20,
    topics: [],
    localities: [],
    autoAssign: false,
  };
}
