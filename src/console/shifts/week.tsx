// A desk's week: seven days beside each other, under each other on a phone. Arrow keys go from shift to shift and from day to day.
// Says where the desk is open and nobody is there. Used by the shifts page.
import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeskRecord, Shift, Weekday } from '../../domain/staff.ts';
import { useFormat } from '../format.ts';
import { directionOf } from '../i18n.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Badge } from '../ui/pieces.tsx';
import './week.css';
import { nameOfDay, WEEKDAYS } from './weekdays.ts';

export interface WeekProps {
  desk: DeskRecord;
  shifts: readonly Shift[];
  nameOf: (staffId: string) => string;
  /** Absent for those who may only look. */
  onOpen?: (shift: Shift) => void;
  onAdd?: (day: Weekday) => void;
}

export function Week({ desk, shifts, nameOf, onOpen, onAdd }: WeekProps): ReactNode {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const place = useRef<HTMLDivElement>(null);
  const forward = directionOf(i18n.language) === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
  return (
    <div
      className="week"
      ref={place}
      onKeyDown={(event) => moveFocus(event, place.current, forward)}
      role="group"
      aria-label={t('shifts.week')}
    >
      {WEEKDAYS.map((day) => {
        const hours = desk.hours.filter(({ byday }) => byday.includes(day));
        const own = shifts.filter(({ byday }) => byday.includes(day)).sort((a, b) => a.startsAt.localeCompare(b.startsAt));
        return (
          <section key={day} aria-label={nameOfDay(day, i18n.language)} data-day={day}>
            <header>
              <h2>{nameOfDay(day, i18n.language)}</h2>
              {onAdd && (
                <IconButton icon="plus" label={t('shifts.add_on', { day: nameOfDay(day, i18n.language) })} onPress={() => onAdd(day)} />
              )}
            </header>
            <p className="small quiet">
              {hours.length === 0
                ? t('shifts.closed')
                : t('shifts.open', { hours: format.list(hours.map(({ opensAt, closesAt }) => span(opensAt, closesAt))) })}
            </p>
            {hours.length > 0 && own.length === 0 && (
              <Badge tone="warn" icon="alert">
                {t('shifts.nobody')}
              </Badge>
            )}
            <ul>
              {own.map((shift) => (
                <li key={shift.id}>
                  <ShiftBlock shift={shift} name={nameOf(shift.staffId)} {...(onOpen ? { onOpen } : {})} />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function ShiftBlock({ shift, name, onOpen }: { shift: Shift; name: string; onOpen?: (shift: Shift) => void }): ReactNode {
  const content = (
    <>
      <bdi>{name}</bdi>
      <span className="hours">{span(shift.startsAt, shift.endsAt)}</span>
    </>
  );
  return onOpen ? <Button onPress={() => onOpen(shift)}>{content}</Button> : <div className="block">{content}</div>;
}

/** Hours from and to, which stand in the same order in every language. */
export function span(from: string, to: string): string {
  return `\u2066${from}–${to}\u2069`;
}

function moveFocus(event: KeyboardEvent, place: HTMLElement | null, forward: string): void {
  const here = (event.target as HTMLElement).closest('section');
  if (place === null || here === null || !event.key.startsWith('Arrow')) return;
  const days = [...place.querySelectorAll('section')];
  const inside = (day: Element | undefined): HTMLElement[] => [...(day?.querySelectorAll<HTMLElement>('button') ?? [])];
  const at = inside(here).indexOf(event.target as HTMLElement);
  const sideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
  const step = event.key === 'ArrowDown' || event.key === forward ? 1 : -1;
  const next = sideways ? inside(days[days.indexOf(here) + step]) : inside(here);
  const target = sideways ? (next[at] ?? next.at(-1)) : next[at + step];
  if (target === undefined) return;
  event.preventDefault();
  target.focus();
}
