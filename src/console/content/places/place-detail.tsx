// One place: what is to be known before people are sent there, and its form; to read where one only looks. Rendered by places-page.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearch } from 'wouter';
import { useFormat } from '../../format.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNotice } from '../../ui/error-notice.tsx';
import { Icon } from '../../ui/icon.tsx';
import { EmptyState, Notice } from '../../ui/pieces.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { ConflictDialog } from '../conflict-dialog.tsx';
import { noonOf } from '../settings/noon-of.ts';
import type { Hotline } from '../settings/use-hotline.ts';
import type { ContentPlace } from '../source.ts';
import { useEdits } from '../use-edits.ts';
import { PlaceFacts } from './place-facts.tsx';
import { isPlaceOverdue, isReachable } from './place-filter.ts';
import { PlaceForm } from './place-form.tsx';
import type { PlaceEntry } from './place-fields.ts';

export interface PlaceDetailProps {
  source: ContentPlace;
  hotline: Hotline;
  /** Null where there is no such place. */
  shown: PlaceEntry | null;
  mayEdit: boolean;
}

export function PlaceDetail({ source, hotline, shown, mayEdit }: PlaceDetailProps): ReactNode {
  const { t } = useTranslation('answers');
  const search = useSearch();
  const back = `/content/${source.source}/places${search === '' ? '' : `?${search}`}`;
  const backLink = (
    <Link href={back} className="button plain">
      <Icon name="back" />
      {t('places.back')}
    </Link>
  );
  if (shown === null)
    return (
      <EmptyState icon="search" title={t('places.gone')}>
        <p>{t('places.gone_help')}</p>
        {backLink}
      </EmptyState>
    );
  return (
    <div className="stack">
      <div className="row">
        {backLink}
        {mayEdit && <RemovePlace source={source} shown={shown} back={back} />}
      </div>
      <PlaceNotices shown={shown} today={hotline.today} />
      {mayEdit ? <PlaceForm source={source} hotline={hotline} shown={shown} /> : <PlaceFacts hotline={hotline} place={shown.place} />}
    </div>
  );
}

function PlaceNotices({ shown: { place }, today }: { shown: PlaceEntry; today: string }): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  return (
    <>
      {place.shares_with_authorities === 'yes' && (
        <Notice tone="bad" title={t('places.shares_title')}>
          <p>{t('places.shares_help')}</p>
        </Notice>
      )}
      {isPlaceOverdue(place, today) && (
        <Notice tone="warn" title={t('places.overdue', { day: format.day(noonOf(place.verify_by)) })}>
          <p>{t('places.overdue_help')}</p>
        </Notice>
      )}
      {!isReachable(place) && (
        <Notice tone="warn" title={t('places.unreachable')}>
          <p>{t(place.protected_address ? 'places.unreachable_protected' : 'places.unreachable_help')}</p>
        </Notice>
      )}
    </>
  );
}

/** At once, with a way back. */
function RemovePlace({ source, shown, back }: { source: ContentPlace; shown: PlaceEntry; back: string }): ReactNode {
  const { t } = useTranslation('answers');
  const { tell } = useToasts();
  const [, go] = useLocation();
  const edits = useEdits(source.draftId);
  const { address, revision } = shown.entry;
  const remove = async (): Promise<void> => {
    if (!(await edits.save([{ address, value: undefined, expects: revision }]))) return;
    tell(t('places.removed', { name: shown.place.name }));
    go(back);
  };
  return (
    <>
      <Button tone="danger" icon="close" isPending={edits.isPending} onPress={() => void remove()}>
        {t('places.remove')}
      </Button>
      <ErrorNotice error={edits.error} />
      <ConflictDialog edits={edits} />
    </>
  );
}
