// Opening hours told in short lines: `Mon–Fri 09:00–17:00`, `Sat 10:00–14:00`. Used by the list and the facts of places.
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../format.ts';
import { span } from '../../shifts/week.tsx';
import { nameOfDay, WEEKDAYS } from '../../shifts/weekdays.ts';
import type { OpeningLine } from './hours-field.tsx';

export function useHoursText(): (hours: readonly OpeningLine[]) => string[] {
  const { i18n } = useTranslation();
  const format = useFormat();
  const short = (day: OpeningLine['byday'][number] | undefined): string =>
    day === undefined ? '' : nameOfDay(day, i18n.language, 'short');
  const days = ({ byday }: OpeningLine): string => {
    const chosen = WEEKDAYS.filter((day) => byday.includes(day));
    const first = WEEKDAYS.findIndex((day) => day === chosen[0]);
    const isRun = chosen.length > 2 && chosen.every((day, index) => WEEKDAYS[first + index] === day);
    return isRun ? `${short(chosen[0])}–${short(chosen.at(-1))}` : format.list(chosen.map(short));
  };
  return (hours) => hours.map((line) => `${days(line)} ${span(line.opens_at, line.closes_at)}`);
}
