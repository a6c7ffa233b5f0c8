// Something that happened to the case, between the messages and in the side panel: one quiet line. Used by conversation-log.tsx and side-panel.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineItem } from '../../api/case-operations.ts';
import { useFormat } from '../format.ts';

type Event = Extract<TimelineItem, { type: 'event' }>;

export function EventLine({ event }: { event: Event }): ReactNode {
  const format = useFormat();
  return (
    <p className="event small">
      <EventWords event={event} /> <time dateTime={new Date(event.at).toISOString()}>{format.time(event.at)}</time>
    </p>
  );
}

/** What happened, by whom and to whom where that is known. */
export function EventWords({ event: { kind, by, to } }: { event: Event }): ReactNode {
  const { t } = useTranslation('cases');
  const words = t(`event.${kind}`, { defaultValue: t('event.other') });
  const people = [by === null ? null : t('event.by', { alias: by }), to === null || to === by ? null : t('event.to', { alias: to })];
  return <span>{[words, ...people.filter((part) => part !== null)].join(' ')}</span>;
}
