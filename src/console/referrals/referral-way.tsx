// The way that a referral has gone: what happened and when. Rendered by referral-detail.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReferralView } from '../../api/referral-operations.ts';
import { useFormat } from '../format.ts';

export function ReferralWay({ referral }: { referral: ReferralView }): ReactNode {
  const { t } = useTranslation('referrals');
  const format = useFormat();
  const { consent, createdAt, sentAt, closedAt, state } = referral;
  const steps: [string, number | null][] = [
    ['drafted', createdAt],
    ['asked', consent.askedAt],
    [consent.given === false ? 'refused' : 'agreed', consent.answeredAt],
    ['sent', sentAt],
    [state === 'withdrawn' ? 'withdrawn' : 'closed', closedAt],
  ];
  const past = steps.filter((step): step is [string, number] => step[1] !== null).sort(([, one], [, other]) => one - other);
  return (
    <section className="part">
      <h2>{t('referral.way')}</h2>
      <ol className="way">
        {past.map(([step, at]) => (
          <li key={step}>
            <span>{t(`referral.step.${step}`)}</span>
            <time className="quiet small" dateTime={new Date(at).toISOString()}>
              {format.dateTime(at)}
            </time>
          </li>
        ))}
        {closedAt === null && (
          <li>
            <strong>{t(`referral.next.${state}`)}</strong>
          </li>
        )}
      </ol>
    </section>
  );
}
