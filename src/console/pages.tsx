// Every page of the console: its address below /console, who may open it, its place in the navigation, and the file it comes from.
// The one table that routes and navigation are made of. A page's code is fetched when it is first opened.
import { lazy, type ComponentType, type LazyExoticComponent } from 'react';
import type { StaffPermission } from '../domain/role.ts';
import type { IconName } from './ui/icon.tsx';

export interface ConsolePage {
  /** As wouter reads it. */
  path: string;
  /** Any of them; absent for everybody who is signed in. */
  permission?: readonly StaffPermission[];
  /** Its place in the navigation, and the keys that lead there. */
  link?: {
    label:
      | 'nav.cases'
      | 'nav.referrals'
      | 'nav.complaints'
      | 'nav.people'
      | 'nav.shifts'
      | 'nav.desks'
      | 'nav.tokens'
      | 'nav.audit'
      | 'nav.settings';
    icon: IconName;
    keys: string;
    group: 'work' | 'manage' | 'self';
  };
  component: LazyExoticComponent<ComponentType>;
}

const CASES: readonly StaffPermission[] = ['case.read', 'case.interpret'];
const COMPLAINTS: readonly StaffPermission[] = ['complaint.handle', 'complaint.handle_sensitive'];

const casesPage = lazy(() => import('./cases/cases-page.tsx').then(({ CasesPage }) => ({ default: CasesPage })));
const referralsPage = lazy(() => import('./referrals/referrals-page.tsx').then(({ ReferralsPage }) => ({ default: ReferralsPage })));
const complaintsPage = lazy(() => import('./complaints/complaints-page.tsx').then(({ ComplaintsPage }) => ({ default: ComplaintsPage })));
const peoplePage = lazy(() => import('./people/people-page.tsx').then(({ PeoplePage }) => ({ default: PeoplePage })));
const shiftsPage = lazy(() => import('./shifts/shifts-page.tsx').then(({ ShiftsPage }) => ({ default: ShiftsPage })));
const desksPage = lazy(() => import('./desks/desks-page.tsx').then(({ DesksPage }) => ({ default: DesksPage })));
const tokensPage = lazy(() => import('./tokens/tokens-page.tsx').then(({ TokensPage }) => ({ default: TokensPage })));
const auditPage = lazy(() => import('./audit/audit-page.tsx').then(({ AuditPage }) => ({ default: AuditPage })));
const settingsPage = lazy(() => import('./settings/settings-page.tsx').then(({ SettingsPage }) => ({ default: SettingsPage })));

/** In the order of the navigation; the first that somebody may open is where they begin. */
export const CONSOLE_PAGES: readonly ConsolePage[] = [
  { path: '/cases', permission: CASES, link: { label: 'nav.cases', icon: 'inbox', keys: 'g c', group: 'work' }, component: casesPage },
  { path: '/cases/:id', permission: CASES, component: casesPage },
  {
    path: '/referrals',
    permission: ['referral.read'],
    link: { label: 'nav.referrals', icon: 'refer', keys: 'g r', group: 'work' },
    component: referralsPage,
  },
  { path: '/referrals/:id', permission: ['referral.read'], component: referralsPage },
  {
    path: '/complaints',
    permission: COMPLAINTS,
    link: { label: 'nav.complaints', icon: 'complaint', keys: 'g q', group: 'work' },
    component: complaintsPage,
  },
  { path: '/complaints/:number', permission: COMPLAINTS, component: complaintsPage },
  {
    path: '/people',
    permission: ['staff.read'],
    link: { label: 'nav.people', icon: 'people', keys: 'g p', group: 'manage' },
    component: peoplePage,
  },
  {
    path: '/shifts',
    permission: ['staff.read'],
    link: { label: 'nav.shifts', icon: 'calendar', keys: 'g s', group: 'manage' },
    component: shiftsPage,
  },
  {
    path: '/desks',
    permission: ['settings.manage'],
    link: { label: 'nav.desks', icon: 'desk', keys: 'g d', group: 'manage' },
    component: desksPage,
  },
  {
    path: '/tokens',
    permission: ['token.manage'],
    link: { label: 'nav.tokens', icon: 'key', keys: 'g t', group: 'manage' },
    component: tokensPage,
  },
  {
    path: '/audit',
    permission: ['audit.read'],
    link: { label: 'nav.audit', icon: 'log', keys: 'g a', group: 'manage' },
    component: auditPage,
  },
  { path: '/settings', link: { label: 'nav.settings', icon: 'settings', keys: 'g m', group: 'self' }, component: settingsPage },
];
