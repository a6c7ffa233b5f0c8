// One shift: who, which days, from when to when. Used by the shifts page, in a dialog.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import type { StaffView } from '../../api/staff-operations.ts';
import type { Shift } from '../../domain/staff.ts';
import { useAct } from '../api.ts';
import { Button } from '../ui/button.tsx';
import { Choices } from '../ui/choice.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Select, TextField } from '../ui/field.tsx';
import { nameOfDay, WEEKDAYS } from './weekdays.ts';

export interface ShiftFormProps {
  shift: Shift;
  isNew: boolean;
  /** Who works at the desk. */
  staff: readonly StaffView[];
  onRemove: (shift: Shift) => void;
  onDone: () => void;
}

export function ShiftForm({ shift, isNew, staff, onRemove, onDone }: ShiftFormProps): ReactNode {
  const { t, i18n } = useTranslation();
  const [fields, setFields] = useState(() => ({ ...shift, staffId: shift.staffId || (staff[0]?.id ?? '') }));
  const set = (change: Partial<Shift>): void => setFields((current) => ({ ...current, ...change }));
  const save = useAct('saveShift', { changes: ['listShifts', 'listStaff'], onSuccess: onDone });
  const noDay = fields.byday.length === 0;
  const { id, ...body } = fields;
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (!noDay) save.mutate([{ params: { id }, body }]);
      }}
    >
      <ErrorNotice error={save.error} />
      {staff.length === 0 && <p>{t('shifts.no_staff')}</p>}
      <Select
        label={t('shifts.who')}
        value={fields.staffId}
        options={staff.map((one) => ({ value: one.id, label: one.alias }))}
        onChange={(staffId) => set({ staffId })}
      />
      <Choices
        label={t('shifts.days')}
        beside
        wrong={noDay ? t('shifts.days_missing') : null}
        value={fields.byday}
        options={WEEKDAYS.map((day) => ({ value: day, label: nameOfDay(day, i18n.language) }))}
        onChange={(byday) => set({ byday })}
      />
      <div className="form">
        <div className="two">
          <TextField
            label={t('shifts.starts')}
            type="time"
            ltr
            isRequired
            value={fields.startsAt}
            onChange={(startsAt) => set({ startsAt })}
          />
          <TextField
            label={t('shifts.ends')}
            {...(fields.endsAt <= fields.startsAt ? { hint: t('shifts.next_day') } : {})}
            type="time"
            ltr
            isRequired
            value={fields.endsAt}
            onChange={(endsAt) => set({ endsAt })}
          />
          <TextField
            label={t('shifts.from')}
            hint={t('shifts.from_hint')}
            type="date"
            ltr
            value={fields.validFrom ?? ''}
            onChange={(date) => set({ validFrom: date === '' ? null : date })}
          />
          <TextField
            label={t('shifts.to')}
            type="date"
            ltr
            value={fields.validTo ?? ''}
            onChange={(date) => set({ validTo: date === '' ? null : date })}
          />
        </div>
      </div>
      <div className="actions row">
        {!isNew && (
          <Button
            tone="danger"
            onPress={() => {
              onRemove(shift);
              onDone();
            }}
          >
            {t('ui.delete')}
          </Button>
        )}
        <Button onPress={onDone}>{t('ui.cancel')}</Button>
        <Button type="submit" tone="primary" isDisabled={fields.staffId === ''} isPending={save.isPending}>
          {t('ui.save')}
        </Button>
      </div>
    </Form>
  );
}
