// One case in the list: how long somebody waits and in which language first. Of a private case nothing of its content. Rendered by case-list.tsx.
import { useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { CaseItem } from '../../api/case-operations.ts';
import { useFormat } from '../format.ts';
import { Icon } from '../ui/icon.tsx';
import { Badge } from '../ui/pieces.tsx';
import type { Row } from './inbox.ts';
import { nativeName } from './languages.ts';
import { unreadOf } from './unread.ts';
import type { Place } from './use-place.ts';
import { useTopics } from './use-topics.ts';
import { useWorkspace } from './workspace.tsx';

export function CaseRow({ row: { item, left }, now, place }: { row: Row; now: number; place: Place }): ReactNode {
  const { t } = useTranslation('cases');
  const open = place.caseId === item.id;
  return (
    <li>
      <Link
        href={place.href({ caseId: item.id })}
        className={left ? 'case-row left' : 'case-row'}
        data-case={item.id}
        aria-current={open ? 'true' : undefined}
      >
        <span className="case-first">
          <WaitingTime item={item} now={now} />
          {item.language !== null && (
            <span className="language" lang={item.language} dir="auto">
              {nativeName(item.language)}
            </span>
          )}
          <Unread item={item} />
        </span>
        <span className="case-second">
          <bdi className="alias code">{item.alias}</bdi>
          <Subject item={item} />
        </span>
        <Badges item={item} now={now} />
        {left && <span className="small">{t('row.left')}</span>}
      </Link>
    </li>
  );
}

function WaitingTime({ item, now }: { item: CaseItem; now: number }): ReactNode {
  const { t } = useTranslation('cases');
  const format = useFormat();
  if (item.status === 'closed') return <span className="waiting-time">{format.relative(item.closedAt ?? item.openedAt, now)}</span>;
  if (item.waitingSince === null) return <span className="waiting-time quiet">{t('row.answered')}</span>;
  const ms = Math.max(0, now - item.waitingSince);
  return (
    <span className="waiting-time">
      <Icon name="clock" size={16} /> {t('row.waits', { span: format.span(ms) })}
    </span>
  );
}

function Unread({ item }: { item: CaseItem }): ReactNode {
  const { t } = useTranslation('cases');
  const { seen, drafts } = useWorkspace();
  const unread = unreadOf(item, useSyncExternalStore(seen.subscribe, seen.all));
  const begun = useSyncExternalStore(drafts.subscribe, () => drafts.has(item.id));
  return (
    <span className="row-marks">
      {begun && <Icon name="edit" size={16} />}
      {begun && <span className="only-heard">{t('row.draft')}</span>}
      {unread > 0 && (
        <span className="unread">
          <span aria-hidden="true">{unread}</span>
          <span className="only-heard">{t('row.unread', { count: unread })}</span>
        </span>
      )}
    </span>
  );
}

function Subject({ item }: { item: CaseItem }): ReactNode {
  const { t } = useTranslation('cases');
  const topics = useTopics();
  const topic = item.private ? t('row.private') : item.topic === null ? t('row.no_topic') : topics.nameOf(item.topic);
  return (
    <span className="subject">
      {topic} · {t(`channel.${item.channel}`, { defaultValue: item.channel })}
    </span>
  );
}

function Badges({ item, now }: { item: CaseItem; now: number }): ReactNode {
  const { t } = useTranslation('cases');
  const format = useFormat();
  const overdue = item.status !== 'closed' && item.dueAt !== null && item.dueAt <= now;
  return (
    <span className="case-badges">
      {item.private && (
        <Badge tone="private" icon="lock">
          {t('badge.private')}
        </Badge>
      )}
      {item.priority !== 'normal' && (
        <Badge tone={item.priority === 'emergency' ? 'bad' : 'warn'} icon="alert">
          {t(`priority.${item.priority}`)}
        </Badge>
      )}
      {overdue && (
        <Badge tone="bad" icon="clock">
          {t('badge.overdue')}
        </Badge>
      )}
      {item.ticket && item.status === 'waiting' && <Badge>{t('badge.ticket')}</Badge>}
      {item.genderWanted !== null && <Badge icon="person">{t(`badge.${item.genderWanted}`)}</Badge>}
      {item.interpreter !== null && (
        <Badge tone={item.interpreter === 'needed' ? 'warn' : 'plain'} icon="language">
          {t(`badge.interpreter_${item.interpreter}`)}
        </Badge>
      )}
      {item.callbackAt !== null && <Badge icon="calendar">{t('badge.callback', { at: format.dateTime(item.callbackAt) })}</Badge>}
      {item.assignee !== null && (
        <Badge icon="person">
          <bdi>{item.assignee.alias}</bdi>
        </Badge>
      )}
    </span>
  );
}
