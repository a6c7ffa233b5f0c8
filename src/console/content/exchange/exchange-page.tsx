// Texts and places out to translators and partners as files, and back in. Opened by /content/<source>/exchange.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../layout/page.tsx';
import { Notice } from '../../ui/pieces.tsx';
import { ContentFrame } from '../content-frame.tsx';
import { useContentPlace } from '../source.ts';
import { DownloadPart } from './download-part.tsx';
import { UploadPart } from './upload-part.tsx';
import './exchange.css';

export function ExchangePage(): ReactNode {
  const { t } = useTranslation('content');
  const { source, draftId, draft, canEdit } = useContentPlace();
  return (
    <ContentFrame tab="exchange" title={t('exchange.title')} intro={t('exchange.intro')}>
      <Section title={t('exchange.out')}>
        <DownloadPart source={source} />
      </Section>
      <Section title={t('exchange.in')}>
        {canEdit && draftId !== null && <UploadPart draftId={draftId} />}
        {!canEdit && (draftId === null || draft !== null) && (
          <Notice>
            <p>{t('exchange.needs_draft')}</p>
          </Notice>
        )}
      </Section>
    </ContentFrame>
  );
}
