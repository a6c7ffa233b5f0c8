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
      | 'nav.content'
      | 'nav.questions'
      | 'nav.settings';
    icon: IconName;
    keys: string;
    group: 'work' | 'manage' | 'content' | 'self';
  };
  component: LazyExoticComponent<ComponentType>;
}

const CASES: readonly StaffPermission[] = ['case.read', 'case.interpret'];
const COMPLAINTS: readonly StaffPermission[] = ['complaint.handle', 'complaint.handle_sensitive'];

const CONTENT: readonly StaffPermission[] = ['content.edit', 'content.translate', 'content.review', 'place.propose', 'settings.manage'];

const casesPage = lazy(() => import('./cases/cases-page.tsx').then(({ CasesPage }) => ({ default: CasesPage })));
const referralsPage = lazy(() => import('./referrals/referrals-page.tsx').then(({ ReferralsPage }) => ({ default: ReferralsPage })));
const complaintsPage = lazy(() => import('./complaints/complaints-page.tsx').then(({ ComplaintsPage }) => ({ default: ComplaintsPage })));
const peoplePage = lazy(() => import('./people/people-page.tsx').then(({ PeoplePage }) => ({ default: PeoplePage })));
const shiftsPage = lazy(() => import('./shifts/shifts-page.tsx').then(({ ShiftsPage }) => ({ default: ShiftsPage })));
const desksPage = lazy(() => import('./desks/desks-page.tsx').then(({ DesksPage }) => ({ default: DesksPage })));
const tokensPage = lazy(() => import('./tokens/tokens-page.tsx').then(({ TokensPage }) => ({ default: TokensPage })));
const auditPage = lazy(() => import('./audit/audit-page.tsx').then(({ AuditPage }) => ({ default: AuditPage })));
const overviewPage = lazy(() => import('./content/overview/overview-page.tsx').then(({ OverviewPage }) => ({ default: OverviewPage })));
const changesPage = lazy(() => import('./content/changes/changes-page.tsx').then(({ ChangesPage }) => ({ default: ChangesPage })));
const textsPage = lazy(() => import('./content/texts/texts-page.tsx').then(({ TextsPage }) => ({ default: TextsPage })));
const exchangePage = lazy(() => import('./content/exchange/exchange-page.tsx').then(({ ExchangePage }) => ({ default: ExchangePage })));
const answersPage = lazy(() => import('./content/answers/answers-page.tsx').then(({ AnswersPage }) => ({ default: AnswersPage })));
const placesPage = lazy(() => import('./content/places/places-page.tsx').then(({ PlacesPage }) => ({ default: PlacesPage })));
const settingsContentPage = lazy(() =>
  import('./content/settings/settings-content-page.tsx').then(({ SettingsContentPage }) => ({ default: SettingsContentPage })),
);
const flowsPage = lazy(() => import('./content/flows/flows-page.tsx').then(({ FlowsPage }) => ({ default: FlowsPage })));
const flowEditorPage = lazy(() =>
  import('./content/flows/flow-editor-page.tsx').then(({ FlowEditorPage }) => ({ default: FlowEditorPage })),
);
const previewPage = lazy(() => import('./content/preview/preview-page.tsx').then(({ PreviewPage }) => ({ default: PreviewPage })));
const questionsPage = lazy(() =>
  import('./content/questions/questions-page.tsx').then(({ QuestionsPage }) => ({ default: QuestionsPage })),
);
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
  {
    path: '/content',
    permission: CONTENT,
    link: { label: 'nav.content', icon: 'edit', keys: 'g e', group: 'content' },
    component: overviewPage,
  },
  {
    path: '/content/questions',
    permission: ['question.read'],
    link: { label: 'nav.questions', icon: 'help', keys: 'g u', group: 'content' },
    component: questionsPage,
  },
  // `:source` is `current`, the number of a release, or the id of a draft.
  { path: '/content/:source/changes', permission: CONTENT, component: changesPage },
  { path: '/content/:source/texts', permission: CONTENT, component: textsPage },
  { path: '/content/:source/answers', permission: CONTENT, component: answersPage },
  { path: '/content/:source/answers/:id', permission: CONTENT, component: answersPage },
  { path: '/content/:source/places', permission: CONTENT, component: placesPage },
  { path: '/content/:source/places/:id', permission: CONTENT, component: placesPage },
  { path: '/content/:source/settings', permission: CONTENT, component: settingsContentPage },
  { path: '/content/:source/flows', permission: CONTENT, component: flowsPage },
  { path: '/content/:source/flows/:flow', permission: CONTENT, component: flowEditorPage },
  { path: '/content/:source/preview', permission: CONTENT, component: previewPage },
  { path: '/content/:source/exchange', permission: CONTENT, component: exchangePage },
  { path: '/settings', link: { label: 'nav.settings', icon: 'settings', keys: 'g m', group: 'self' }, component: settingsPage },
];
