// Where the content editor begins: drafts that are open, what people read now, and every release before it. Opened by /content.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Page, Section } from '../../layout/page.tsx';
import { Notice } from '../../ui/pieces.tsx';
import { BeginDraft } from '../begin-draft.tsx';
import { DraftList } from './draft-list.tsx';
import { ReleaseList } from './release-list.tsx';
import '../content.css';

export function OverviewPage(): ReactNode {
  const { t } = useTranslation('content');
  return (
    <Page title={t('overview.title')} intro={t('overview.intro')} actions={<BeginDraft />}>
      <div className="content-page stack">
        <Notice title={t('overview.now')}>
          <p>{t('overview.now_help')}</p>
          <Link href="/content/current/texts" className="button">
            {t('overview.look')}
          </Link>
        </Notice>
        <Section title={t('overview.drafts')}>
          <DraftList />
        </Section>
        <Section title={t('overview.releases')}>
          <ReleaseList />
        </Section>
      </div>
    </Page>
  );
}
