// A conversation: who it is with and what can be done, what must be known just now, the words of both sides, and the composer.
// Rendered by cases-page.tsx, anew for each case.
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../api/case-operations.ts';
import type { ApiError } from '../../api/client.ts';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { EmptyState, Skeleton } from '../ui/pieces.tsx';
import { BackLink } from '../layout/page.tsx';
import { Banners } from './banners.tsx';
import { CaseHeader } from './case-header.tsx';
import { Composer } from './composer.tsx';
import { ConversationLog } from './conversation-log.tsx';
import type { Place } from './use-place.ts';
import { usePresence } from './use-presence.ts';
import { useOutgoing } from './workspace.tsx';

interface ConversationProps {
  caseId: string;
  reading: UseQueryResult<CaseView, ApiError>;
  place: Place;
}

export function Conversation({ caseId, reading, place }: ConversationProps): ReactNode {
  const { t } = useTranslation('cases');
  const { data: view, error } = reading;
  // What cannot be read any more must not stay on the screen: the person may have deleted it.
  if (error?.status === 404) return <Gone place={place} />;
  if (view === undefined)
    return (
      <div className="conversation">
        <div className="case-head">
          <BackLink href={place.href({ caseId: null })} label={t('conversation.to_list')} />
        </div>
        <div className="case-loading">{error ? <ErrorNotice error={error} retry={() => void reading.refetch()} /> : <Skeleton />}</div>
      </div>
    );
  return <Opened key={caseId} view={view} place={place} />;
}

function Opened({ view, place }: { view: CaseView; place: Place }): ReactNode {
  const { others, typed } = usePresence(view.item.id);
  const outgoing = useOutgoing(view.item.id);
  const title = useRef<HTMLHeadingElement>(null);
  // A screen reader begins at the case that was opened.
  useEffect(() => title.current?.focus({ preventScroll: true }), []);
  return (
    <div className="conversation">
      <CaseHeader view={view} place={place} others={others} titleRef={title} />
      <Banners view={view} />
      <ConversationLog view={view} outgoing={outgoing} />
      <Composer view={view} onTyped={typed} />
    </div>
  );
}

function Gone({ place }: { place: Place }): ReactNode {
  const { t } = useTranslation('cases');
  return (
    <div className="conversation">
      <div className="case-head">
        <BackLink href={place.href({ caseId: null })} label={t('conversation.to_list')} />
      </div>
      <EmptyState icon="lock" title={t('gone.title')}>
        <p>{t('gone.help')}</p>
      </EmptyState>
    </div>
  );
}
