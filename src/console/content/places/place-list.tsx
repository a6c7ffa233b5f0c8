// All places with where they are, what for, when open and until when they count; filtered, with those first whose day has passed.
// Rendered by places-page.tsx.
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import { EmptyState } from '../../ui/pieces.tsx';
import { Table } from '../../ui/table.tsx';
import { localityOptions } from '../settings/code-options.ts';
import { noonOf } from '../settings/noon-of.ts';
import type { Hotline } from '../settings/use-hotline.ts';
import { PlaceBadges } from './place-badges.tsx';
import { filterPlaces, isPlaceOverdue, PLACE_STATES, type PlaceFilter } from './place-filter.ts';
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
  const [search, setSearch] = useSearchParams();
  const [words, setWords] = useState('');
  const filter: PlaceFilter = {
    topic: search.get('topic') ?? '',
    locality: search.get('place') ?? '',
    state: PLACE_STATES.find((state) => state === search.get('state')) ?? '',
    words,
  };
  const shown = filterPlaces(places, filter, hotline.today);
  const late = places.filter(({ place }) => isPlaceOverdue(place, hotline.today)).length;
  if (places.length === 0)
    return (
      <EmptyState icon="desk" title={t(isPartner ? 'places.empty_own' : 'places.empty')}>
        <p>{t(isPartner ? 'places.empty_own_help' : 'places.empty_help')}</p>
      </EmptyState>
    );
  return (
    <div className="stack">
      <Filters hotline={hotline} places={places} filter={filter} setWords={setWords} />
      <p className="quiet" role="status">
        {t('places.shown', { count: shown.length })}
        {late > 0 && ` · ${t('places.late', { count: late })}`}
      </p>
      {shown.length === 0 ? (
        <EmptyState icon="search" title={t('places.none_found')}>
          <p>{t('places.none_found_help')}</p>
          <Button
            onPress={() => {
              setWords('');
              setSearch(new URLSearchParams(), { replace: true });
            }}
          >
            {t('places.show_all')}
          </Button>
        </EmptyState>
      ) : (
        <PlaceTable source={source} hotline={hotline} shown={shown} query={search.toString()} />
      )}
    </div>
  );
}

interface FiltersProps {
  hotline: Hotline;
  places: readonly PlaceEntry[];
  filter: PlaceFilter;
  setWords: (words: string) => void;
}

function Filters({ hotline, places, filter, setWords }: FiltersProps): ReactNode {
  const { t } = useTranslation('answers');
  const [, setSearch] = useSearchParams();
  const set = (name: string, value: string): void =>
    setSearch(
      (now) => {
        const next = new URLSearchParams(now);
        if (value === '') next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: true },
    );
  const topics = new Set(places.flatMap(({ place }) => place.topics.flatMap((topic) => [topic.split('.')[0] ?? topic, topic])));
  const localities = [...new Set(places.map(({ place }) => place.locality))];
  return (
    <div className="content-filters" role="search" aria-label={t('answers.filter')}>
      <TextField label={t('places.words')} type="search" value={filter.words} onChange={setWords} />
      <Select
        label={t('answers.topic')}
        value={filter.topic}
        options={[
          { value: '', label: t('answers.all_topics') },
          ...hotline.topics.filter(({ code }) => topics.has(code)).map(({ code }) => ({ value: code, label: hotline.pathOfTopic(code) })),
        ]}
        onChange={(topic) => set('topic', topic)}
      />
      <Select
        label={t('answers.place')}
        value={filter.locality}
        options={[{ value: '', label: t('answers.all_places') }, ...localityOptions(hotline, localities)]}
        onChange={(locality) => set('place', locality)}
      />
      <Select
        label={t('answers.state')}
        value={filter.state}
        options={[
          { value: '', label: t('answers.all_states') },
          ...PLACE_STATES.map((value) => ({ value, label: t(`places.state_${value}`) })),
        ]}
        onChange={(state) => set('state', state)}
      />
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
