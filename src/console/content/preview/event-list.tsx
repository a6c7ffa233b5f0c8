// What happened besides what was said, turn by turn, the newest first. Rendered by behind.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlayedTurn } from '../../../api/content-shapes.ts';
import type { Hotline } from '../settings/use-hotline.ts';
import { useEventWords } from './event-words.ts';

export function EventList({ turns, hotline }: { turns: readonly PlayedTurn[]; hotline: Hotline }): ReactNode {
  const { t } = useTranslation('preview');
  const say = useEventWords(hotline);
  const eventful = turns.map((turn, index) => ({ turn, number: index + 1 })).filter(({ turn }) => turn.events.length > 0);
  if (eventful.length === 0) return <p className="quiet">{t('event.none')}</p>;
  return (
    <ol className="events" reversed>
      {eventful.toReversed().map(({ turn, number }) => (
        <li key={number} value={number}>
          <span className="quiet small">{t('event.turn', { number })}</span>
          <ul>
            {turn.events.map((event, index) => (
              <li key={index}>{say(event)}</li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
