// Being on duty now, whatever the shifts say: a switch that acts at once, and until when. Used in the settings.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { keyOf, queryClient, useAct } from '../api.ts';
import { useFormat } from '../format.ts';
import { useMe } from '../session.tsx';
import { Switch } from '../ui/choice.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Select } from '../ui/field.tsx';

const HOUR = 3_600_000;
const SPANS = ['open', '2', '4', '8'] as const;
type Span = (typeof SPANS)[number];

export function DutySwitch(): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const me = useMe();
  const [span, setSpan] = useState<Span>('open');
  const set = useAct('setDuty', { onSuccess: (changed) => queryClient.setQueryData(keyOf('readMe'), changed), changes: ['listStaff'] });
  const change = (onDuty: boolean): void =>
    set.mutate([{ body: { onDuty, untilAt: onDuty && span !== 'open' ? Date.now() + Number(span) * HOUR : null } }]);
  const now = me.onShift
    ? me.shiftEndsAt === null
      ? t('duty.on_open')
      : t('duty.on_until', { time: format.dateTime(me.shiftEndsAt) })
    : t('duty.off');
  return (
    <div className="form">
      <ErrorNotice error={set.error} />
      <Switch label={t('duty.on')} explained={now} isSelected={me.onShift} isDisabled={set.isPending} onChange={change} />
      {!me.onShift && (
        <Select
          label={t('duty.until')}
          value={span}
          options={SPANS.map((value) => ({
            value,
            label: value === 'open' ? t('duty.until_off') : t('duty.hours', { count: Number(value) }),
          }))}
          onChange={setSpan}
        />
      )}
    </div>
  );
}
