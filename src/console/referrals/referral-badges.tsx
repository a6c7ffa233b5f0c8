// How far a referral is, how pressing, and whether it is late: words first, colour only repeats them. Used by lists and details.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ReferralView } from '../../api/referral-operations.ts';
import { Badge, type Tone } from '../ui/pieces.tsx';

const TONES: Partial<Record<ReferralView['state'], Tone>> = {
  consented: 'good',
  accepted: 'good',
  service_given: 'good',
  refused: 'warn',
  declined: 'warn',
  service_not_given: 'warn',
  withdrawn: 'warn',
};

export function ReferralBadges({ referral }: { referral: ReferralView }): ReactNode {
  const { t } = useTranslation('referrals');
  return (
    <>
      <Badge tone={TONES[referral.state] ?? 'plain'}>{t(`referral.state.${referral.state}`)}</Badge>
      {referral.priority !== 'normal' && <Badge tone="bad">{t(`referral.priority.${referral.priority}`)}</Badge>}
      {referral.overdue && (
        <Badge tone="bad" icon="clock">
          {t('overdue')}
        </Badge>
      )}
    </>
  );
}
