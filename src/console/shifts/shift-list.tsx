// The shifts of a desk as a list: who, on which days, at what hours, from when to when. Used by the shifts page.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Shift } from '../../domain/staff.ts';
import { useFormat } from '../format.ts';
import { Menu } from '../ui/menu.tsx';
import { EmptyState } from '../ui/pieces.tsx';
import { Table } from '../ui/table.tsx';
import { nameOfDay, WEEKDAYS } from './weekdays.ts';
import { span } from './week.tsx';

export interface ShiftListProps {
  shifts: readonly Shift[];
  nameOf: (staffId: string) => string;
  onOpen?: (shift: Shift) => void;
  onRemove?: (shift: Shift) => void;
}

export function ShiftList({ shifts, nameOf, onOpen, onRemove }: ShiftListProps): ReactNode {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  if (shifts.length === 0)
    return (
      <EmptyState icon="calendar" title={t('shifts.empty')}>
        <p>{t('shifts.empty_help')}</p>
      </EmptyState>
    );
  const days = ({ byday }: Shift): string =>
    format.list(WEEKDAYS.filter((day) => byday.includes(day)).map((day) => nameOfDay(day, i18n.language, 'short')));
  const valid = ({ validFrom, validTo }: Shift): string => {
    if (validFrom === null && validTo === null) return t('shifts.always');
    const show = (date: string | null): string => (date === null ? '…' : format.day(Date.parse(`${date}T12:00`)));
    return `${show(validFrom)} – ${show(validTo)}`;
  };
  return (
    <Table
      label={t('nav.shifts')}
      rows={[...shifts].sort((a, b) => nameOf(a.staffId).localeCompare(nameOf(b.staffId)))}
      keyOf={({ id }) => id}
      columns={[
        { key: 'who', label: t('shifts.who'), cell: ({ staffId }) => <bdi>{nameOf(staffId)}</bdi> },
        { key: 'days', label: t('shifts.days'), cell: days },
        { key: 'hours', label: t('shifts.hours'), cell: ({ startsAt, endsAt }) => span(startsAt, endsAt) },
        { key: 'valid', label: t('shifts.valid'), cell: valid },
        {
          key: 'actions',
          label: '',
          end: true,
          cell: (shift) =>
            onOpen &&
            onRemove && (
              <Menu
                label={t('shifts.actions', { alias: nameOf(shift.staffId) })}
                entries={[
                  { id: 'change', label: t('ui.edit'), icon: 'edit', run: () => onOpen(shift) },
                  { id: 'remove', label: t('ui.delete'), icon: 'close', tone: 'danger', run: () => onRemove(shift) },
                ]}
              />
            ),
        },
      ]}
    />
  );
}
