// The wall clock of a time zone: date, weekday and time at an instant. Used wherever hours or days are told or compared.
// Pure: the instant is handed in. Asking the platform is slow, so the last minute of each zone is remembered.

const DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;
const MINUTE_MS = 60_000;

export interface LocalTime {
  /** YYYY-MM-DD. */
  date: string;
  /** As RFC 5545 writes days. */
  day: (typeof DAYS)[number];
  /** HH:MM, 24 h. */
  time: string;
}

const formatters = new Map<string, Intl.DateTimeFormat>();
const lastMinutes = new Map<string, { minute: number; local: LocalTime }>();

/**
 * Wall-clock date, weekday and time.
 * @param instantMs milliseconds since the epoch
 * @param timezone IANA name, such as Europe/Madrid
 */
export function localTime(instantMs: number, timezone: string): LocalTime {
  const minute = Math.floor(instantMs / MINUTE_MS);
  const last = lastMinutes.get(timezone);
  if (last?.minute === minute) return last.local;
  const parts = Object.fromEntries(
    formatterOf(timezone)
      .formatToParts(instantMs)
      .map((part) => [part.type, part.value]),
  );
  const date = `${parts['year']}-${parts['month']}-${parts['day']}`;
  const local: LocalTime = {
    date,
    day: DAYS[new Date(`${date}T12:00:00Z`).getUTCDay()] ?? 'SU',
    time: `${parts['hour']}:${parts['minute']}`,
  };
  lastMinutes.set(timezone, { minute, local });
  return local;
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  formatters.set(timeZone, made);
  return made;
}
