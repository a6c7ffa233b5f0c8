// The console as a whole: who is signed in decides between the way in and the pages (pages.tsx). Rendered by main.tsx.
import { lazy, Suspense, type ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Router, Switch, useLocation } from 'wouter';
import { WorkspaceProvider } from './cases/workspace.tsx';
import { formatLocale } from './i18n.ts';
import { FaultBoundary } from './layout/fault-boundary.tsx';
import { Shell, useMyPages } from './layout/shell.tsx';
import { NoPermission, NotFound, Unreachable } from './layout/dead-ends.tsx';
import { LiveProvider } from './live/live.tsx';
import { CONSOLE_PAGES, type ConsolePage } from './pages.tsx';
import { SessionProvider, useMe, useSession } from './session.tsx';
import { ShortcutProvider } from './shortcuts.tsx';
import { Skeleton } from './ui/pieces.tsx';
import { ToastProvider } from './ui/toast.tsx';

const SignInPage = lazy(() => import('./sign-in/sign-in-page.tsx').then((module) => ({ default: module.SignInPage })));
const InvitationPage = lazy(() => import('./sign-in/invitation-page.tsx').then((module) => ({ default: module.InvitationPage })));
const SetUpPage = lazy(() => import('./sign-in/set-up-page.tsx').then((module) => ({ default: module.SetUpPage })));
const ExpiredDialog = lazy(() => import('./sign-in/expired-dialog.tsx').then((module) => ({ default: module.ExpiredDialog })));

export function App(): ReactNode {
  const { i18n } = useTranslation();
  return (
    <I18nProvider locale={formatLocale(i18n.language)}>
      <Router base="/console">
        <ShortcutProvider>
          <ToastProvider>
            <SessionProvider>
              <Suspense fallback={<Starting />}>
                <Switch>
                  <Route path="/invitation" component={InvitationPage} />
                  <Route component={Inside} />
                </Switch>
              </Suspense>
            </SessionProvider>
          </ToastProvider>
        </ShortcutProvider>
      </Router>
    </I18nProvider>
  );
}

function Inside(): ReactNode {
  const session = useSession();
  const [location] = useLocation();
  if (session.state === 'loading') return <Starting />;
  if (session.state === 'unreachable') return <Unreachable />;
  if (session.me === null) return <SignInPage />;
  if (session.me.mustSetUp !== null) return <SetUpPage />;
  return (
    <LiveProvider>
      <WorkspaceProvider key={session.me.id}>
        <Shell>
          <FaultBoundary address={location}>
            <Suspense fallback={<Waiting />}>
              <Pages />
            </Suspense>
          </FaultBoundary>
          {session.expired && <ExpiredDialog />}
        </Shell>
      </WorkspaceProvider>
    </LiveProvider>
  );
}

function Pages(): ReactNode {
  const [first] = useMyPages();
  return (
    <Switch>
      <Route path="/">{first ? <Redirect to={first.path} replace /> : <NoPermission />}</Route>
      <Route path="/sign-in">
        <Redirect to="/" replace />
      </Route>
      {CONSOLE_PAGES.map((page) => (
        // One key for a list and what opens from it: the list lives on.
        <Route key={page.path.split('/')[1]} path={page.path}>
          <Guarded page={page} />
        </Route>
      ))}
      <Route component={NotFound} />
    </Switch>
  );
}

function Guarded({ page: { permission, component: Component } }: { page: ConsolePage }): ReactNode {
  const { permissions } = useMe();
  if (permission && !permission.some((one) => permissions.includes(one))) return <NoPermission missing={permission[0]} />;
  return <Component />;
}

function Starting(): ReactNode {
  return (
    <div className="starting">
      <p>Ventanilla</p>
    </div>
  );
}

function Waiting(): ReactNode {
  return (
    <div className="page">
      <Skeleton />
    </div>
  );
}
