// The frame around every page of somebody who is signed in: navigation, banners, help sheet, and the sign-in over the page.
// Knows the table of pages and nothing of what they do.
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { call, queryClient } from '../api.ts';
import { CONSOLE_PAGES, type ConsolePage } from '../pages.tsx';
import { useWorkspace } from '../cases/workspace.tsx';
import { useMe, useSession } from '../session.tsx';
import { useShortcut } from '../shortcuts.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { HelpSheet } from './help-sheet.tsx';
import { Navigation } from './navigation.tsx';
import { OfflineBanner } from './offline-banner.tsx';
import './layout.css';

export function Shell({ children }: { children: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const [drawer, setDrawer] = useState(false);
  const [help, setHelp] = useState(false);
  useShortcut({ keys: '?', label: t('help.open'), group: t('help.everywhere'), run: () => setHelp(true) });
  const pages = useMyPages();
  useFreshPage();
  return (
    <div className="frame">
      <a className="skip button" href="#page">
        {t('nav.skip')}
      </a>
      <div className="banners">
        <OfflineBanner />
      </div>
      <header className="top">
        <IconButton icon="menu" label={t('nav.open')} onPress={() => setDrawer(true)} />
        <span className="name">Ventanilla</span>
        <IconButton icon="help" label={t('help.open')} onPress={() => setHelp(true)} />
      </header>
      <header className="side">
        <span className="name words">Ventanilla</span>
        <Navigation pages={pages} label={t('nav.label')} />
        <Self onHelp={() => setHelp(true)} />
      </header>
      <main className="page-place" id="page" tabIndex={-1}>
        {children}
      </main>
      <Dialog size="side" title={t('nav.label')} isOpen={drawer} onClose={() => setDrawer(false)}>
        <Navigation pages={pages} label={t('nav.label')} onFollow={() => setDrawer(false)} />
        <Self />
      </Dialog>
      <HelpSheet isOpen={help} onClose={() => setHelp(false)} />
      {pages.map((page) => (
        <GoShortcut key={page.path} page={page} />
      ))}
    </div>
  );
}

/** Another page begins at its top and is where the keyboard goes on; within one page nothing moves. */
function useFreshPage(): void {
  const [location] = useLocation();
  const part = location.split('/')[1];
  const before = useRef(part);
  useEffect(() => {
    if (before.current === part) return;
    before.current = part;
    const place = document.querySelector<HTMLElement>('#page');
    place?.scrollTo(0, 0);
    place?.focus({ preventScroll: true });
  }, [part]);
}

/** Pages in the navigation that whoever is signed in may open. */
export function useMyPages(): ConsolePage[] {
  const { permissions } = useMe();
  return CONSOLE_PAGES.filter(
    ({ link, permission }) => link !== undefined && (permission?.some((one) => permissions.includes(one)) ?? true),
  );
}

function GoShortcut({ page }: { page: ConsolePage }): ReactNode {
  const { t } = useTranslation();
  const [, go] = useLocation();
  useShortcut(page.link ? { keys: page.link.keys, label: t(page.link.label), group: t('help.go'), run: () => go(page.path) } : null);
  return null;
}

/** Who is signed in, and the way out. */
function Self({ onHelp }: { onHelp?: () => void }): ReactNode {
  const { t } = useTranslation();
  const me = useMe();
  const session = useSession();
  const { held } = useWorkspace();
  const [, go] = useLocation();
  const signOut = async (): Promise<void> => {
    await held.finish();
    await call('signOut').catch(() => undefined);
    queryClient.clear();
    session.leave();
    go('/');
  };
  return (
    <div className="self">
      <div className="who words">
        <div>
          <bdi>{me.alias}</bdi>
        </div>
        <div className="small quiet">
          <bdi>{me.organisation}</bdi>
        </div>
        {me.permissions.includes('case.act') && (
          <Link href="/settings" className="small">
            {me.onShift ? t('people.on_duty') : t('duty.not')}
          </Link>
        )}
      </div>
      {onHelp && (
        <Button tone="plain" icon="help" onPress={onHelp}>
          <span className="words">{t('help.open')}</span>
        </Button>
      )}
      <Button tone="plain" icon="sign_out" onPress={() => void signOut()}>
        <span className="words">{t('nav.sign_out')}</span>
      </Button>
    </div>
  );
}
