// The pinned alert of a crisis must end by itself, and soon: what is pinned and forgotten is read by nobody, or believed when it is wrong.
// One that is over is not shown any more; the settings should not go on naming it.
import { addDays, localTime } from '../../util/local-time.ts';
import type { Check } from '../check.ts';
import { errorAt, warningAt } from '../problem.ts';

/** Days that an alert may stand; whoever needs it longer says so again. */
export const MAX_ALERT_DAYS = 14;

export const checkAlert: Check = ({ content, today }) => {
  const { value: settings, at } = content.settings;
  if (settings.alert === undefined || today === null) return [];
  const last = localTime(Date.parse(settings.alert.until), settings.timezone).date;
  const position = at(['alert', 'until']);
  if (last > addDays(today, MAX_ALERT_DAYS)) {
    const message = `The alert would stand until ${last}, and ${MAX_ALERT_DAYS} days are the most: give it an earlier end, and set it again if it is still needed.`;
    return [errorAt(position, 'alert.too_long', message)];
  }
  if (last >= today) return [];
  const message = `The alert ended on ${last} and is not shown any more: take "alert" out of the settings, or give it a new end.`;
  return [warningAt(position, 'alert.over', message)];
};
