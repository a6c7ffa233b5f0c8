// One referral: what is told to whom, with what consent, how far it is, and what can be done next. It prints as a sheet.
// Rendered by referrals-page.tsx. Opening it is recorded, so it is not read again merely because a window came to the front.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReferralView } from '../../api/referral-operations.ts';
import { useRead } from '../api.ts';
import { useFormat } from '../format.ts';
import { BackLink } from '../layout/page.tsx';
import { useMe } from '../session.tsx';
import { Button } from '../ui/button.tsx';
import { ErrorNotice } from '../ui/error-notice.tsx';
import { Notice, Skeleton } from '../ui/pieces.tsx';
import { ReferralActions } from './referral-actions.tsx';
import { FactList } from './fact-list.tsx';
import { ReferralBadges } from './referral-badges.tsx';
import { ReferralWay } from './referral-way.tsx';

export function ReferralDetail({ id }: { id: string }): ReactNode {
  const { t } = useTranslation('referrals');
  const read = useRead('readReferral', [{ params: { id } }], { refetchOnWindowFocus: false });
  return (
    <div className="detail">
      <ErrorNotice error={read.error} retry={() => void read.refetch()} />
      {read.isPending && <Skeleton />}
      {read.error && <BackLink href="/referrals" label={t('back_to_list')} />}
      {read.data && <Opened referral={read.data} />}
    </div>
  );
}

function Opened({ referral }: { referral: ReferralView }): ReactNode {
  const { t } = useTranslation('referrals');
  const me = useMe();
  const isOwn = referral.from.organisationId === me.organisationId;
  return (
    <article className="sheet">
      <div className="detail-head">
        <div className="titles">
          <span className="no-print">
            <BackLink href="/referrals" label={t('back_to_list')} />
          </span>
          <h1>{t('referral.heading', { number: referral.number })}</h1>
          <ReferralBadges referral={referral} />
        </div>
        <div className="row no-print">
          <ReferralActions referral={referral} isOwn={isOwn} />
          {referral.items.length > 0 && (
            <Button icon="download" onPress={() => window.print()}>
              {t('referral.print')}
            </Button>
          )}
        </div>
      </div>
      <div className="detail-body">
        {referral.state === 'withdrawn' && (
          <Notice tone="warn" title={t('referral.withdrawn_title')}>
            <p>{t(isOwn ? 'referral.withdrawn_own' : 'referral.withdrawn_partner')}</p>
          </Notice>
        )}
        <Facts referral={referral} isOwn={isOwn} />
        <Disclosed referral={referral} />
        <Consent referral={referral} />
        <ReferralWay referral={referral} />
        <p className="only-print small">{t('referral.print_note')}</p>
      </div>
    </article>
  );
}

function Facts({ referral, isOwn }: { referral: ReferralView; isOwn: boolean }): ReactNode {
  const { t } = useTranslation('referrals');
  const format = useFormat();
  const { from, to } = referral;
  const rows: [string, ReactNode][] = [
    [t('referral.from'), <bdi>{from.organisation}</bdi>],
    [t('referral.to'), <bdi>{to.service === null ? to.organisation : `${to.organisation} · ${to.service}`}</bdi>],
    [t('referral.priority_label'), t(`referral.priority_long.${referral.priority}`)],
    [t('referral.services'), format.list(referral.services.map((service) => t(`referral.service.${service}`)))],
    ...(referral.dueAt === null ? [] : ([[t('referral.due'), format.dateTime(referral.dueAt)]] as [string, ReactNode][])),
    ...(isOwn && referral.reason !== null
      ? ([[t('referral.reason'), <span dir="auto">{referral.reason}</span>]] as [string, ReactNode][])
      : []),
    ...(referral.declineReason === null
      ? []
      : ([[t('referral.decline_reason'), <span dir="auto">{referral.declineReason}</span>]] as [string, ReactNode][])),
    ...(referral.barrier === null ? [] : ([[t('referral.barrier'), <span dir="auto">{referral.barrier}</span>]] as [string, ReactNode][])),
  ];
  return (
    <section className="part">
      <h2>{t('referral.facts')}</h2>
      <FactList rows={rows} />
    </section>
  );
}

/** What is told of the person, item by item. */
function Disclosed({ referral }: { referral: ReferralView }): ReactNode {
  const { t } = useTranslation('referrals');
  const format = useFormat();
  if (referral.items.length === 0) return null;
  const show = (item: ReferralView['items'][number]): ReactNode => {
    const value = referral.values[item];
    if (value === undefined) return <span className="quiet">{t('referral.no_value')}</span>;
    return <bdi className="words">{item === 'language' ? format.language(value) : value}</bdi>;
  };
  return (
    <section className="part">
      <h2>{t('referral.disclosed')}</h2>
      <FactList rows={referral.items.map((item) => [t(`referral.item.${item}`), show(item)])} />
    </section>
  );
}

function Consent({ referral }: { referral: ReferralView }): ReactNode {
  const { t } = useTranslation('referrals');
  const format = useFormat();
  const { askedAt, answeredAt, given, language, withdrawnAt } = referral.consent;
  const unanswered = referral.state === 'draft' && askedAt !== null && answeredAt === null;
  const state = unanswered
    ? 'unanswered'
    : withdrawnAt !== null
      ? 'void'
      : given === true
        ? 'given'
        : given === false
          ? 'refused'
          : askedAt !== null
            ? 'asked'
            : 'none';
  const at = state === 'void' ? withdrawnAt : state === 'asked' || state === 'unanswered' ? askedAt : answeredAt;
  return (
    <section className="part">
      <h2>{t('referral.consent')}</h2>
      <p>
        {t(`referral.consent_state.${state}`)}
        {at !== null && ` · ${format.dateTime(at)}`}
        {language !== null && state !== 'none' && ` · ${format.language(language)}`}
      </p>
    </section>
  );
}
