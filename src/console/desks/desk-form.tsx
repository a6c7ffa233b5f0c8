// One desk: name, hours by day, holidays, promised waiting time, what comes to it first. Used by the desks page, in a dialog.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import type { DeskRecord } from '../../domain/staff.ts';
import { useAct } from '../api.ts';
import { nameOfDay, WEEKDAYS } from '../shifts/weekdays.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox, Choices } from '../ui/choice.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { DaysField } from '../ui/days-field.tsx';
import { Select, TextField } from '../ui/field.tsx';
import type { Organisation } from './organisation-form.tsx';

export interface DeskFormProps {
  desk: DeskRecord;
  organisations: readonly Organisation[];
  onDone: () => void;
}

export function DeskForm({ desk, organisations, onDone }: DeskFormProps): ReactNode {
  const { t } = useTranslation();
  const [fields, setFields] = useState(desk);
  const [topics, setTopics] = useState(desk.topics.join(', '));
  const [localities, setLocalities] = useState(desk.localities.join(', '));
  const set = (change: Partial<DeskRecord>): void => setFields((current) => ({ ...current, ...change }));
  const save = useAct('saveDesk', { changes: ['listDesks'], onSuccess: onDone });
  const { id, ...body } = fields;
  const zones = [...new Set([desk.timezone, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate([{ params: { id }, body: { ...body, topics: codes(topics), localities: codes(localities) } }]);
      }}
    >
      <ErrorNotice error={save.error} />
      <TextField label={t('desks.name')} isRequired maxLength={80} value={fields.name} onChange={(name) => set({ name })} />
      <Select
        label={t('people.organisation')}
        value={fields.organisationId}
        options={organisations.map((one) => ({ value: one.id, label: one.name }))}
        onChange={(organisationId) => set({ organisationId })}
      />
      <Select
        label={t('desks.timezone')}
        value={fields.timezone}
        options={zones.map((zone) => ({ value: zone, label: zone }))}
        onChange={(timezone) => set({ timezone })}
      />
      <Hours hours={fields.hours} onChange={(hours) => set({ hours })} />
      <DaysField
        label={t('desks.holidays')}
        days={fields.holidays}
        dayLabel={t('desks.holiday')}
        addLabel={t('desks.add_holiday')}
        removeLabel={(day) => t('desks.remove_holiday', { day })}
        onChange={(holidays) => set({ holidays })}
      />
      <TextField
        label={t('desks.answer_minutes')}
        hint={t('desks.answer_hint')}
        type="number"
        inputMode="numeric"
        ltr
        value={String(fields.minutesToAnswer)}
        onChange={(value) => set({ minutesToAnswer: Math.min(10_080, Math.max(1, Math.round(Number(value)) || 1)) })}
      />
      <Checkbox
        label={t('desks.auto_assign')}
        explained={t('desks.auto_assign_help')}
        isSelected={fields.autoAssign}
        onChange={(autoAssign) => set({ autoAssign })}
      />
      <TextField label={t('desks.topics')} hint={t('desks.topics_hint')} ltr value={topics} onChange={setTopics} />
      <TextField label={t('desks.localities')} hint={t('desks.localities_hint')} ltr value={localities} onChange={setLocalities} />
      <div className="actions row">
        <Button onPress={onDone}>{t('ui.cancel')}</Button>
        <Button type="submit" tone="primary" isPending={save.isPending}>
          {t('ui.save')}
        </Button>
      </div>
    </Form>
  );
}

type Opening = DeskRecord['hours'][number];

function Hours({ hours, onChange }: { hours: readonly Opening[]; onChange: (hours: Opening[]) => void }): ReactNode {
  const { t, i18n } = useTranslation();
  const change = (index: number, part: Partial<Opening>): void =>
    onChange(hours.map((one, other) => (other === index ? { ...one, ...part } : one)));
  return (
    <fieldset className="stack">
      <legend>
        <strong>{t('desks.hours')}</strong>
      </legend>
      {hours.length === 0 && <p>{t('desks.no_hours')}</p>}
      {hours.map((opening, index) => (
        <div key={index} className="stack tight opening">
          <Choices
            label={t('shifts.days')}
            beside
            value={opening.byday}
            options={WEEKDAYS.map((day) => ({ value: day, label: nameOfDay(day, i18n.language) }))}
            onChange={(byday) => byday.length > 0 && change(index, { byday })}
          />
          <div className="form">
            <div className="two">
              <TextField
                label={t('desks.opens')}
                type="time"
                ltr
                isRequired
                value={opening.opensAt}
                onChange={(opensAt) => change(index, { opensAt })}
              />
              <TextField
                label={t('desks.closes')}
                type="time"
                ltr
                isRequired
                value={opening.closesAt}
                onChange={(closesAt) => change(index, { closesAt })}
              />
            </div>
          </div>
          <div className="row">
            <Button tone="danger" onPress={() => onChange(hours.filter((_, other) => other !== index))}>
              {t('desks.remove_hours')}
            </Button>
          </div>
        </div>
      ))}
      <div className="row">
        <Button icon="plus" onPress={() => onChange([...hours, { byday: ['SA'], opensAt: '10:00', closesAt: '14:00' }])}>
          {t('desks.add_hours')}
        </Button>
      </div>
    </fieldset>
  );
}

function codes(text: string): string[] {
  return text
    .split(/[,\s]+/)
    .map((code) => code.trim())
    .filter((code) => code !== '');
}
