// Beside a conversation: facts, what the flow learnt, earlier requests without their words, the number behind a button, people,
// referrals, and what has happened. Rendered by cases-page.tsx; on a phone it is a page of its own.
import { Suspense, useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseView } from '../../api/case-operations.ts';
import { useFormat } from '../format.ts';
import { BackLink } from '../layout/page.tsx';
import { CaseReferrals } from '../referrals/case-referrals.tsx';
import { CaseFacts } from './case-facts.tsx';
import { CasePeople } from './case-people.tsx';
import { EventWords } from './event-line.tsx';
import { PhoneNumber } from './phone-number.tsx';
import { Part } from './side-panel-part.tsx';
import type { Place } from './use-place.ts';
import { useTopics } from './use-topics.ts';

export function SidePanel({ view, place }: { view: CaseView; place: Place }): ReactNode {
  const { t } = useTranslation('cases');
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (place.panel) title.current?.focus();
  }, [place.panel]);
  return (
    <div className="panel">
      <div className="panel-head">
        {place.panel && <BackLink href={place.href({ panel: false })} label={t('panel.to_conversation')} />}
        <h2 ref={title} tabIndex={-1}>
          {t('panel.label')}
        </h2>
      </div>
      <CaseFacts view={view} />
      <Part title={t('panel.summary')}>
        <p dir="auto">{view.summary ? view.summary : <span className="quiet">{t('panel.no_summary')}</span>}</p>
      </Part>
      {view.may.includes('see_number') && <PhoneNumber caseId={view.item.id} />}
      <CasePeople view={view} />
      {/* Its words are fetched when they are first needed: the conversation beside it stays. */}
      <Suspense>
        <CaseReferrals view={view} />
      </Suspense>
      <History history={view.history} />
      <Events view={view} />
    </div>
  );
}

/** Earlier episodes: when, about what, how it ended. No words are kept of them. */
function History({ history }: { history: CaseView['history'] }): ReactNode {
  const { t } = useTranslation('cases');
  const format = useFormat();
  const topics = useTopics();
  return (
    <Part title={t('panel.history')}>
      {history.length === 0 && <p className="quiet">{t('panel.no_history')}</p>}
      <ol className="history">
        {history.map(({ hour, topics: codes, outcome, answers }) => (
          <li key={hour}>
            <time dateTime={new Date(hour).toISOString()}>{format.dateTime(hour)}</time>
            <span>{codes.length > 0 ? format.list(codes.map((code) => topics.nameOf(code))) : t('row.no_topic')}</span>
            {outcome !== null && <span className="quiet">{t(`past.${outcome}`, { defaultValue: outcome })}</span>}
            {answers.length > 0 && <span className="quiet">{t('panel.answers', { count: answers.length })}</span>}
          </li>
        ))}
      </ol>
    </Part>
  );
}

function Events({ view }: { view: CaseView }): ReactNode {
  const { t } = useTranslation('cases');
  const format = useFormat();
  return (
    <Part title={t('panel.events')}>
      <ol className="history">
        {view.timeline.map((item) =>
          item.type === 'event' ? (
            <li key={item.key}>
              <time dateTime={new Date(item.at).toISOString()}>{format.dateTime(item.at)}</time>
              <EventWords event={item} />
            </li>
          ) : null,
        )}
      </ol>
    </Part>
  );
}
