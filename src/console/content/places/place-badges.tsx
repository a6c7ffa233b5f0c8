// What is to be known of a place at a glance: overdue, protected, a danger to people, not to be reached. Used by the list and the detail.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from '../../../domain/content.ts';
import { Badge } from '../../ui/pieces.tsx';
import { isPlaceOverdue, isReachable } from './place-filter.ts';

export function PlaceBadges({ place, changed, today }: { place: Place; changed: boolean; today: string }): ReactNode {
  const { t } = useTranslation('answers');
  return (
    <span className="row">
      {place.shares_with_authorities === 'yes' && (
        <Badge tone="bad" icon="alert">
          {t('places.badge_shares')}
        </Badge>
      )}
      {isPlaceOverdue(place, today) && (
        <Badge tone="bad" icon="clock">
          {t('places.badge_overdue')}
        </Badge>
      )}
      {!isReachable(place) && <Badge tone="warn">{t('places.badge_unreachable')}</Badge>}
      {place.protected_address && (
        <Badge tone="private" icon="lock">
          {t('places.badge_protected')}
        </Badge>
      )}
      {changed && <Badge icon="edit">{t('answers.changed')}</Badge>}
    </span>
  );
}
