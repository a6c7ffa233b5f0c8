// One message: whose it is, its words in their own direction, what became of it in words, and what can be done where it failed.
// Rendered by conversation-log.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView, TimelineItem } from '../../api/case-operations.ts';
import { useFormat } from '../format.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { MediaView } from './media-view.tsx';
import { newReply } from './new-outgoing.ts';
import { useCaseActions } from './use-case-actions.ts';
import { useWorkspace } from './workspace.tsx';

type Message = Extract<TimelineItem, { type: 'message' }>;

export function MessageBubble({ message, continues, view }: { message: Message; continues: boolean; view: CaseView }): ReactNode {
  const { t } = useTranslation('cases');
  const format = useFormat();
  const { from, by, text, direction, language, media, status } = message;
  return (
    <article className={`message ${from}${continues ? ' continues' : ''}${status === 'held' ? ' held-message' : ''}`}>
      <p className={continues ? 'who only-heard' : 'who'}>
        {from === 'person' ? t('who.person') : from === 'service' ? t('who.service') : <bdi>{by ?? t('who.staff')}</bdi>}
      </p>
      {text !== '' && (
        <div className="bubble" dir={direction} lang={language ?? undefined}>
          {text}
        </div>
      )}
      {media.map((one) => (
        <MediaView key={one.id} caseId={view.item.id} media={one} />
      ))}
      <p className="fate small">
        <time dateTime={new Date(message.at).toISOString()}>{format.time(message.at)}</time>
        {/* Of the program's own lines only what went wrong matters. */}
        {status !== null && (from === 'staff' || status === 'failed' || status === 'cancelled') && <Fate message={message} />}
      </p>
      <AfterFate message={message} view={view} />
    </article>
  );
}

function Fate({ message: { status } }: { message: Message }): ReactNode {
  const { t } = useTranslation('cases');
  return (
    <span className={status === 'failed' ? 'failed' : undefined}>
      {' · '}
      {status === 'failed' && <Icon name="alert" size={15} />} {t(`fate.${status ?? 'queued'}`)}
    </span>
  );
}

/** Why it failed and how to go on; how to take back what is kept. */
function AfterFate({ message, view }: { message: Message; view: CaseView }): ReactNode {
  const { t } = useTranslation('cases');
  const { outbox } = useWorkspace();
  const actions = useCaseActions(view.item);
  if (message.status === 'held' && view.may.includes('reply'))
    return (
      <Button tone="plain" icon="undo" onPress={() => void actions.takeBack(message.id)}>
        {t('fate.take_back')}
      </Button>
    );
  if (message.status !== 'failed') return null;
  return (
    <div className="failed-why">
      <p>{message.fault ?? t('fate.unknown_reason')}</p>
      {message.from === 'staff' && view.may.includes('reply') && (
        <Button icon="send" onPress={() => outbox.add(newReply(view.item.id, message.text, 'now'))}>
          {t('fate.send_again')}
        </Button>
      )}
    </div>
  );
}
