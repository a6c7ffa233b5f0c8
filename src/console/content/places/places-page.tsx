// Places that people are sent to: the list, and one of them. Opened by /content/:source/places and /content/:source/places/:id.
// A partner may change the places of their own organisation; which those are, the service decides.
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { Place } from '../../../domain/content.ts';
import { partsOf } from '../../../release/entry.ts';
import { useRead } from '../../api.ts';
import { useMay, useMe } from '../../session.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Notice, Skeleton } from '../../ui/pieces.tsx';
import { ContentFrame } from '../content-frame.tsx';
import { useHotline, type Hotline } from '../settings/use-hotline.ts';
import { useContentPlace, type ContentPlace } from '../source.ts';
import { AddPlace } from './add-place.tsx';
import { PlaceDetail } from './place-detail.tsx';
import type { PlaceEntry, PlaceFields } from './place-fields.ts';
import { PlaceList } from './place-list.tsx';
import './places.css';

export function PlacesPage(): ReactNode {
  const { t } = useTranslation('answers');
  const source = useContentPlace();
  const { hotline, error, retry } = useHotline(source.source);
  if (hotline !== null) return <Loaded source={source} hotline={hotline} />;
  return (
    <ContentFrame tab="places" title={t('places.title')} intro={t('places.intro')}>
      <ErrorNotice error={error} retry={retry} />
      {error === null && <Skeleton />}
    </ContentFrame>
  );
}

function Loaded({ source, hotline }: { source: ContentPlace; hotline: Hotline }): ReactNode {
  const { t } = useTranslation('answers');
  const { id } = useParams<{ id?: string }>();
  const may = useMay();
  const { entries, places: all, broken, error, retry } = usePlaces(source.source);
  const [isAdding, setAdding] = useState(false);
  const me = useMe();
  // A partner sees and changes the places of their own organisation; the service decides again.
  const isPartner = may('place.propose') && !may('content.edit');
  const isTheirs = ({ place }: PlaceEntry): boolean => !isPartner || place.organization === me.organisation;
  const places = all?.filter(isTheirs) ?? null;
  const mayEdit = source.canEdit && (may('content.edit') || isPartner);
  const opened = places?.find(({ place }) => place.id === id);
  return (
    <ContentFrame
      tab="places"
      title={id === undefined ? t('places.title') : (opened?.place.name ?? id)}
      {...(id === undefined ? { intro: t('places.intro') } : {})}
      actions={
        id === undefined &&
        mayEdit && (
          <Button tone="primary" icon="plus" onPress={() => setAdding(true)}>
            {t('places.add')}
          </Button>
        )
      }
    >
      <ErrorNotice error={error} retry={retry} />
      {places === null && error === null && <Skeleton />}
      {broken.length > 0 && id === undefined && (
        <Notice tone="warn" title={t('places.broken')}>
          {broken.map(({ address }) => (
            <code key={address}>{address}</code>
          ))}
        </Notice>
      )}
      {places !== null && id === undefined && <PlaceList source={source.source} hotline={hotline} places={places} isPartner={isPartner} />}
      {places !== null && id !== undefined && (
        <PlaceDetail key={id} source={source} hotline={hotline} shown={opened ?? null} mayEdit={mayEdit} />
      )}
      {places !== null && (
        <AddPlace
          isOpen={isAdding}
          onClose={() => setAdding(false)}
          source={source}
          hotline={hotline}
          taken={new Set(entries.map(({ address }) => partsOf(address).key))}
          files={entries.map(({ address }) => partsOf(address).file)}
        />
      )}
    </ContentFrame>
  );
}

function usePlaces(source: string) {
  const read = useRead('readEntries', [{ params: { source }, query: { kinds: 'place' } }]);
  const all = read.data?.entries;
  const sorted = useMemo(() => {
    const found = (all ?? []).filter(({ value }) => value !== undefined).map((entry) => ({ entry, read: Place.safeParse(entry.value) }));
    return {
      places: found.flatMap(({ entry, read: { data: place } }): PlaceEntry[] =>
        // What could be parsed has the shape of what is written.
        place === undefined ? [] : [{ entry, place, written: entry.value as PlaceFields, changed: entry.change !== null }],
      ),
      broken: found.filter(({ read: { success } }) => !success).map(({ entry }) => entry),
    };
  }, [all]);
  return {
    entries: all ?? [],
    places: all === undefined ? null : sorted.places,
    broken: sorted.broken,
    error: read.error,
    retry: () => void read.refetch(),
  };
}
