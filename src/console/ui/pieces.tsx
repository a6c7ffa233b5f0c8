// Small parts of pages: badge, notice, empty state, and what stands where something is still loading. Used everywhere.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon, type IconName } from './icon.tsx';
import './pieces.css';

export type Tone = 'plain' | 'good' | 'warn' | 'bad' | 'private';

/** A word with a meaning. The colour only repeats it. */
export function Badge({ tone = 'plain', icon, children }: { tone?: Tone; icon?: IconName; children: ReactNode }): ReactNode {
  return (
    <span className={`badge ${tone}`}>
      {icon && <Icon name={icon} size={15} />}
      {children}
    </span>
  );
}

const NOTICE_ICONS = { plain: 'help', good: 'check', warn: 'alert', bad: 'alert' } as const;

export interface NoticeProps {
  tone?: 'plain' | 'good' | 'warn' | 'bad';
  title?: string;
  children?: ReactNode;
}

/** Something to know, with what to do inside. A bad one is read aloud at once. */
export function Notice({ tone = 'plain', title, children }: NoticeProps): ReactNode {
  return (
    <div className={`notice ${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon name={NOTICE_ICONS[tone]} />
      <div className="body">
        {title !== undefined && <strong>{title}</strong>}
        {children}
      </div>
    </div>
  );
}

export interface EmptyStateProps {
  icon: IconName;
  title: string;
  /** Where it is the whole page: then its title is the page's. */
  isPage?: boolean;
  children?: ReactNode;
}

/** Where there is nothing: says why, and what will come or can be done. */
export function EmptyState({ icon, title, isPage = false, children }: EmptyStateProps): ReactNode {
  return (
    <div className="empty">
      <Icon name={icon} size={36} />
      {isPage ? <h1>{title}</h1> : <h2>{title}</h2>}
      {children}
    </div>
  );
}

/** Grey lines in the place of what is coming. */
export function Skeleton({ lines = 6 }: { lines?: number }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className="loading" role="status">
      <div className="only-heard">{t('ui.loading')}</div>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} aria-hidden="true" />
      ))}
    </div>
  );
}
