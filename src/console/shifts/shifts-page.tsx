// Who is there when: a desk's week, and the same as a list. Opened by /shifts; who may, makes and changes shifts here.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Shift, Weekday } from '../../domain/staff.ts';
import { useAct, useRead } from '../api.ts';
import { Page } from '../layout/page.tsx';
import { useMay } from '../session.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Select } from '../ui/field.tsx';
import { EmptyState, Skeleton } from '../ui/pieces.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { useToasts } from '../ui/toast.tsx';
import { ShiftForm } from './shift-form.tsx';
import { ShiftList } from './shift-list.tsx';
import { Week } from './week.tsx';

export function ShiftsPage(): ReactNode {
  const { t } = useTranslation();
  const may = useMay();
  const desks = useRead('listDesks', []);
  const staff = useRead('listStaff', []);
  const shifts = useRead('listShifts', []);
  const [chosen, setChosen] = useState<string | null>(null);
  const [editing, setEditing] = useState<Shift | null>(null);
  const { remove, error } = useRemove();
  const withShifts = desks.data?.desks ?? [];
  const desk = withShifts.find(({ id }) => id === chosen) ?? withShifts[0];
  const manages = may('shift.manage');
  const begin = (byday: Weekday[]): void => {
    if (desk)
      setEditing({
        id: crypto.randomUUID(),
        staffId: '',
        deskId: desk.id,
        byday,
        startsAt: '09:00',
        endsAt: '17:00',
        validFrom: null,
        validTo: null,
      });
  };
  const nameOf = (id: string): string => staff.data?.staff.find((one) => one.id === id)?.alias ?? t('shifts.somebody');
  const own = (shifts.data?.shifts ?? []).filter(({ deskId }) => deskId === desk?.id);
  const parts = { shifts: own, nameOf, ...(manages ? { onOpen: setEditing } : {}) };
  const missing = desks.error ?? staff.error ?? shifts.error;
  return (
    <Page
      title={t('nav.shifts')}
      intro={t('shifts.intro')}
      actions={
        manages &&
        desk && (
          <Button tone="primary" icon="plus" onPress={() => begin(['MO', 'TU', 'WE', 'TH', 'FR'])}>
            {t('shifts.add')}
          </Button>
        )
      }
    >
      <ErrorNotice error={missing ?? error} retry={() => void Promise.all([desks.refetch(), staff.refetch(), shifts.refetch()])} />
      {missing === null && (desks.isPending || staff.isPending || shifts.isPending) && <Skeleton />}
      {desks.data && !desk && (
        <EmptyState icon="desk" title={t('desks.empty')}>
          <p>{t('desks.empty_help')}</p>
        </EmptyState>
      )}
      {desk && shifts.data && staff.data && (
        <>
          {withShifts.length > 1 && (
            <div className="form">
              <Select
                label={t('shifts.desk')}
                value={desk.id}
                options={withShifts.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={setChosen}
              />
            </div>
          )}
          <p className="quiet">{t('shifts.zone', { zone: desk.timezone })}</p>
          <Tabs
            label={t('nav.shifts')}
            tabs={[
              {
                id: 'week',
                label: t('shifts.week'),
                content: () => <Week desk={desk} {...parts} {...(manages ? { onAdd: (day: Weekday) => begin([day]) } : {})} />,
              },
              { id: 'list', label: t('shifts.list'), content: () => <ShiftList {...parts} {...(manages ? { onRemove: remove } : {})} /> },
            ]}
          />
        </>
      )}
      <Dialog title={t('shifts.shift')} isOpen={editing !== null} onClose={() => setEditing(null)}>
        {editing && (
          <ShiftForm
            shift={editing}
            isNew={!own.some(({ id }) => id === editing.id)}
            staff={(staff.data?.staff ?? []).filter(({ active, deskIds }) => active && desk !== undefined && deskIds.includes(desk.id))}
            onRemove={remove}
            onDone={() => setEditing(null)}
          />
        )}
      </Dialog>
    </Page>
  );
}

/** Takes a shift away, with a way back. */
function useRemove(): { remove: (shift: Shift) => void; error: ReturnType<typeof useAct>['error'] } {
  const { t } = useTranslation();
  const { tell } = useToasts();
  const remove = useAct('deleteShift', { changes: ['listShifts'] });
  const save = useAct('saveShift', { changes: ['listShifts'] });
  return {
    error: remove.error ?? save.error,
    remove({ id, ...body }) {
      remove.mutate([{ params: { id } }], {
        onSuccess: () => tell(t('shifts.removed'), () => save.mutate([{ params: { id }, body }])),
      });
    },
  };
}
