// The referrals of a case, in the side panel beside its conversation: how far each is, and a new one. Rendered by cases/side-panel.tsx.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import type { CaseView } from '../../api/case-operations.ts';
import type { DisclosedItem } from '../../domain/disclosable.ts';
import { useRead } from '../api.ts';
import { useMay } from '../session.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { ReferralBadges } from './referral-badges.tsx';
import { ReferralForm } from './referral-form.tsx';
import './referrals.css';

export function CaseReferrals({ view }: { view: CaseView }): ReactNode {
  const { t } = useTranslation('referrals');
  const may = useMay();
  const [, navigate] = useLocation();
  const [drafting, setDrafting] = useState(false);
  const caseId = view.item.id;
  const read = useRead('listReferrals', [{ query: { box: 'sent', caseId } }], { enabled: may('referral.read') });
  if (!may('referral.read')) return null;
  const known: DisclosedItem[] = [
    'contact',
    ...(view.item.language === null ? [] : (['language'] as const)),
    ...(view.item.topic === null ? [] : (['topic'] as const)),
    ...(view.locality === null ? [] : (['locality'] as const)),
  ];
  return (
    <section className="panel-part">
      <h3>{t('referral.title')}</h3>
      <ErrorNotice error={read.error} retry={() => void read.refetch()} />
      {read.data?.referrals.length === 0 && <p className="quiet">{t('referral.none_of_case')}</p>}
      {read.data && read.data.referrals.length > 0 && (
        <ul className="stack tight">
          {read.data.referrals.map((referral) => (
            <li key={referral.id} className="row">
              <Link href={`/referrals/${encodeURIComponent(referral.id)}`}>
                <span className="code">{referral.number}</span> · <bdi>{referral.to.organisation}</bdi>
              </Link>
              <ReferralBadges referral={referral} />
            </li>
          ))}
        </ul>
      )}
      {view.may.includes('refer') && (
        <Button icon="refer" onPress={() => setDrafting(true)}>
          {t('referral.new')}
        </Button>
      )}
      <Dialog size="wide" title={t('referral.new')} isOpen={drafting} onClose={() => setDrafting(false)}>
        <ReferralForm
          caseId={caseId}
          isPrivate={view.item.private}
          known={known}
          referral={null}
          onDone={(id) => {
            setDrafting(false);
            navigate(`/referrals/${encodeURIComponent(id)}`);
          }}
        />
      </Dialog>
    </section>
  );
}
