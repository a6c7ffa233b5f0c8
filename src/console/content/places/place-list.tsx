// All places with where they are, what for, when open and until when they count; filtered, with those first whose day has passed.
// Rendered by places-page.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/pieces.tsx';
import { Table } from '../../ui/table.tsx';
import { ListFilters } from '../listing/list-filters.tsx';
import { useListFilter } from '../listing/use-list-filter.ts';
import { noonOf } from '../settings/noon-of.ts';
import type { Hotline } from '../settings/use-hotline.ts';
import { PlaceBadges } from './place-badges.tsx';
import { filterPlaces, isPlaceOverdue, PLACE_STATES } from './place-filter.ts';
import type { PlaceEntry } from './place-fields.ts';
import { useHoursText } from './use-hours-text.ts';

export interface PlaceListProps {
  source: string;
  hotline: Hotline;
  places: readonly PlaceEntry[];
  /** Only places of the partner's own organisation are listed. */
  isPartner: boolean;
}

export function PlaceList({ source, hotline, places, isPartner }: PlaceListProps): ReactNode {
  const { t } = useTranslation('answers');
  const filtering = useListFilter(PLACE_STATES);
  const shown = filterPlaces(places, filtering.filter, hotline.today);
  const late = places.filter(({ place }) => isPlaceOverdue(place, hotline.today)).length;
  if (places.length === 0)
    return (
      <EmptyState icon="desk" title={t(isPartner ? 'places.empty_own' : 'places.empty')}>
        <p>{t(isPartner ? 'places.empty_own_help' : 'places.empty_help')}</p>
      </EmptyState>
    );
  return (
    <div className="stack">
      <ListFilters
        {...filtering}
        hotline={hotline}
        topics={places.flatMap(({ place }) => place.topics)}
        localities={places.map(({ place }) => place.locality)}
        wordsLabel={t('places.words')}
        states={PLACE_STATES.map((value) => ({ value, label: t(`places.state_${value}`) }))}
      />
      <p className="quiet" role="status">
        {t('places.shown', { count: shown.length })}
        {late > 0 && ` · ${t('places.late', { count: late })}`}
      </p>
      {shown.length === 0 ? (
        <EmptyState icon="search" title={t('places.none_found')}>
          <p>{t('places.none_found_help')}</p>
          <Button onPress={filtering.clear}>{t('places.show_all')}</Button>
        </EmptyState>
      ) : (
        <PlaceTable source={source} hotline={hotline} shown={shown} query={filtering.query} />
      )}
    </div>
  );
}

function PlaceTable({
  source,
  hotline,
  shown,
  query,
}: {
  source: string;
  hotline: Hotline;
  shown: readonly PlaceEntry[];
  query: string;
}): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const hoursText = useHoursText();
  return (
    <Table
      label={t('places.title')}
      rows={shown}
      keyOf={({ entry }) => entry.address}
      columns={[
        {
          key: 'name',
          label: t('places.name'),
          cell: ({ place, changed }) => (
            <div className="place-name">
              <Link href={`/content/${source}/places/${place.id}${query === '' ? '' : `?${query}`}`}>
                <bdi>{place.name}</bdi>
              </Link>
              <PlaceBadges place={place} changed={changed} today={hotline.today} />
            </div>
          ),
        },
        { key: 'place', label: t('answers.place'), cell: ({ place }) => hotline.nameOfLocality(place.locality) },
        { key: 'topics', label: t('places.topics'), cell: ({ place }) => place.topics.map(hotline.nameOfTopic).join(' · ') },
        {
          key: 'hours',
          label: t('places.hours'),
          cell: ({ place }) =>
            place.hours.length === 0 ? (
              <span className="quiet">{t('places.hours_unknown')}</span>
            ) : (
              hoursText(place.hours).map((line) => (
                <div key={line} className="one-line">
                  {line}
                </div>
              ))
            ),
        },
        { key: 'verify', label: t('places.verify_by'), cell: ({ place }) => format.day(noonOf(place.verify_by)) },
      ]}
    />
  );
}
