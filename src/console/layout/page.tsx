// The inner frame of a page: its title (also the tab's), what can be done, its sections; and the way back on a phone. Used by every page.
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Icon } from '../ui/icon.tsx';
import './layout.css';

export interface PageProps {
  title: string;
  /** One sentence that says what the page is for. */
  intro?: string;
  actions?: ReactNode;
  children: ReactNode;
}

export function Page({ title, intro, actions, children }: PageProps): ReactNode {
  usePageTitle(title);
  return (
    <div className="page">
      <div className="page-head">
        <div className="titles">
          <h1>{title}</h1>
          {intro !== undefined && <p>{intro}</p>}
        </div>
        {actions}
      </div>
      {children}
    </div>
  );
}

/** A part of a page under a heading of its own. */
export function Section({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className="section">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** Shows only where there is one column at a time. */
export function BackLink({ href, label }: { href: string; label?: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <Link href={href} className="button plain only-icon back" aria-label={label ?? t('ui.back')}>
      <Icon name="back" />
    </Link>
  );
}

/** Names the tab. Never with anything of a person in it. */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Ventanilla`;
  }, [title]);
}
