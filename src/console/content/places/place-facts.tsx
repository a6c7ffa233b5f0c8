// What is known about a place, to read: where one only looks. Rendered by place-detail.tsx; who may change it sees place-form.tsx.
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from '../../../domain/content.ts';
import { useFormat } from '../../format.ts';
import { FactList } from '../../referrals/fact-list.tsx';
import { noonOf } from '../settings/noon-of.ts';
import type { Hotline } from '../settings/use-hotline.ts';
import { useHoursText } from './use-hours-text.ts';

type Row = readonly [string, ReactNode];

export function PlaceFacts({ hotline, place }: { hotline: Hotline; place: Place }): ReactNode {
  const { t } = useTranslation('answers');
  const format = useFormat();
  const hoursText = useHoursText();
  const when = (label: string, isThere: boolean, value: ReactNode): Row[] => (isThere ? [[label, value]] : []);
  const own = (text: string | undefined): ReactNode => <span dir="auto">{text}</span>;
  const yes = [
    ...(place.women_only ? [t('places.women_only')] : []),
    ...(place.female_staff ? [t('places.female_staff')] : []),
    ...(place.child_friendly ? [t('places.child_friendly')] : []),
    ...(place.free ? [t('places.free')] : [t('places.not_free')]),
  ];
  const rows: Row[] = [
    ...Object.entries(place.names).map(([tag, name]): Row => [
      t('places.name_in', { language: format.language(tag) }),
      <bdi lang={tag}>{name}</bdi>,
    ]),
    ...when(t('places.organization'), place.organization !== undefined, own(place.organization)),
    [t('places.topics'), place.topics.map(hotline.nameOfTopic).join(' · ')],
    [t('answers.place'), hotline.pathOfLocality(place.locality)],
    ...when(t('places.address'), place.address !== undefined, own(place.address)),
    ...when(t('places.protected'), place.protected_address, t('places.protected_short')),
    ...when(t('places.phones'), place.phones.length > 0, <bdi dir="ltr">{place.phones.join(', ')}</bdi>),
    ...when(t('places.url'), place.url !== undefined, <Site url={place.url ?? ''} />),
    [
      t('places.hours'),
      place.hours.length === 0 ? t('places.hours_unknown') : hoursText(place.hours).map((line) => <div key={line}>{line}</div>),
    ],
    ...when(t('places.languages'), place.languages.length > 0, format.list(place.languages.map(format.language))),
    [t('places.papers'), t(`places.papers_${place.asks_for_papers}`)],
    [t('places.shares'), t(`places.shares_${place.shares_with_authorities}`)],
    [t('places.for_whom'), format.list(yes)],
    [t('places.source'), own(place.source)],
    [t('places.verify_by'), format.day(noonOf(place.verify_by))],
    [t('places.confirm'), t(place.confirm_locally ? 'places.confirm_yes' : 'places.confirm_no')],
  ];
  return <FactList rows={rows} />;
}

/** Only what leads to the web is a link. */
function Site({ url }: { url: string }): ReactNode {
  if (!/^https?:\/\//.test(url)) return <code>{url}</code>;
  return (
    <a href={url} target="_blank" rel="noreferrer noopener" dir="ltr">
      {url}
    </a>
  );
}
