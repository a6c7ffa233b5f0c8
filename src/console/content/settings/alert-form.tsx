// When the message of a crisis ends. There is no message without an end. Rendered by alert-part.tsx.
import { useState, type ReactNode } from 'react';
import { Form } from 'react-aria-components/Form';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { daysAhead, MOST_ALERT_DAYS, readAlertEnd, shownAlertEnd } from './alert-until.ts';
import type { Hotline } from './use-hotline.ts';

const USUAL_DAYS = [1, 3, 7, MOST_ALERT_DAYS] as const;

export interface AlertFormProps {
  until: string | null;
  hotline: Hotline;
  isPending: boolean;
  save: (until: string) => Promise<boolean>;
}

export function AlertForm({ until, hotline, isPending, save }: AlertFormProps): ReactNode {
  const { t } = useTranslation('answers');
  const { timezone } = hotline;
  const [typed, setTyped] = useState(() =>
    until === null ? daysAhead(1, timezone, Date.now()) : shownAlertEnd(Date.parse(until), timezone),
  );
  const [wrong, setWrong] = useState<string | null>(null);
  const choose = (next: string): void => {
    setTyped(next);
    setWrong(null);
  };
  const submit = (): void => {
    const end = readAlertEnd(typed, timezone, Date.now());
    setWrong(end.kind === 'good' ? null : t(`alert.end_${end.kind}`, { count: MOST_ALERT_DAYS }));
    if (end.kind === 'good') void save(end.until);
  };
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextField
        label={t('alert.end')}
        hint={t('alert.end_hint', { count: MOST_ALERT_DAYS, zone: timezone })}
        type="datetime-local"
        ltr
        isRequired
        wrong={wrong}
        value={typed}
        onChange={choose}
      />
      <div className="row" role="group" aria-label={t('alert.usual')}>
        {USUAL_DAYS.map((days) => (
          <Button key={days} onPress={() => choose(daysAhead(days, timezone, Date.now()))}>
            {t('alert.days', { count: days })}
          </Button>
        ))}
      </div>
      <div className="row">
        <Button type="submit" tone="primary" icon="alert" isPending={isPending}>
          {t(until === null ? 'alert.switch_on' : 'alert.change_end')}
        </Button>
      </div>
    </Form>
  );
}
