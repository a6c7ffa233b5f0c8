// What is on its way: shown at once, and what the server would not take stays with the reason, to try again, change or drop.
// Rendered by conversation-log.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../api/case-operations.ts';
import { ApiError } from '../../api/client.ts';
import { Button } from '../ui/button.tsx';
import { useFaultText } from '../ui/error-notice.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Outgoing } from './outbox.ts';
import { useWorkspace } from './workspace.tsx';

export function OutgoingBubble({ outgoing, view }: { outgoing: Outgoing; view: CaseView }): ReactNode {
  const { t } = useTranslation('cases');
  const note = outgoing.kind === 'note';
  return (
    <article className={note ? 'private-note on-its-way' : 'message staff on-its-way'} data-state={outgoing.state}>
      <p className="who">
        {note ? (
          <>
            <Icon name="lock" size={15} /> {t('note.own')}
          </>
        ) : (
          t('who.you')
        )}
      </p>
      <div className="bubble" dir="auto">
        {outgoing.text}
      </div>
      <p className="fate small">{t(`way.${outgoing.state}`)}</p>
      {outgoing.state === 'refused' && <Refused outgoing={outgoing} view={view} />}
    </article>
  );
}

function Refused({ outgoing, view }: { outgoing: Outgoing; view: CaseView }): ReactNode {
  const { t } = useTranslation('cases');
  const { outbox, drafts } = useWorkspace();
  const faultText = useFaultText();
  const { fault, id, text, kind, how } = outgoing;
  const mode = kind === 'note' ? 'note' : how === 'when_they_write' ? 'later' : 'reply';
  return (
    <div className="failed-why" role="alert">
      <p>{fault === null ? t('fate.unknown_reason') : faultText(new ApiError(fault.status, fault))}</p>
      <div className="row">
        <Button onPress={() => outbox.retry(id)}>{t('way.again')}</Button>
        <Button
          onPress={() => {
            const begun = drafts.get(view.item.id, mode);
            drafts.set(view.item.id, mode, begun.trim() === '' ? text : `${text}\n${begun}`);
            outbox.drop(id);
          }}
        >
          {t('way.edit')}
        </Button>
        <Button tone="plain" onPress={() => outbox.drop(id)}>
          {t('way.drop')}
        </Button>
      </div>
    </div>
  );
}
