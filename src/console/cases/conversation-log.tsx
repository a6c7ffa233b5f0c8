// The words of a conversation from top to bottom, with notes and events between them. New ones are read aloud, politely.
// It stays at the newest while somebody reads there; further up it only says that more has come. Rendered by conversation.tsx.
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../api/case-operations.ts';
import { useFormat } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { EventLine } from './event-line.tsx';
import { MessageBubble } from './message-bubble.tsx';
import { NoteBubble } from './note-bubble.tsx';
import type { Outgoing } from './outbox.ts';
import { OutgoingBubble } from './outgoing-bubble.tsx';
import { layOut, type Line } from './timeline.ts';

const NEAR_END_PX = 80;

export function ConversationLog({ view, outgoing }: { view: CaseView; outgoing: readonly Outgoing[] }): ReactNode {
  const { t } = useTranslation('cases');
  const format = useFormat();
  const lines = layOut(view.timeline, outgoing, dayOf);
  const { place, more, toEnd, onScroll } = useEnd(lines);
  return (
    <div className="log-place">
      {/* A region that scrolls must be reachable by keyboard. */}
      <div className="log" role="log" aria-live="polite" aria-label={t('conversation.log')} tabIndex={0} ref={place} onScroll={onScroll}>
        {lines.length === 0 && <p className="quiet log-empty">{t('conversation.empty')}</p>}
        {lines.map((line) => (
          <LineView key={line.key} line={line} view={view} dayName={format.day} />
        ))}
      </div>
      {more && (
        <div className="log-more">
          <Button icon="down" onPress={toEnd}>
            {t('conversation.newer')}
          </Button>
        </div>
      )}
    </div>
  );
}

function LineView({ line, view, dayName }: { line: Line; view: CaseView; dayName: (at: number) => string }): ReactNode {
  if (line.type === 'day')
    return (
      <div className="day">
        <span>{dayName(line.at)}</span>
      </div>
    );
  if (line.type === 'outgoing') return <OutgoingBubble outgoing={line.outgoing} view={view} />;
  const { item } = line;
  if (item.type === 'message') return <MessageBubble message={item} continues={line.continues} view={view} />;
  if (item.type === 'note') return <NoteBubble note={item} />;
  return <EventLine event={item} />;
}

/** The local day of a time, such as `2026-11-21`. */
function dayOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}

function useEnd(lines: readonly Line[]) {
  const place = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [more, setMore] = useState(false);
  const last = lines.at(-1);
  const lastKey = last?.key;
  const ownIsLast = last?.type === 'outgoing';
  const toEnd = (): void => {
    const log = place.current;
    if (log) log.scrollTop = log.scrollHeight;
    setMore(false);
  };
  useLayoutEffect(() => {
    // Whoever has just written wants to see it; whoever reads further up must not be moved.
    if (atEnd.current || ownIsLast) toEnd();
    else setMore(true);
  }, [lastKey, ownIsLast]);
  useLayoutEffect(() => {
    const log = place.current;
    if (!log) return undefined;
    // The composer grows, a keyboard opens, pictures come: the end stays in sight.
    const watch = new ResizeObserver(() => void (atEnd.current && toEnd()));
    watch.observe(log);
    return () => watch.disconnect();
  }, []);
  const onScroll = (): void => {
    const log = place.current;
    atEnd.current = log === null || log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
    if (atEnd.current) setMore(false);
  };
  return { place, more, toEnd, onScroll };
}
