// Pictures of the console: strokes in the colour of the text, drawn here so that nothing is fetched. Used by ui/ and pages.
// A picture never stands alone: a word beside it, or the label of its button, says what it means.
import type { ReactNode } from 'react';

const PATHS = {
  alert: 'M12 4 2.8 20h18.4L12 4Zm0 6v4.5m0 2.6v.1',
  back: 'M15 5 8 12l7 7',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15l1.5-2ZM10 21h4M12 5V3',
  calendar: 'M4 6.5h16V20H4V6.5ZM4 11h16M8 3.5v4m8-4v4',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  clock: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17ZM12 7.5V12l3 2',
  close: 'm6 6 12 12M18 6 6 18',
  complaint: 'M5 21V4h12l-2.5 4.5L17 13H5',
  copy: 'M8 8h11v12H8V8ZM5 16H4.5V4H16v1',
  desk: 'M3 9.5h18M5 9.5V19m14-9.5V19M9 9.5V6h6v3.5M9 14h6',
  down: 'm6 9.5 6 6 6-6',
  download: 'M12 4v11m-4.5-4L12 15.5 16.5 11M5 19.5h14',
  edit: 'm5 19 .8-4L16.5 4.3l3.2 3.2L9 18.2 5 19Z',
  help: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17Zm-2.3 6.3c.2-1.4 1.2-2.1 2.4-2.1 1.4 0 2.4.9 2.4 2.1 0 1.8-2.4 1.9-2.4 3.8m0 2.6v.1',
  inbox: 'M4 13.5 6.5 5h11l2.5 8.5V19H4v-5.5Zm0 0h4.5l1.5 2.5h4l1.5-2.5H20',
  key: 'M14.5 4a5.5 5.5 0 1 1-4.6 8.5L8.5 14v2h-2v2H4v-3l5-5A5.5 5.5 0 0 1 14.5 4Zm1.5 4v.1',
  language: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17Zm-8.5 8.5h17M12 3.5c5 5 5 12 0 17-5-5-5-12 0-17Z',
  lock: 'M5.5 11h13v9h-13v-9ZM8 11V8a4 4 0 0 1 8 0v3',
  log: 'M6 3.5h12v17H6v-17ZM9 8h6m-6 4h6m-6 4h4',
  menu: 'M4 6.5h16M4 12h16M4 17.5h16',
  more: 'M5 11.7v.6M12 11.7v.6M19 11.7v.6',
  next: 'm9 5 7 7-7 7',
  offline: 'M3.5 9.5c5-4.5 12-4.5 17 0M7 13.5c3-2.5 7-2.5 10 0M12 18v.1M4 4l16 16',
  people: 'M9 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7ZM2.5 20c.3-3.5 3-5.5 6.5-5.5s6.2 2 6.5 5.5M16 5a3 3 0 0 1 0 6m2 4c2 .7 3.2 2.4 3.5 5',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8ZM4.5 20.5c.4-4 3.4-6 7.5-6s7.1 2 7.5 6',
  plus: 'M12 5v14M5 12h14',
  refer: 'M4 12h13m-5-5.5 5.5 5.5-5.5 5.5',
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm4.8 11.300L20 20',
  send: 'M4 5l16 7-16 7 2.5-7L4 5Zm2.5 7H20',
  settings: 'M4 7.500h9m4 0h3M4 16.500h3m4 0h9M15 5.500v4m-6 5v4',
  sign_out: 'M10 4H5v16h5m-1-8h11m-4-4.5 4.5 4.5-4.5 4.5',
  undo: 'M8.5 5 4 9.5 8.5 14M4.5 9.500H14a5.5 5.5 0 0 1 0 11h-3',
} as const;

export type IconName = keyof typeof PATHS;

/** Turned round where one reads from right to left. */
const DIRECTED: ReadonlySet<IconName> = new Set(['back', 'next', 'refer', 'send', 'sign_out', 'undo']);

export function Icon({ name, size = 20 }: { name: IconName; size?: number }): ReactNode {
  return (
    <svg
      className={DIRECTED.has(name) ? 'icon directed' : 'icon'}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.9"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
