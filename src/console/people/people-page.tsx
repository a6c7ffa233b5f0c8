// Who works here: roles, languages, desks, who is on duty; and for those who may, inviting, changing, disabling. Opened by /people.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StaffView } from '../../api/staff-operations.ts';
import { useAct, useRead } from '../api.ts';
import { useFormat } from '../format.ts';
import { Page } from '../layout/page.tsx';
import { useMay } from '../session.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Menu } from '../ui/menu.tsx';
import { Badge, EmptyState, Skeleton } from '../ui/pieces.tsx';
import { ShownOnce } from '../ui/shown-once.tsx';
import { Table, type Column } from '../ui/table.tsx';
import { useToasts } from '../ui/toast.tsx';
import { StaffForm } from './staff-form.tsx';

type Open = { kind: 'invite' } | { kind: 'change'; staff: StaffView } | { kind: 'link'; alias: string; url: string };

export function PeoplePage(): ReactNode {
  const { t } = useTranslation();
  const may = useMay();
  const read = useRead('listStaff', []);
  const [open, setOpen] = useState<Open | null>(null);
  const close = (): void => setOpen(null);
  const columns = useColumns();
  const actions = useStaffActions(setOpen);
  const manages = may('staff.manage');
  const invite = (
    <Button tone="primary" icon="plus" onPress={() => setOpen({ kind: 'invite' })}>
      {t('people.invite')}
    </Button>
  );
  return (
    <Page title={t('nav.people')} intro={t('people.intro')} actions={manages && invite}>
      <ErrorNotice error={read.error ?? actions.error} retry={() => void read.refetch()} />
      {read.isPending && <Skeleton />}
      {read.data?.staff.length === 0 && (
        <EmptyState icon="people" title={t('people.empty')}>
          <p>{t('people.empty_help')}</p>
        </EmptyState>
      )}
      {read.data && read.data.staff.length > 0 && (
        <Table
          label={t('nav.people')}
          rows={read.data.staff}
          keyOf={({ id }) => id}
          columns={manages ? [...columns, { key: 'actions', label: '', end: true, cell: actions.menu }] : columns}
        />
      )}
      <Dialog
        size="wide"
        title={open?.kind === 'change' ? t('people.change') : t('people.invite')}
        isOpen={open?.kind === 'invite' || open?.kind === 'change'}
        onClose={close}
      >
        {open && open.kind !== 'link' && (
          <StaffForm
            staff={open.kind === 'change' ? open.staff : null}
            onInvited={(alias, url) => setOpen({ kind: 'link', alias, url })}
            onDone={close}
          />
        )}
      </Dialog>
      <Dialog title={t('people.link_title')} isOpen={open?.kind === 'link'} onClose={close}>
        {open?.kind === 'link' && (
          <>
            <p>{t('people.link_help', { alias: open.alias })}</p>
            <ShownOnce label={t('people.link')} lines={[open.url]} />
          </>
        )}
      </Dialog>
    </Page>
  );
}

function useColumns(): Column<StaffView>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const desks = useRead('listDesks', []);
  const deskName = (id: string): string => desks.data?.desks.find((desk) => desk.id === id)?.name ?? id;
  return [
    {
      key: 'alias',
      label: t('people.name'),
      cell: (staff) => (
        <div>
          <div className="row">
            <strong>
              <bdi>{staff.alias}</bdi>
            </strong>
            <StaffBadges staff={staff} />
          </div>
          {staff.email !== null && <bdi className="quiet small">{staff.email}</bdi>}
        </div>
      ),
    },
    { key: 'roles', label: t('people.roles'), cell: ({ roles }) => format.list(roles.map((role) => t(`role.${role}`))) },
    { key: 'languages', label: t('people.languages'), cell: ({ languages }) => format.list(languages.map(format.language)) },
    { key: 'desks', label: t('people.desks'), cell: ({ deskIds }) => format.list(deskIds.map(deskName)) },
    { key: 'load', label: t('people.load'), cell: ({ load, capacity }) => t('people.load_of', { load, capacity }) },
  ];
}

function StaffBadges({ staff }: { staff: StaffView }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      {staff.onShift && (
        <Badge tone="good" icon="clock">
          {t('people.on_duty')}
        </Badge>
      )}
      {staff.invited && <Badge>{t('people.invited')}</Badge>}
      {!staff.active && !staff.invited && (
        <Badge tone="bad" icon="lock">
          {t('people.disabled')}
        </Badge>
      )}
      {staff.active && !staff.invited && !staff.secondFactor && (
        <Badge tone="warn" icon="alert">
          {t('people.no_second_factor')}
        </Badge>
      )}
    </>
  );
}

function useStaffActions(show: (open: Open) => void): { menu: (staff: StaffView) => ReactNode; error: ReturnType<typeof useAct>['error'] } {
  const { t } = useTranslation();
  const { tell } = useToasts();
  const change = useAct('changeStaff', { changes: ['listStaff'] });
  const reinvite = useAct('reinviteStaff', { changes: ['listStaff'] });
  const setActive = (staff: StaffView, active: boolean): void =>
    change.mutate([{ params: { id: staff.id }, body: { active } }], {
      onSuccess: () =>
        tell(t(active ? 'people.enabled_now' : 'people.disabled_now', { alias: staff.alias }), () => setActive(staff, !active)),
    });
  return {
    error: change.error ?? reinvite.error,
    menu: (staff) => (
      <Menu
        label={t('people.actions', { alias: staff.alias })}
        entries={[
          { id: 'change', label: t('people.change'), icon: 'edit', run: () => show({ kind: 'change', staff }) },
          {
            id: 'link',
            label: t('people.new_link'),
            icon: 'key',
            run: () =>
              reinvite.mutate([{ params: { id: staff.id } }], {
                onSuccess: ({ url }) => show({ kind: 'link', alias: staff.alias, url }),
              }),
          },
          staff.active
            ? { id: 'disable', label: t('people.disable'), icon: 'lock', tone: 'danger', run: () => setActive(staff, false) }
            : { id: 'enable', label: t('people.enable'), icon: 'check', run: () => setActive(staff, true) },
        ]}
      />
    ),
  };
}
