// Above the list: the queues with how many stand in each, and what the list is narrowed to. Rendered by cases-page.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useRead } from '../api.ts';
import { useFormat } from '../format.ts';
import { useLive } from '../live/live.tsx';
import { useMe } from '../session.tsx';
import { Select } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import type { Inbox, Row } from './inbox.ts';
import { nativeName } from './languages.ts';
import { NotifySwitch } from './notify-switch.tsx';
import { INTERPRETER_QUEUES, QUEUES, type Queue } from './queue.ts';
import type { Place } from './use-place.ts';

interface InboxHeadProps {
  place: Place;
  counts: Inbox['counts'];
  rows: readonly Row[];
}

export function InboxHead({ place, counts, rows }: InboxHeadProps): ReactNode {
  const { t } = useTranslation('cases');
  const me = useMe();
  const { state } = useLive();
  const may = (permission: (typeof me.permissions)[number]): boolean => me.permissions.includes(permission);
  const queues: Queue[] = [
    ...QUEUES.filter((queue) => may('case.read') && (queue !== 'private' || may('case.read_private'))),
    ...INTERPRETER_QUEUES.filter(() => may('case.interpret')),
  ];
  return (
    <div className="inbox-head">
      <div className="inbox-title">
        <h2 tabIndex={-1}>{t(`queue.${place.view.queue}`)}</h2>
        <span className="line-state small quiet" role="status">
          {(state === 'lost' || state === 'connecting') && (
            <>
              <Icon name="offline" size={16} /> {t(`line.${state}`)}
            </>
          )}
        </span>
        <NotifySwitch />
      </div>
      <nav className="queues" aria-label={t('queues')}>
        {queues.map((queue) => (
          <QueueLink key={queue} queue={queue} place={place} count={countOf(counts, queue)} />
        ))}
      </nav>
      <Filters place={place} rows={rows} />
    </div>
  );
}

function countOf(counts: Inbox['counts'], queue: Queue): number | null {
  return counts !== null && queue in counts ? counts[queue as keyof typeof counts] : null;
}

function QueueLink({ queue, place, count }: { queue: Queue; place: Place; count: number | null }): ReactNode {
  const { t } = useTranslation('cases');
  const { number } = useFormat();
  const alarming = queue === 'overdue' && (count ?? 0) > 0;
  return (
    <Link
      href={place.href({ queue, caseId: null })}
      className={alarming ? 'queue alarming' : 'queue'}
      aria-current={place.view.queue === queue ? 'page' : undefined}
    >
      {t(`queue.${queue}`)}
      {count !== null && <span className="count">{number(count)}</span>}
    </Link>
  );
}

const ALL = '';

function Filters({ place, rows }: { place: Place; rows: readonly Row[] }): ReactNode {
  const { t } = useTranslation('cases');
  const me = useMe();
  const { data } = useRead('listDesks', [], { staleTime: 600_000 });
  const { language, deskId } = place.view;
  const seen = rows.flatMap(({ item }) => (item.language === null ? [] : [item.language]));
  const languages = [...new Set([...(language === null ? [] : [language]), ...me.languages, ...seen])].sort();
  const desks = (data?.desks ?? []).filter(({ id }) => me.deskIds.includes(id));
  return (
    <div className="filters">
      <Select
        quietLabel
        label={t('filter.language')}
        value={language ?? ALL}
        options={[{ value: ALL, label: t('filter.all_languages') }, ...languages.map((tag) => ({ value: tag, label: nativeName(tag) }))]}
        onChange={(tag) => place.go({ language: tag === ALL ? null : tag, caseId: null })}
      />
      {desks.length > 1 && (
        <Select
          quietLabel
          label={t('filter.desk')}
          value={deskId ?? ALL}
          options={[{ value: ALL, label: t('filter.all_desks') }, ...desks.map(({ id, name }) => ({ value: id, label: name }))]}
          onChange={(id) => place.go({ deskId: id === ALL ? null : id, caseId: null })}
        />
      )}
    </div>
  );
}
