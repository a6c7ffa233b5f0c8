// A private note between the messages: another ground, a frame and a label, so that nobody takes it for a message. Rendered by conversation-log.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TimelineItem } from '../../api/case-operations.ts';
import { useFormat } from '../format.ts';
import { Icon } from '../ui/icon.tsx';

export function NoteBubble({ note }: { note: Extract<TimelineItem, { type: 'note' }> }): ReactNode {
  const { t } = useTranslation('cases');
  const format = useFormat();
  return (
    <article className="private-note">
      <p className="who">
        <Icon name="lock" size={15} /> {t('note.by')} <bdi>{note.by}</bdi>
      </p>
      <div className="bubble" dir="auto">
        {note.text}
      </div>
      <p className="fate small">
        <time dateTime={new Date(note.at).toISOString()}>{format.time(note.at)}</time> · {t('note.inside')}
      </p>
    </article>
  );
}
