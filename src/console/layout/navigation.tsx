// The links to pages, grouped by what they are for. Used by the frame, beside the page and in the phone's drawer.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { ConsolePage } from '../pages.tsx';
import { Icon } from '../ui/icon.tsx';

export interface NavigationProps {
  pages: readonly ConsolePage[];
  label: string;
  onFollow?: () => void;
}

const GROUPS = ['work', 'manage', 'content', 'self'] as const;

export function Navigation({ pages, label, onFollow }: NavigationProps): ReactNode {
  const { t } = useTranslation();
  const [location] = useLocation();
  const current = pages.findLast(({ path }) => location === path || location.startsWith(`${path}/`))?.path;
  return (
    <nav className="links" aria-label={label}>
      {GROUPS.map((group) => {
        const links = pages.filter(({ link }) => link?.group === group);
        return links.map(({ path, link }, index) => (
          <div key={path}>
            {index === 0 && group !== 'work' && <div className="heading words">{t(`nav.group_${group}`)}</div>}
            {link && (
              <Link href={path} title={t(link.label)} aria-current={path === current ? 'page' : undefined} onClick={onFollow}>
                <Icon name={link.icon} />
                <span className="words">{t(link.label)}</span>
              </Link>
            )}
          </div>
        ));
      })}
    </nav>
  );
}
